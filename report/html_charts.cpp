#include "report/departures.h"
#include "report/format.h"
#include "report/html_parts.h"
#include "report/playback_reports.h"
#include "report/summary.h"
#include "report/svg.h"
#include "report/systems_report.h"

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

std::string limited_words(std::string_view limited_by) {
  if (limited_by == "peak") return "its true peak";
  if (limited_by == "rule") return "the service's rule";
  if (limited_by == "limiter") return "the service's limiter";
  return "nothing";
}

}  // namespace

std::string waveform_figure(const Measurements& measurements, const Diagnosis& diagnosis) {
  const WaveformNotes notes{time_marks(measurements, diagnosis), diagnosis.sections};
  const Words words{"Loudness over time above the waveform", loudness_words(measurements), ""};
  return section("loudness", "Loudness over time",
                 figure("wave", words, waveform_height(notes, kWide_pt), waveform_height(notes, kNarrow_pt),
                        [&](Canvas& canvas) { draw_waveform(canvas, measurements, notes); }) +
                     marks_in_words(notes));
}

std::string spectrum_figure(const std::vector<SpectrumLine>& lines, const Measurements& measurements,
                            const Diagnosis& diagnosis) {
  SpectrumNotes notes{std::nullopt, diagnosis.words};
  if (diagnosis.target) notes.target = diagnosis.target->curve;
  const std::string departs = departure_sentence(measurements, diagnosis.target);
  std::string description;
  for (const SpectrumLine& line : lines) description += spectrum_words(line);
  std::string caption =
      "Third-octave levels; 0 dB is the mean from 200 Hz to 2 kHz, so the shape is shown and not the "
      "loudness.";
  if (notes.target)
    caption +=
        " The band is how far good records of the target\u2019s kind stray; where this file leaves it, the "
        "area is tinted.";
  const Words words{"Third-octave spectrum from 20 Hz to 20 kHz", description + departs, caption};
  std::string body =
      figure("spectrum", words, spectrum_height(notes, kWide_pt), spectrum_height(notes, kNarrow_pt),
             [&](Canvas& canvas) { draw_spectrum(canvas, lines, notes); });
  if (!departs.empty()) body += element("p", "note", departs);
  return section("spectrum", "Spectrum", body + words_list(diagnosis, measurements.duration_s));
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

std::string loudness_curve_section(const LoudnessCurve& curve, std::optional<double> landed_lufs) {
  if (curve.steps.empty()) return {};
  std::string description;
  std::vector<std::vector<std::string>> rows;
  for (const LoudnessStep& step : curve.steps) {
    description += quantity(step.lufs, "LUFS") + ": " + quantity(step.reduction_p95_db, "dB") +
                   " of gain reduction, " + quantity(step.psr_lost_db, "dB") + " of PSR lost. ";
    rows.push_back({quantity(step.lufs, "LUFS"), quantity(step.reduction_p95_db, "dB"),
                    quantity(step.psr_lost_db, "dB"), quantity(step.crest_lost_db(), "dB"),
                    quantity(step.level_change_db(), "dB"),
                    quantity(step.damage.bass_intermodulation_pct, "%"), what_it_buys(step)});
  }
  const Words words{"What loudness costs, and what the platforms leave of it", description, ""};
  std::string body = figure("loudness-curve", words, 400.0, 400.0,
                            [&](Canvas& canvas) { draw_loudness_curve(canvas, curve, landed_lufs); });
  body +=
      element("p", "note",
              "Each point is one more decibel of drive into the limiter, as its envelope predicts it; "
              "crest, tone and intermodulation are those of the loudest 30 s. To the right of every "
              "reference (tinted) all services turn the file down again, so there more drive only costs.");
  body += "<details><summary>The same in numbers</summary>\n" +
          table("What loudness costs", "data",
                {{"Loudness", true},
                 {"Gain reduction (p95)", true},
                 {"PSR lost", true},
                 {"Crest lost, worst band", true},
                 {"Tone moved", true},
                 {"Bass intermodulation", true},
                 {"What it buys"}},
                rows) +
          "</details>\n";
  return section("loudness-curve", "What loudness buys", body);
}

std::string platforms_section(const std::vector<PlatformBar>& platforms, PlatformTable below) {
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
  if (below == PlatformTable::kNone) return section("platforms", "On the platforms", body);
  body += element("p", "note", kNotTargets);
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

std::string codecs_figure(const std::vector<CodecEntry>& entries) {
  std::string description;
  for (const CodecEntry& entry : entries) {
    const auto& upper = entry.study.as_it_is.bandwidth_hz;
    description +=
        entry.delivery.name() + (upper ? ": kept up to " + hz_text(*upper) + ". " : ": nothing to compare. ");
  }
  const Words words{"What each codec changed, by third octaves", description,
                    "Bars grow with the difference against the level before, from −40 dB to 0 dB."};
  const double height = codecs_height(entries);
  return section(
      "changed", "What each codec changed",
      figure("codecs", words, height, height, [&](Canvas& canvas) { draw_codecs(canvas, entries); }));
}

std::string systems_figure(const std::vector<SystemTranslation>& systems) {
  std::string description;
  for (const SystemTranslation& one : systems) description += one.system.name + ": " + one.why + " ";
  const Words words{
      "How much of each band is heard on each system", description,
      "Bars: how much of each critical band\u2019s loudness is heard, of what the monitors give. "
      "Lines: how much would be heard of a record of the target\u2019s shape."};
  return section(
      "systems", "What is heard on each system",
      figure("systems", words, systems_height(systems, kWide_pt), systems_height(systems, kNarrow_pt),
             [&](Canvas& canvas) { draw_systems(canvas, systems); }));
}

}  // namespace lacquer::html
