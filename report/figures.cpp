#include "report/figures.h"

#include "report/departures.h"
#include "report/format.h"
#include "report/summary.h"

namespace lacquer {
namespace {

// A chart that is about as high however wide it is: on a page, on a telephone.
constexpr double kWideFrom_pt = 520.0;
std::function<double(double)> height_of(double wide_pt, double narrow_pt) {
  return [=](double width_pt) { return width_pt < kWideFrom_pt ? narrow_pt : wide_pt; };
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

Figure waveform_figure(const Measurements& measurements, const Diagnosis& diagnosis) {
  const WaveformNotes notes{time_marks(measurements, diagnosis), diagnosis.sections};
  return {"wave",
          "Loudness over time above the waveform",
          loudness_words(measurements),
          "",
          [notes](double width_pt) { return waveform_height(notes, width_pt); },
          [notes, &measurements](Canvas& canvas) { draw_waveform(canvas, measurements, notes); }};
}

Figure spectrum_figure(const std::vector<SpectrumLine>& lines, const Measurements& measurements,
                       const Diagnosis& diagnosis) {
  SpectrumNotes notes{std::nullopt, diagnosis.words};
  if (diagnosis.target) notes.target = diagnosis.target->curve;
  std::string description;
  for (const SpectrumLine& line : lines) description += spectrum_words(line);
  std::string caption =
      "Third-octave levels; 0 dB is the mean from 200 Hz to 2 kHz, so the shape is shown and not the "
      "loudness.";
  if (notes.target)
    caption +=
        " The band is how far good records of the target\u2019s kind stray; where this file leaves it, the "
        "area is tinted.";
  return {"spectrum",
          "Third-octave spectrum from 20 Hz to 20 kHz",
          description + departure_sentence(measurements, diagnosis.target),
          caption,
          [notes](double width_pt) { return spectrum_height(notes, width_pt); },
          [notes, lines](Canvas& canvas) { draw_spectrum(canvas, lines, notes); }};
}

Figure before_after_figure(const MasterResult& result) {
  const LimiterWork& limiter = result.limiter;
  const std::string work = "The limiter takes at most " + quantity(limiter.reduction_max_db, "dB") +
                           ", less than " + quantity(limiter.reduction_p95_db, "dB") +
                           " for 95\u202f% of the time, and is at work for " +
                           quantity(limiter.active_share * 100.0, "%", 0) + " of it.";
  return {
      "before-after",
      "The mix, the limiter's gain reduction and the master over time",
      "Mix: " + loudness_words(result.before) + " Master: " + loudness_words(result.after) + " " + work,
      work,
      height_of(320.0, 300.0),
      [&result](Canvas& canvas) { draw_before_after(canvas, result.before, result.after, result.limiter); }};
}

Figure loudness_curve_figure(const LoudnessCurve& curve, std::optional<double> landed_lufs) {
  std::string description;
  for (const LoudnessStep& step : curve.steps)
    description += quantity(step.lufs, "LUFS") + ": " + quantity(step.reduction_p95_db, "dB") +
                   " of gain reduction, " + quantity(step.psr_lost_db, "dB") + " of PSR lost. ";
  return {"loudness-curve",
          "What loudness costs, and what the platforms leave of it",
          description,
          "",
          height_of(400.0, 400.0),
          [&curve, landed_lufs](Canvas& canvas) { draw_loudness_curve(canvas, curve, landed_lufs); }};
}

Table loudness_curve_table(const LoudnessCurve& curve) {
  Table table{"What loudness costs",
              {{"Loudness", true},
               {"Gain reduction (p95)", true},
               {"PSR lost", true},
               {"Crest lost, worst band", true},
               {"Tone moved", true},
               {"Bass intermodulation", true},
               {"What it buys"}},
              {},
              Table::Shape::kWide};
  for (const LoudnessStep& step : curve.steps)
    table.rows.push_back({quantity(step.lufs, "LUFS"), quantity(step.reduction_p95_db, "dB"),
                          quantity(step.psr_lost_db, "dB"), quantity(step.crest_lost_db(), "dB"),
                          quantity(step.level_change_db(), "dB"),
                          quantity(step.damage.bass_intermodulation_pct, "%"), what_it_buys(step)});
  return table;
}

Figure platforms_figure(const std::vector<PlatformBar>& platforms) {
  std::string description;
  for (const PlatformBar& bar : platforms)
    description += bar.name + ": " + signed_quantity(bar.gain_db, "dB") + ", plays at " +
                   quantity(bar.playback_lufs, "LUFS") + ", peak " + quantity(bar.playback_dbtp, "dBTP") +
                   ". ";
  return {"platforms",
          "Loudness and true peak after each platform's gain",
          description,
          "",
          [platforms](double width_pt) { return platforms_height(platforms, width_pt); },
          [platforms](Canvas& canvas) { draw_platforms(canvas, platforms); }};
}

Table platforms_table(const std::vector<PlatformBar>& platforms) {
  Table table{"Platforms in numbers",
              {{"Platform"},
               {"Reference", true},
               {"Gain", true},
               {"Plays at", true},
               {"True peak", true},
               {"Held by"}},
              {},
              Table::Shape::kWide};
  for (const PlatformBar& bar : platforms)
    table.rows.push_back({bar.name, quantity(bar.reference_lufs, "LUFS"), signed_quantity(bar.gain_db, "dB"),
                          quantity(bar.playback_lufs, "LUFS"), quantity(bar.playback_dbtp, "dBTP"),
                          bar.reference_lufs ? limited_words(bar.limited_by) : "no normalization"});
  return table;
}

Figure codecs_figure(const std::vector<CodecEntry>& entries) {
  std::string description;
  for (const CodecEntry& entry : entries) {
    const auto& upper = entry.study.as_it_is.bandwidth_hz;
    description +=
        entry.delivery.name() + (upper ? ": kept up to " + hz_text(*upper) + ". " : ": nothing to compare. ");
  }
  return {"codecs",
          "What each codec changed, by third octaves",
          description,
          "Bars grow with the difference against the level before, from \u221240 dB to 0 dB.",
          [&entries](double) { return codecs_height(entries); },
          [&entries](Canvas& canvas) { draw_codecs(canvas, entries); }};
}

Figure systems_figure(const std::vector<SystemTranslation>& systems) {
  std::string description;
  for (const SystemTranslation& one : systems) description += one.system.name + ": " + one.why + " ";
  return {"systems",
          "How much of each band is heard on each system",
          description,
          "Bars: how much of each critical band\u2019s loudness is heard, of what the monitors give. "
          "Lines: how much would be heard of a record of the target\u2019s shape.",
          [&systems](double width_pt) { return systems_height(systems, width_pt); },
          [&systems](Canvas& canvas) { draw_systems(canvas, systems); }};
}

}  // namespace lacquer
