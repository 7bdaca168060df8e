#include <algorithm>
#include <cmath>

#include "report/format.h"
#include "report/playback_reports.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

using Cell = TextPage::Cell;
using Rows = std::vector<std::vector<Cell>>;

bool sets_level(const PlatformPlay& play) {
  return play.rule.kind != PlatformKind::kDelivery && play.rule.gain != GainRule::kNone;
}

std::string head_sentence(const PlatformsReport& report) {
  if (report.file_names.size() == 1) return report.file_names[0] + ": " + levels_words(report.release.whole);
  return "An album of " + counted(report.file_names.size(), "track", "tracks") +
         ", measured as one: " + levels_words(report.release.whole);
}

// Little is known of some services; the name says so.
std::string name_of(const PlatformRule& rule) {
  return rule.name + (rule.confidence == Confidence::kLow ? " (unsure)" : "");
}

std::vector<Cell> row_of(const std::string& name, const PlatformPlay& play) {
  const auto& outcome = play.outcome;
  const auto level = [&](double PlaybackOutcome::*value) {
    return outcome ? number((*outcome).*value) : number(std::nullopt);
  };
  return {{name},
          {outcome ? signed_number(outcome->gain_db) : number(std::nullopt), true},
          {level(&PlaybackOutcome::playback_lufs), true},
          {level(&PlaybackOutcome::playback_dbtp), true},
          {number(plr_db(play)), true},
          {outcome ? std::string(held_words(outcome->limited_by)) : std::string()}};
}

void put_group(TextPage& page, const std::string& heading, Rows rows) {
  if (rows.empty()) return;
  rows.insert(rows.begin(),
              {{""}, {"gain dB", true}, {"LUFS", true}, {"dBTP", true}, {"PLR dB", true}, {"held by"}});
  page.heading(heading);
  page.table(2, rows);
}

// One character for each step of level; what comes later lies above what came before.
std::string bar_text(const PlatformPlay& play, const TrackLevels& levels, double low, double high,
                     int width) {
  std::string bar(static_cast<std::size_t>(width), ' ');
  const auto at = [&](double level) {
    const double share = std::clamp((level - low) / (high - low), 0.0, 1.0);
    return static_cast<std::size_t>(std::lround(share * (width - 1)));
  };
  const auto put = [&](double from, double to, char sign) {
    for (std::size_t i = at(from); i <= at(std::max(from, to)); ++i) bar[i] = sign;
  };
  const PlaybackOutcome& outcome = *play.outcome;
  put(outcome.playback_dbtp, 0.0, '.');
  put(outcome.playback_lufs, outcome.playback_dbtp, '-');
  if (levels.span)
    put(levels.span->low_lufs + outcome.gain_db, levels.span->high_lufs + outcome.gain_db, '=');
  bar[at(outcome.playback_dbtp)] = '|';
  bar[at(outcome.playback_lufs)] = 'O';
  return bar;
}

void put_picture(TextPage& page, const PlatformsReport& report, const TextStyle& style) {
  constexpr int kNameWidth = 24;
  std::vector<const PlatformPlay*> shown;
  double lowest = -24.0;
  double highest = 0.0;
  bool as_it_is = false;
  for (const PlatformPlay& play : report.plays) {
    if (play.track || !play.outcome || play.rule.kind != PlatformKind::kPlayback) continue;
    if (play.rule.gain == GainRule::kNone && as_it_is) continue;  // one bar for all that change nothing
    as_it_is = as_it_is || play.rule.gain == GainRule::kNone;
    shown.push_back(&play);
    const auto& span = report.release.whole.span;
    lowest = std::min({lowest, play.outcome->playback_lufs - 1.0,
                       span ? span->low_lufs + play.outcome->gain_db - 1.0 : 0.0});
    highest = std::max(highest, play.outcome->playback_dbtp);
  }
  if (shown.empty()) return;
  lowest = std::max(-60.0, std::floor(lowest / 6.0) * 6.0);
  std::stable_partition(shown.begin(), shown.end(),
                        [](const PlatformPlay* play) { return play->rule.gain != GainRule::kNone; });
  page.heading("Loudness O, its range ==, true peak |, headroom ..");
  const int width = std::max(style.width, 40) - kNameWidth - 2;
  for (const PlatformPlay* play : shown) {
    std::string name = play->rule.gain == GainRule::kNone ? "played as it is" : play->rule.name;
    if (display_width(name) > kNameWidth - 2) name = wrap(name, kNameWidth - 2).front();
    name.resize(name.size() + static_cast<std::size_t>(kNameWidth - display_width(name)), ' ');
    page.line("  " + name + bar_text(*play, report.release.whole, lowest, highest, width));
  }
  std::string scale = number(lowest, 0);
  const std::string end = number(highest, 0) + " dB";
  scale.resize(
      scale.size() + static_cast<std::size_t>(std::max(1, width - display_width(scale) - display_width(end))),
      ' ');
  page.line(std::string(kNameWidth + 2, ' ') + scale + end, Tone::kQuiet);
}

// The tracks of an album with the gains that are theirs alone.
void put_tracks(TextPage& page, const PlatformsReport& report) {
  page.heading("The tracks");
  for (std::size_t t = 0; t < report.file_names.size(); ++t)
    page.paragraph(2, "", report.file_names[t] + ": " + levels_words(report.release.tracks[t]));
  Rows rows;
  for (const PlatformPlay& play : report.plays)
    if (play.track) rows.push_back(row_of(play.rule.name + ": " + report.file_names[*play.track], play));
  put_group(page, "Services that set a gain for each track", rows);
}

std::string join_names(const PlatformsReport& report, GainRule rule) {
  std::vector<std::string> names;
  for (const PlatformPlay& play : report.plays)
    if (play.rule.gain == rule && play.rule.kind == PlatformKind::kPlayback) names.push_back(play.rule.name);
  return join(names, "; ");
}

}  // namespace

std::string platforms_text(const PlatformsReport& report, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", head_sentence(report) + ".", Tone::kStrong);
  if (!report.release.whole.integrated_lufs) {
    page.paragraph(0, "", "It is silent or shorter than 0.4 s, so no service can set its level.");
    return page.take();
  }
  page.paragraph(0, "", kNotTargets);
  Rows services;
  Rows recommended;
  Rows deliveries;
  for (const PlatformPlay& play : report.plays) {
    if (play.track) continue;
    if (play.rule.kind == PlatformKind::kRecommendation)
      recommended.push_back(row_of(name_of(play.rule), play));
    else if (play.rule.kind == PlatformKind::kDelivery)
      deliveries.push_back(row_of(name_of(play.rule), play));
    else if (sets_level(play))
      services.push_back(row_of(name_of(play.rule), play));
  }
  put_group(page,
            report.file_names.size() > 1 ? "Services that set one gain for the album"
                                         : "Services that set the level",
            services);
  if (report.file_names.size() > 1) put_tracks(page, report);
  page.heading("Played as it is");
  page.paragraph(2, "", join_names(report, GainRule::kNone));
  page.paragraph(
      2, "",
      "Nothing is normalized there, so what streaming services do says nothing about how this compares.");
  put_group(page, "What standards bodies ask of services", recommended);
  put_group(page, "What deliveries ask of the file: the gain it would need", deliveries);
  put_picture(page, report, style);
  page.blank();
  page.paragraph(
      0, "",
      "With a limiter, LUFS is the level before it and dBTP its threshold. lacquer platforms shows every "
      "rule with its source and how sure it is.");
  return page.take();
}

std::string platform_rules_text(const std::vector<PlatformRule>& rules, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", "What services do to the level of a file.", Tone::kStrong);
  page.paragraph(0, "", kNotTargets);
  const auto scope = [](const PlatformRule& rule) -> std::string {
    if (rule.album_scope && rule.track_scope) return "album or track";
    return rule.album_scope ? "album" : rule.track_scope ? "track" : "";
  };
  std::string kind;
  for (const PlatformRule& rule : rules) {
    if (kind != to_string(rule.kind)) {
      kind = to_string(rule.kind);
      page.heading(kind == "playback"   ? "Services"
                   : kind == "delivery" ? "Levels a delivery must have"
                                        : "What standards bodies ask of services");
    }
    const std::string by = scope(rule);
    page.paragraph(2, "", rule.name + ": " + rule_words(rule) + (by.empty() ? "" : ", by " + by) + ".",
                   Tone::kPlain);
    std::string sources = (rule.first_party ? "the service's own words, " : "told by others, ") + rule.dated +
                          "; confidence " + std::string(to_string(rule.confidence)) + "; " + rule.source;
    if (!rule.note.empty()) sources = rule.note + ". " + sources;
    page.paragraph(6, "", sources, Tone::kQuiet);
  }
  return page.take();
}

}  // namespace lacquer
