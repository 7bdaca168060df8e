#include <algorithm>

#include "report/format.h"
#include "report/playback_reports.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

using Cell = TextPage::Cell;

constexpr std::size_t kMostTimes = 6;

}  // namespace

std::string ceiling_words(const CodecsResult& result) {
  const auto& ceiling = result.ceiling;
  if (!result.levels.true_dbtp) return "It is silent, so nothing can pass full scale.";
  if (!ceiling) return "No ceiling down to −12 dBTP keeps every one of these at or below 0 dBTP.";
  const std::string decoded = quantity(ceiling->decoded_dbtp, "dBTP", 2);
  if (ceiling->holds_as_it_is)
    return "Every delivery decodes at or below full scale (the highest at " + decoded +
           "), so the file needs no lower ceiling.";
  return "With a ceiling of " + quantity(ceiling->ceiling_dbtp, "dBTP", 2) +
         " every delivery decodes at or below full scale (the highest at " + decoded + "). It costs " +
         quantity(ceiling->cost_lu, "LU", 2) +
         " of loudness; lacquer master --ceiling auto renders it from the mix.";
}

std::string beginning_words(const CodecsResult& result) {
  constexpr double kFirstMoment_s = 0.05;  // two frames of 1,024 at 44.1 kHz
  std::vector<std::string> names;
  for (const CodecEntry& entry : result.entries) {
    const auto& over = entry.study.as_it_is.over_when;
    if (!over.empty() && over.back().to_s <= kFirstMoment_s) names.push_back(entry.delivery.name());
  }
  if (names.empty()) return {};
  return join_and(names) + (names.size() == 1 ? " is" : " are") +
         " over in the first moment of the file alone. FFmpeg's AAC encoder overshoots where a file begins "
         "in "
         "full sound; 0.1 s of silence before it would mend that.";
}

std::string codecs_text(const CodecsReport& report, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", report.file_name + ": " + levels_words(report.result.levels) + ".", Tone::kStrong);
  page.paragraph(0, "", describe(report.source), Tone::kQuiet);
  page.blank();
  page.paragraph(0, "", ceiling_words(report.result));
  const std::string beginning = beginning_words(report.result);
  if (!beginning.empty()) page.paragraph(0, "", beginning);
  page.heading("Decoded");
  std::vector<std::vector<Cell>> rows = {{{""},
                                          {"dBTP", true},
                                          {"samples over", true},
                                          {"ceiling", true},
                                          {"LU", true},
                                          {"up to", true},
                                          {"turned down", true}}};
  for (const CodecEntry& entry : report.result.entries) {
    const CodecMeasurement& measured = entry.study.as_it_is;
    rows.push_back({{entry.delivery.name()},
                    {number(measured.true_dbtp, 2), true},
                    {std::to_string(measured.samples_over), true},
                    {number(entry.study.ceiling_needed_dbtp, 2), true},
                    {signed_number(entry.loudness_change_lu, 2), true},
                    {measured.bandwidth_hz ? hz_text(*measured.bandwidth_hz) : "\u2014", true},
                    {entry.turn_down_db ? quantity(entry.turn_down_db, "dB") : "\u2014", true}});
  }
  page.table(2, rows);
  page.blank();
  page.paragraph(
      0, "",
      "dBTP: true peak after decoding. Ceiling: the one this delivery needs, in dBTP. LU: change of "
      "loudness. Turned down: what the services that send it take off by themselves; where their players "
      "do so before anything is cut off, it covers that much of what is over.");
  page.heading("What was changed, by band");
  rows = {{{""}}};
  if (!report.result.entries.empty())
    for (const CodecBand& band : report.result.entries.front().study.as_it_is.bands)
      rows[0].push_back({band_text(band.low_hz, band.high_hz), true});
  for (const CodecEntry& entry : report.result.entries) {
    rows.push_back({{entry.delivery.name()}});
    for (const CodecBand& band : entry.study.as_it_is.bands)
      rows.back().push_back({quantity(band.delta_db, "dB"), true});
  }
  page.table(2, rows);
  page.blank();
  page.paragraph(0, "",
                 "The level of the difference against the level before: −20 dB is a tenth of the amplitude.");
  bool any_over = false;
  for (const CodecEntry& entry : report.result.entries) {
    if (entry.study.as_it_is.over_when.empty()) continue;
    if (!any_over) page.heading("Over full scale");
    any_over = true;
    page.paragraph(2, entry.delivery.name() + "  ", times(entry.study.as_it_is.over_when, kMostTimes));
  }
  page.blank();
  if (!report.result.missing.empty())
    page.paragraph(
        0, "", "Left out, because this FFmpeg lacks the encoder: " + join(report.result.missing, ", ") + ".");
  page.paragraph(0, "", kWhichEncoders, Tone::kQuiet);
  return page.take();
}

}  // namespace lacquer
