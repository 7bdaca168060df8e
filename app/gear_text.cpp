#include <cmath>

#include "app/gear.h"
#include "app/moment.h"
#include "report/format.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

std::string_view held_mark(Held held, bool unicode) {
  return mark(held == Held::kYes  ? Verdict::kPass
              : held == Held::kNo ? Verdict::kFix
                                  : Verdict::kLook,
              unicode);
}

Tone tone_of(Held held) {
  return held == Held::kYes ? Tone::kGood : held == Held::kNo ? Tone::kAlarm : Tone::kNotice;
}

std::string money(double value) {
  const double rounded = std::round(value * 100.0) / 100.0;
  return number(rounded, std::abs(rounded - std::round(rounded)) < 0.005 ? 0 : 2);
}

std::string cost_text(const GearAnswers& a, const GearCost& cost) {
  std::string text = money(cost.total) + " over " +
                     counted(static_cast<std::size_t>(a.life_months), "month", "months") + ", used " +
                     plain_number(cost.uses) + " times: " + money(cost.each) + " for each use";
  if (a.hours > 0.0) text += ", and " + plain_number(a.hours) + " hours before it is of use";
  return text + ".";
}

void put_questions(TextPage& page, const WeighedGear& weighed, bool unicode) {
  int number = 0;
  for (const GearQuestion& question : weighed.judgement.questions) {
    page.paragraph(0, std::string(held_mark(question.held, unicode)) + " " + std::to_string(++number) + "  ",
                   gear_item(question.id).title, Tone::kStrong, tone_of(question.held));
    page.paragraph(5, "", question.why);
    if (question.id == "price" && weighed.judgement.cost)
      page.paragraph(5, "", cost_text(weighed.answers, *weighed.judgement.cost), Tone::kStrong);
  }
}

void put_patterns(TextPage& page, const GearJudgement& judgement) {
  for (const GearPattern& pattern : judgement.patterns) {
    const SheetItem& item = gear_item(pattern.id);
    page.blank();
    page.paragraph(0, "", item.title + ". " + pattern.why, Tone::kStrong);
    if (!item.cells.empty()) page.paragraph(2, "counter-test  ", item.cells.back());
  }
}

}  // namespace

std::string gear_text(const WeighedGear& weighed, const TextStyle& style) {
  TextPage page(style);
  const GearJudgement& judgement = weighed.judgement;
  const GearAnswers& a = weighed.answers;
  page.paragraph(0, "", a.device.empty() ? "Before you buy" : "Before you buy: " + a.device, Tone::kStrong);
  page.blank();
  put_questions(page, weighed, style.unicode);
  put_patterns(page, judgement);
  page.heading("Your own evidence");
  page.paragraph(0, "", weighed.evidence_text);
  if (!weighed.song_text.empty()) page.paragraph(0, "", weighed.song_text);
  page.heading("What it comes to");
  page.paragraph(0, "", label(answer_words(judgement.suggested)) + ". " + judgement.why, Tone::kStrong);
  if (!a.answer.empty()) page.paragraph(0, "your answer  ", std::string(answer_words(a.answer)));
  page.paragraph(0, judgement.is_test ? "test on      " : "look again   ", told_day(judgement.due));
  return page.take();
}

std::string gear_list_text(const std::vector<Decision>& decisions, Day today, const TextStyle& style) {
  TextPage page(style);
  if (decisions.empty())
    page.paragraph(0, "", "No decision about gear is kept yet; lacquer gear asks the questions.");
  for (const Decision& one : decisions) {
    const Json document = Json::parse(one.document, nullptr, false);
    const std::string why = document.is_object() && document.contains("why") && document["why"].is_string()
                                ? document["why"]
                                : "";
    page.paragraph(0, std::to_string(one.id) + "  ", one.subject.empty() ? "a purchase" : one.subject,
                   Tone::kStrong);
    const std::string due = one.due_ms ? ", due " + told_day(day_at(*one.due_ms)) + " (" +
                                             from_today(day_at(*one.due_ms), today) + ")"
                                       : "";
    page.paragraph(3, "", one.state + ", asked " + day_text(local_day(one.made_ms)) + due);
    if (!why.empty() && one.due_ms) page.paragraph(3, "", why, Tone::kQuiet);
  }
  return page.take();
}

}  // namespace lacquer
