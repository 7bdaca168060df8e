#include "report/departures.h"
#include "report/figures.h"
#include "report/format.h"
#include "report/html_parts.h"
#include "report/playback_reports.h"
#include "report/summary.h"
#include "report/svg.h"

namespace lacquer::html {
namespace {

// The sections and marks of the waveform for those who do not see it.
std::string marks_in_words(const WaveformNotes& notes) {
  std::vector<std::vector<std::string>> rows;
  for (const TimeMarks& mark : notes.marks) rows.push_back({mark.name, times(mark.when, 12)});
  for (const Section& part : notes.sections)
    rows.push_back({label(part.name), time_range(part.when) + ", " + quantity(part.loudness_lufs, "LUFS")});
  if (rows.empty()) return {};
  return "<details><summary>Every mark and section in words</summary>\n" +
         table("Marks and sections", "data reasons", {{"What"}, {"When"}}, rows) + "</details>\n";
}

std::string words_list(const Diagnosis& diagnosis, double duration_s) {
  std::string out;
  for (const Word& word : standing_out(diagnosis.words)) {
    out += "<li><p><b>" + escape_html(word.term) + "</b> " + escape_html(word_numbers(word)) + "</p>\n";
    if (!word.when.empty()) out += time_strip(word.when, diagnosis.sections, duration_s, "look");
    if (!word.text.empty()) out += element("p", "why", word.text);
    out += "</li>\n";
  }
  if (out.empty()) return {};
  return element("h3", "", "Words that stand out") + "<ul class=\"words\">\n" + out + "</ul>\n";
}

}  // namespace

// The chart twice, for a page and for a telephone; the style sheet shows one of them.
std::string figure(const Figure& figure) {
  constexpr double kPage_pt = 780.0;
  constexpr double kTelephone_pt = 300.0;
  std::string out = "<figure>\n";
  for (const bool wide : {true, false}) {
    const std::string chart_id = figure.id + (wide ? "-wide" : "-narrow");
    const double width_pt = wide ? kPage_pt : kTelephone_pt;
    const std::string svg = to_svg(width_pt, figure.height_pt(width_pt), chart_id, figure.draw);
    out += inline_svg(svg, chart_id, wide ? "chart wide" : "chart narrow", figure.title, figure.description);
  }
  if (!figure.caption.empty()) out += element("figcaption", "", figure.caption);
  return out + "</figure>\n";
}

std::string waveform_section(const Measurements& measurements, const Diagnosis& diagnosis) {
  const WaveformNotes notes{time_marks(measurements, diagnosis), diagnosis.sections};
  return section("loudness", "Loudness over time",
                 figure(waveform_figure(measurements, diagnosis)) + marks_in_words(notes));
}

std::string spectrum_section(const std::vector<SpectrumLine>& lines, const Measurements& measurements,
                             const Diagnosis& diagnosis) {
  const std::string departs = departure_sentence(measurements, diagnosis.target);
  std::string body = figure(spectrum_figure(lines, measurements, diagnosis));
  if (!departs.empty()) body += element("p", "note", departs);
  return section("spectrum", "Spectrum", body + words_list(diagnosis, measurements.duration_s));
}

std::string before_after_section(const MasterResult& result) {
  return section("wave", "Mix and master", figure(before_after_figure(result)));
}

std::string loudness_curve_section(const LoudnessCurve& curve, std::optional<double> landed_lufs) {
  if (curve.steps.empty()) return {};
  return section("loudness-curve", "What loudness buys",
                 figure(loudness_curve_figure(curve, landed_lufs)) +
                     element("p", "note", kHowLoudnessWasFound) +
                     "<details><summary>The same in numbers</summary>\n" +
                     table(loudness_curve_table(curve)) + "</details>\n");
}

std::string platforms_section(const std::vector<PlatformBar>& platforms) {
  if (platforms.empty()) return {};
  return section("platforms", "On the platforms",
                 figure(platforms_figure(platforms)) + element("p", "note", kNotTargets) +
                     table(platforms_table(platforms)));
}

}  // namespace lacquer::html
