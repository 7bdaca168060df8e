#include "report/figures.h"
#include "report/format.h"
#include "report/playback_reports.h"

namespace lacquer {
namespace {

std::vector<PlatformBar> bars_of(const PlatformsReport& report) {
  std::vector<PlatformBar> bars;
  for (const PlatformPlay& play : report.plays)
    if (!play.track && play.outcome && play.rule.kind == PlatformKind::kPlayback)
      bars.push_back(platform_bar(play, report.release.whole));
  return bars;
}

std::vector<std::string> row_of(const std::string& name, const PlatformPlay& play) {
  const auto& outcome = play.outcome;
  const auto level = [&](double PlaybackOutcome::*value, std::string_view unit) {
    return outcome ? quantity((*outcome).*value, unit) : quantity(std::nullopt, unit);
  };
  return {name,
          quantity(play.rule.reference_lufs, "LUFS"),
          outcome ? signed_quantity(outcome->gain_db, "dB") : quantity(std::nullopt, "dB"),
          level(&PlaybackOutcome::playback_lufs, "LUFS"),
          level(&PlaybackOutcome::playback_dbtp, "dBTP"),
          quantity(plr_db(play), "dB"),
          outcome ? std::string(held_words(outcome->limited_by)) : std::string()};
}

DocumentSection section_of(const std::string& id, const std::string& heading,
                           std::vector<std::vector<std::string>> rows, const std::string& note = {}) {
  DocumentSection section{id, heading, {}};
  if (!note.empty()) section.parts.emplace_back(Paragraph{Paragraph::Kind::kNote, note});
  section.parts.emplace_back(Table{heading,
                                   {{"Platform"},
                                    {"Rule"},
                                    {"Gain", true},
                                    {"Plays at", true},
                                    {"True peak", true},
                                    {"PLR left", true},
                                    {"Held by"}},
                                   std::move(rows),
                                   Table::Shape::kWide});
  return section;
}

DocumentSection sources_section(const PlatformsReport& report) {
  Table table{"Sources of the rules",
              {{"Platform"}, {"Rule"}, {"Source"}, {"Dated"}, {"Told by"}, {"Confidence"}},
              {},
              Table::Shape::kStacked};
  std::string last;
  for (const PlatformPlay& play : report.plays) {
    const PlatformRule& rule = play.rule;
    if (rule.name == last) continue;
    last = rule.name;
    table.rows.push_back({rule.name, rule_words(rule),
                          rule.source + (rule.note.empty() ? "" : " (" + rule.note + ")"), rule.dated,
                          rule.first_party ? "the service itself" : "others",
                          std::string(to_string(rule.confidence))});
  }
  return {"sources", "Where each rule is from", {std::move(table)}};
}

std::string name_of(const PlatformsReport& report) {
  return report.file_names.size() == 1
             ? report.file_names[0]
             : counted(report.file_names.size(), "track", "tracks") + " as an album";
}

}  // namespace

Document platforms_document(const PlatformsReport& report) {
  std::vector<std::vector<std::string>> services;
  std::vector<std::vector<std::string>> by_track;
  std::vector<std::vector<std::string>> others;
  std::vector<std::vector<std::string>> as_it_is;
  for (const PlatformPlay& play : report.plays) {
    if (play.track)
      by_track.push_back(row_of(play.rule.name + ": " + report.file_names[*play.track], play));
    else if (play.rule.kind != PlatformKind::kPlayback)
      others.push_back(row_of(play.rule.name, play));
    else
      (play.rule.gain == GainRule::kNone ? as_it_is : services).push_back(row_of(play.rule.name, play));
  }
  Document document{
      "Platforms", name_of(report), levels_words(report.release.whole), report.version, {{"", "", {}}}};
  auto& opening = document.sections.front().parts;
  opening.emplace_back(Paragraph{Paragraph::Kind::kLead, "What platforms do to " + name_of(report) + "."});
  opening.emplace_back(Paragraph{Paragraph::Kind::kNote, kNotTargets});
  const auto add = [&](DocumentSection section, bool is_empty) {
    if (!is_empty) document.sections.push_back(std::move(section));
  };
  const std::vector<PlatformBar> bars = bars_of(report);
  add({"platforms", "On the platforms", {platforms_figure(bars)}}, bars.empty());
  add(section_of("services", "Services that set the level", services), services.empty());
  add(section_of("by-track", "Services that set a gain for each track", by_track), by_track.empty());
  add(section_of(
          "as-it-is", "Played as it is", as_it_is,
          "Nothing is normalized there, so what streaming services do says nothing about how this compares."),
      as_it_is.empty());
  add(section_of("others", "Deliveries and recommendations", others,
                 "For a delivery, the gain is what the file would need to have the level asked for."),
      others.empty());
  document.sections.push_back(sources_section(report));
  return document;
}

}  // namespace lacquer
