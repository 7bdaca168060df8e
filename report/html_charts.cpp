#include "report/format.h"
#include "report/html_parts.h"
#include "report/summary.h"
#include "report/svg.h"

namespace lacquer::html {
namespace {

constexpr double kWide_pt = 780.0;
constexpr double kNarrow_pt = 300.0;

struct Words {
  std::string title;
  std::string description;
  std::string caption;
};

// The chart twice, for a page and for a telephone; the style sheet shows one of them.
std::string figure(std::string_view id, const Words& words, double wide_height, double narrow_height,
                   const Draw& draw) {
  std::string out = "<figure>\n";
  for (const bool wide : {true, false}) {
    const std::string chart_id = std::string(id) + (wide ? "-wide" : "-narrow");
    const std::string svg =
        to_svg(wide ? kWide_pt : kNarrow_pt, wide ? wide_height : narrow_height, chart_id, draw);
    out += inline_svg(svg, chart_id, wide ? "chart wide" : "chart narrow", words.title, words.description);
  }
  if (!words.caption.empty()) out += element("figcaption", "", words.caption);
  return out + "</figure>\n";
}

std::string loudness_words(const Measurements& m) {
  return "Integrated " + quantity(m.loudness.integrated_lufs, "LUFS") + ", loudest short-term " +
         quantity(m.loudness.short_term_max_lufs, "LUFS") + ", loudest momentary " +
         quantity(m.loudness.momentary_max_lufs, "LUFS") + ", range " + quantity(m.loudness.range_lu, "LU") +
         ", over " + duration(m.duration_s) + ".";
}

// The levels at the octave centres, which is what a reader without the picture needs.
std::string spectrum_words(const SpectrumLine& line) {
  std::vector<std::string> parts;
  for (const double octave : {31.5, 63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0}) {
    for (const ThirdOctave& band : line.bands) {
      if (std::abs(band.hz / octave - 1.0) < 0.02) {
        parts.push_back(quantity(octave, "Hz", octave == 31.5 ? 1 : 0) + " " +
                        signed_quantity(band.level_db, "dB"));
      }
    }
  }
  return line.name + ": " + (parts.empty() ? "not measured" : join(parts, ", ")) + ". ";
}

std::string limited_words(std::string_view limited_by) {
  if (limited_by == "peak") return "its true peak";
  if (limited_by == "rule") return "the service's rule";
  if (limited_by == "limiter") return "the service's limiter";
  return "nothing";
}

}  // namespace

std::string waveform_figure(const Measurements& measurements, const Diagnosis& diagnosis) {
  const auto marks = time_marks(measurements, diagnosis);
  std::string description = loudness_words(measurements);
  for (const TimeMarks& mark : marks) {
    if (!mark.when.empty()) description += " Marked as " + mark.name + ": " + times(mark.when, 12) + ".";
  }
  const Words words{"Loudness over time above the waveform", description, ""};
  return section("loudness", "Loudness over time", figure("wave", words, 320.0, 280.0, [&](Canvas& canvas) {
                   draw_waveform(canvas, measurements, marks);
                 }));
}

std::string spectrum_figure(const std::vector<SpectrumLine>& lines,
                            const std::optional<TargetLine>& target) {
  std::string description;
  for (const SpectrumLine& line : lines) description += spectrum_words(line);
  const Words words{
      "Third-octave spectrum from 20 Hz to 20 kHz", description,
      "Third-octave levels; 0 dB is the mean from 200 Hz to 2 kHz, so the shape is shown and not the "
      "loudness."};
  return section("spectrum", "Spectrum", figure("spectrum", words, 320.0, 250.0, [&](Canvas& canvas) {
                   draw_spectrum(canvas, lines, target);
                 }));
}

std::string before_after_figure(const MasterResult& result) {
  const LimiterWork& limiter = result.limiter;
  const std::string work = "The limiter takes at most " + quantity(limiter.reduction_max_db, "dB") +
                           ", less than " + quantity(limiter.reduction_p95_db, "dB") +
                           " for 95\u202f% of the time, and is at work for " +
                           quantity(limiter.active_share * 100.0, "%", 0) + " of it.";
  const Words words{
      "The mix, the limiter's gain reduction and the master over time",
      "Mix: " + loudness_words(result.before) + " Master: " + loudness_words(result.after) + " " + work,
      work};
  return section("wave", "Mix and master", figure("before-after", words, 320.0, 300.0, [&](Canvas& canvas) {
                   draw_before_after(canvas, result.before, result.after, limiter);
                 }));
}

std::string platforms_section(const std::vector<PlatformBar>& platforms) {
  if (platforms.empty()) return {};
  std::string description;
  std::vector<std::vector<std::string>> rows;
  for (const PlatformBar& bar : platforms) {
    const std::string loudness = quantity(bar.playback_lufs, "LUFS");
    const std::string peak = quantity(bar.playback_dbtp, "dBTP");
    description += bar.name + ": " + signed_quantity(bar.gain_db, "dB") + ", plays at " + loudness +
                   ", peak " + peak + ". ";
    rows.push_back({bar.name, quantity(bar.reference_lufs, "LUFS"), signed_quantity(bar.gain_db, "dB"),
                    loudness, peak, bar.reference_lufs ? limited_words(bar.limited_by) : "no normalization"});
  }
  const Words words{"Loudness and true peak after each platform's gain", description, ""};
  std::string body = figure("platforms", words, platforms_height(platforms, kWide_pt),
                            platforms_height(platforms, kNarrow_pt),
                            [&](Canvas& canvas) { draw_platforms(canvas, platforms); });
  body += element(
      "p", "note",
      "These levels are what the services do to a file, not targets to master to. A louder file is turned "
      "down and keeps the sound it paid for its loudness; a quieter one keeps its peaks.");
  body += "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Platforms in numbers\">" +
          table("Platforms in numbers", "data reasons",
                {{"Platform"},
                 {"Reference", true},
                 {"Gain", true},
                 {"Plays at", true},
                 {"True peak", true},
                 {"Held by"}},
                rows) +
          "</div>\n";
  return section("platforms", "On the platforms", body);
}

}  // namespace lacquer::html
