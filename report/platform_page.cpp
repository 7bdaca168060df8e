#include "report/format.h"
#include "report/html_parts.h"
#include "report/playback_reports.h"
#include "report/svg.h"

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

std::string table_of(std::string_view id, const std::string& heading,
                     const std::vector<std::vector<std::string>>& rows, const std::string& note = {}) {
  if (rows.empty()) return {};
  return html::section(id, heading,
                       (note.empty() ? "" : html::element("p", "note", note)) +
                           "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" +
                           escape_html(heading) + "\">" +
                           html::table(heading, "data reasons",
                                       {{"Platform"},
                                        {"Rule"},
                                        {"Gain", true},
                                        {"Plays at", true},
                                        {"True peak", true},
                                        {"PLR left", true},
                                        {"Held by"}},
                                       rows) +
                           "</div>\n");
}

std::string sources_section(const PlatformsReport& report) {
  std::vector<std::vector<std::string>> rows;
  std::string last;
  for (const PlatformPlay& play : report.plays) {
    const PlatformRule& rule = play.rule;
    if (rule.name == last) continue;
    last = rule.name;
    rows.push_back({rule.name, rule_words(rule),
                    rule.source + (rule.note.empty() ? "" : " (" + rule.note + ")"), rule.dated,
                    rule.first_party ? "the service itself" : "others",
                    std::string(to_string(rule.confidence))});
  }
  return html::section(
      "sources", "Where each rule is from",
      html::table("Sources of the rules", "data reasons stacked",
                  {{"Platform"}, {"Rule"}, {"Source"}, {"Dated"}, {"Told by"}, {"Confidence"}}, rows));
}

std::string name_of(const PlatformsReport& report) {
  return report.file_names.size() == 1
             ? report.file_names[0]
             : counted(report.file_names.size(), "track", "tracks") + " as an album";
}

}  // namespace

std::string platforms_html(const PlatformsReport& report) {
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
  std::string body = html::element("p", "lead", "What platforms do to " + name_of(report) + ".");
  body += html::element("p", "note", kNotTargets);
  body += html::platforms_section(bars_of(report), html::PlatformTable::kNone);
  body += table_of("services", "Services that set the level", services);
  body += table_of("by-track", "Services that set a gain for each track", by_track);
  body += table_of(
      "as-it-is", "Played as it is", as_it_is,
      "Nothing is normalized there, so what streaming services do says nothing about how this compares.");
  body += table_of("others", "Deliveries and recommendations", others,
                   "For a delivery, the gain is what the file would need to have the level asked for.");
  body += sources_section(report);
  return html::page({"Platforms", name_of(report), levels_words(report.release.whole), report.version}, body);
}

}  // namespace lacquer
