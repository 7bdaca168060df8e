#include "report/systems_report.h"

#include <cctype>

#include "report/figures.h"
#include "report/format.h"
#include "report/summary.h"
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

DocumentSection losses_section(const SystemsReport& report) {
  DocumentSection section{"lost", "What gets lost, and why", {}};
  const auto add = [&](Paragraph::Kind kind, const std::string& text) {
    section.parts.emplace_back(Paragraph{kind, text});
  };
  for (const SystemTranslation& one : report.systems) {
    if (one.lost.empty()) continue;
    add(Paragraph::Kind::kName, one.system.name);
    add(Paragraph::Kind::kMeta, basis_words(one.system));
    for (const PartLoss& loss : one.lost) {
      add(Paragraph::Kind::kWhy, loss.why);
      if (!loss.when.empty()) {
        add(Paragraph::Kind::kWhen, loss_when(loss, report.duration_s));
        section.parts.emplace_back(TimeStrip{loss.when, report.sections, report.duration_s});
      }
      add(Paragraph::Kind::kDo, "Do: " + loss.action);
    }
  }
  return section;
}

DocumentSection numbers_section(const SystemsReport& report) {
  Table table{"Systems in numbers", {{"System"}}, {}, Table::Shape::kWide};
  for (const MusicPart& part : kMusicParts) table.columns.push_back({label(part.id), true});
  for (const char* more : {"Loudness", "Basis"}) table.columns.push_back({more});
  for (const SystemTranslation& one : report.systems) {
    auto& row = table.rows.emplace_back();
    row.push_back(one.system.name);
    for (const BandHeard& part : one.parts) row.push_back(part_cell(part));
    row.push_back(signed_quantity(one.loudness_change_lu, "LU"));
    row.push_back(basis_words(one.system));
  }
  return {"numbers",
          "In numbers",
          {Paragraph{Paragraph::Kind::kNote,
                     "How much of each part\u2019s loudness is heard, and in brackets the same "
                     "of a record of the target\u2019s shape."},
           std::move(table)}};
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

Document systems_document(const SystemsReport& report) {
  std::string lead = sentence(report);
  lead[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(lead[0])));
  Document document{
      "Playback systems", report.file_name, describe(report.source), report.version, {{"", "", {}}}};
  auto& opening = document.sections.front().parts;
  opening.emplace_back(Paragraph{Paragraph::Kind::kLead, lead});
  if (report.systems.empty()) return document;
  const auto note = [](const std::string& text) { return Paragraph{Paragraph::Kind::kNote, text}; };
  opening.emplace_back(note(target_text(report.target)));
  for (const std::string& words : source_notes(report.source)) opening.emplace_back(note(words));
  document.sections.push_back(
      {"systems", "What is heard on each system", {systems_figure(report.systems), note(kCaveat)}});
  DocumentSection losses = losses_section(report);
  if (!losses.parts.empty()) document.sections.push_back(std::move(losses));
  document.sections.push_back(numbers_section(report));
  return document;
}

}  // namespace lacquer
