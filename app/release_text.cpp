#include <cmath>

#include "app/release_parts.h"
#include "report/format.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

void put_line(TextPage& page, const ReleaseLine& line, bool unicode) {
  const std::string lead = std::string(mark(line.verdict, unicode)) + " " +
                           std::string(to_string(line.verdict)) +
                           std::string(7 - to_string(line.verdict).size(), ' ');
  const bool is_open = line.verdict == Verdict::kFix || line.verdict == Verdict::kLook;
  page.paragraph(3, lead, (line.track.empty() ? "" : line.track + ": ") + line.what,
                 is_open ? Tone::kPlain : Tone::kQuiet, tone_of(line.verdict));
  if (!line.action.empty()) page.paragraph(12, "", line.action, Tone::kQuiet);
}

void put_schedule(TextPage& page, const CheckedRelease& checked) {
  if (checked.schedule.empty()) return;
  page.heading(release_schedule().title);
  std::vector<std::vector<TextPage::Cell>> rows;
  for (const ScheduledDay& step : checked.schedule)
    rows.push_back({{step.id},
                    {told_day(step.day)},
                    {step.is_done ? "done" : from_today(step.day, checked.today)},
                    {step_words(step.id)}});
  page.table(0, rows);
}

// With commas, as in running text: "1,833,334".
std::string thousands(double value) {
  std::string digits = std::to_string(static_cast<long long>(std::ceil(value - 1e-9)));
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string reached_text(const Recoupment& reached) {
  std::string text = thousands(reached.receipts) + " of receipts";
  if (reached.streams) text += ", which are " + thousands(*reached.streams) + " streams";
  if (reached.units)
    text += (reached.streams ? " or " : ", which are ") + thousands(*reached.units) + " records";
  return text + ".";
}

void put_deal(TextPage& page, const Deal& deal) {
  page.paragraph(0, "",
                 "Advance " + plain_number(deal.advance) + ", your share " +
                     plain_number(100.0 * deal.share) + " %, recoupable costs " + plain_number(deal.costs) +
                     ". Before you are paid again:");
  page.paragraph(2, "costs off the top     ", reached_text(recouped_off_the_top(deal)));
  page.paragraph(2, "costs off your share  ", reached_text(recouped_from_share(deal)));
  page.paragraph(
      0, "",
      "Ask which of the two the contract means. What a stream pays is no fixed rate. Not legal advice.",
      Tone::kQuiet);
}

}  // namespace

std::string deal_text(const Deal& deal, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", "When an advance is earned back", Tone::kStrong);
  put_deal(page, deal);
  return page.take();
}

std::string release_text(const CheckedRelease& checked, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", release_title(checked), Tone::kStrong);
  for (const std::string& fact : release_facts(checked)) page.paragraph(0, "", fact, Tone::kQuiet);
  page.paragraph(0, "", readiness_text(checked), Tone::kStrong);
  int number = 0;
  for (const SheetItem& part : release_parts()) {
    page.blank();
    page.paragraph(0, std::to_string(++number) + "  ", part.title, Tone::kStrong, Tone::kStrong);
    for (const ReleaseLine* line : lines_of(checked, part.id)) put_line(page, *line, style.unicode);
  }
  put_schedule(page, checked);
  if (checked.release.deal) {
    page.heading("When the advance is earned back");
    put_deal(page, *checked.release.deal);
  }
  page.blank();
  page.paragraph(0, "", "What can be measured was measured; rights and contracts were not. Not legal advice.",
                 Tone::kQuiet);
  return page.take();
}

}  // namespace lacquer
