#include "report/systems_report.h"

#include <cctype>

#include "report/format.h"
#include "report/html_parts.h"
#include "report/summary.h"
#include "report/svg.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

using Cell = TextPage::Cell;

constexpr std::size_t kMostTimes = 6;
constexpr const char* kCaveat =
    "Most systems here are models of their kind and no measured product; trust what disappears more than how "
    "many per cent, and listen on your own.";

std::string percent(const std::optional<double>& share) {
  return quantity(share ? std::optional<double>(100.0 * *share) : std::nullopt, "%", 0);
}

std::string sentence(const SystemsReport& report) {
  if (report.systems.empty()) return "there is nothing to hear in it.";
  std::size_t losing = 0;
  for (const SystemTranslation& one : report.systems) losing += one.lost.empty() ? 0 : 1;
  if (losing == 0) return "no system loses more of it than of a record of the target\u2019s shape.";
  return counted(losing, "system", "systems") + " of " + std::to_string(report.systems.size()) +
         (losing == 1 ? " loses" : " lose") + " more of it than of a record of the target\u2019s shape.";
}

// "low end 12 % (28 %)": of the track, and in brackets of the target.
std::string part_cell(const BandHeard& part) {
  return percent(part.audible) + " (" + percent(part.target_audible) + ")";
}

std::string basis_words(const PlaybackSystem& system) {
  return std::string(to_string(system.basis)) + ", confidence " + std::string(to_string(system.confidence));
}

void put_table(TextPage& page, const SystemsReport& report) {
  std::vector<std::vector<Cell>> rows;
  auto& head = rows.emplace_back();
  head.push_back({"Heard (of the target)"});
  for (const MusicPart& part : kMusicParts) head.push_back({label(part.id), true});
  for (const SystemTranslation& one : report.systems) {
    auto& row = rows.emplace_back();
    row.push_back({one.system.name + (one.lost.empty() ? "" : " !")});
    for (const BandHeard& part : one.parts) row.push_back({part_cell(part), true});
  }
  page.blank();
  page.table(2, rows);
}

std::string loss_when(const PartLoss& loss, double duration_s) {
  double total = 0.0;
  for (const TimeRange& range : loss.when) total += range.to_s - range.from_s;
  return total > 0.95 * duration_s ? "Throughout" : "At " + times(loss.when, kMostTimes);
}

// The systems that lose the same for the same reason need not each tell it at length.
void put_losses(TextPage& page, const SystemsReport& report) {
  for (const SystemTranslation& one : report.systems) {
    if (one.lost.empty()) continue;
    page.blank();
    page.paragraph(0, "", one.system.name + " (" + basis_words(one.system) + ")", Tone::kStrong);
    for (const PartLoss& loss : one.lost) {
      page.paragraph(2, "", loss.why);
      if (!loss.when.empty()) page.paragraph(2, "", loss_when(loss, report.duration_s), Tone::kQuiet);
      page.paragraph(2, "Do: ", loss.action);
    }
  }
}

std::string loss_html(const PartLoss& loss, const SystemsReport& report) {
  std::string out = html::element("p", "why", loss.why);
  if (!loss.when.empty())
    out += html::element("p", "when", loss_when(loss, report.duration_s)) +
           html::time_strip(loss.when, report.sections, report.duration_s, "look");
  return out + html::element("p", "do", "Do: " + loss.action);
}

std::string losses_section(const SystemsReport& report) {
  std::string body;
  for (const SystemTranslation& one : report.systems) {
    if (one.lost.empty()) continue;
    body += html::element("h3", "", one.system.name) + html::element("p", "meta", basis_words(one.system));
    for (const PartLoss& loss : one.lost) body += loss_html(loss, report);
  }
  if (body.empty()) return {};
  return html::section("lost", "What gets lost, and why", body);
}

std::string numbers_section(const SystemsReport& report) {
  std::vector<html::Column> columns = {{"System"}};
  for (const MusicPart& part : kMusicParts) columns.push_back({label(part.id), true});
  for (const char* more : {"Loudness", "Basis"}) columns.push_back({more});
  std::vector<std::vector<std::string>> rows;
  for (const SystemTranslation& one : report.systems) {
    auto& row = rows.emplace_back();
    row.push_back(one.system.name);
    for (const BandHeard& part : one.parts) row.push_back(part_cell(part));
    row.push_back(signed_quantity(one.loudness_change_lu, "LU"));
    row.push_back(basis_words(one.system));
  }
  return html::section(
      "numbers", "In numbers",
      html::element("p", "note",
                    "How much of each part\u2019s loudness is heard, and in brackets the same "
                    "of a record of the target\u2019s shape.") +
          "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Systems in "
          "numbers\">" +
          html::table("Systems in numbers", "data reasons", columns, rows) + "</div>\n");
}

}  // namespace

std::string systems_text(const SystemsReport& report, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", report.file_name + ": " + sentence(report), Tone::kStrong);
  page.paragraph(0, "", describe(report.source), Tone::kQuiet);
  if (!report.systems.empty()) {
    page.paragraph(0, "", target_text(report.target), Tone::kQuiet);
    put_table(page, report);
    put_losses(page, report);
    page.blank();
    page.paragraph(0, "", kCaveat, Tone::kQuiet);
  }
  if (!report.rendered.empty()) page.blank();
  for (const std::string& path : report.rendered) page.paragraph(0, "", path);
  return page.take();
}

std::string systems_html(const SystemsReport& report) {
  std::string lead = sentence(report);
  lead[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(lead[0])));
  std::string body = html::element("p", "lead", lead);
  if (!report.systems.empty()) {
    body += html::element("p", "note", target_text(report.target)) + html::source_notes(report.source);
    body += html::systems_figure(report.systems) + html::element("p", "note", kCaveat);
    body += losses_section(report) + numbers_section(report);
  }
  return html::page({"Playback systems", report.file_name, describe(report.source), report.version}, body);
}

}  // namespace lacquer
