#pragma once

#include <array>
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "core/source_info.h"
#include "judge/circumstances.h"
#include "judge/finding.h"
#include "judge/kind_of_sound.h"
#include "judge/knowledge.h"
#include "judge/sections.h"
#include "judge/tone.h"
#include "measure/measurements.h"

namespace lacquer {

// The single numbers of a measurement that are known and finite, whichever groups were measured.
struct Readings {
  std::optional<double> integrated_lufs;
  std::optional<double> sample_dbfs;
  std::optional<double> true_dbtp;
  std::optional<double> plr_db;
  std::optional<double> psr_p5_db;
  std::optional<double> crest_db;
  std::optional<double> correlation;  // median over time where there is a series, else of the whole file
  std::optional<double> whole_correlation;
  std::optional<double> mono_loss_db;
  std::optional<double> side_to_mid_db;
  std::optional<double> balance_lu;
  std::optional<double> negative_share;
  std::optional<double> dc_dbfs;
  std::optional<double> head_silence_s;
  std::optional<double> tail_silence_s;
  std::optional<int> effective_bits;
};
Readings read(const Measurements& audio);

inline std::optional<double> known(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

// Everything an item is judged from.
struct DiagnosticCase {
  const Measurements& audio;
  const SourceInfo& source;
  const Circumstances& circumstances;
  const Knowledge& known;
  const Role& role = circumstances.role;
  const DiagnosticRules& rules = known.diagnostic;
  const std::vector<PlatformRule>& platforms = known.platforms;
  Readings reads = read(audio);
  std::vector<Section> sections = find_sections(audio, known.sections);
  Tone tone = hear_tone(audio, circumstances, known);
  std::optional<NotMusic> instead = heard_instead_of_music(audio, known.tonal);  // of music

  bool is_master() const { return role.as == Role::Kind::kMaster; }
  bool is_stereo() const { return audio.channels == 2; }
  // Nothing but silence, as far as any peak tells.
  bool is_silent() const { return !reads.sample_dbfs && !reads.true_dbtp; }
  bool is_short() const { return !(audio.duration_s >= rules.certainty.short_audio_s); }
  // The file holds integers: what was above full scale is lost. Float and decoded lossy audio keep it.
  bool is_fixed_point() const { return !source.is_float && !source.lossy; }
};

// Power of the third-octaves whose centre lies in [low, high), relative to the mean of 200 Hz to 2 kHz.
std::optional<double> band_level_db(const DiagnosticCase& judged, double low_hz, double high_hz);
// True where the spectrum shows that the band is too weak for its stereo image to matter.
bool is_quiet_band(const DiagnosticCase& judged, double low_hz, double high_hz);

// The bands of StereoResult::bands, in order.
struct WidthBand {
  double low_hz;
  double high_hz;
  const char* metric;
  const char* name;  // "from 120 to 500 Hz"
};
inline constexpr std::array<WidthBand, 4> kWidthBands = {{
    {20.0, 120.0, "side_to_mid_below_120_hz", "below 120 Hz"},
    {120.0, 500.0, "side_to_mid_120_500_hz", "from 120 to 500 Hz"},
    {500.0, 4000.0, "side_to_mid_500_4000_hz", "from 500 Hz to 4 kHz"},
    {4000.0, 16000.0, "side_to_mid_4000_16000_hz", "from 4 to 16 kHz"},
}};
// Side to mid as it would be with both channels at one level (a lopsided image is a fault of its own): the
// lower of what was measured and (1 - correlation) / (1 + correlation).
std::optional<double> balanced_side_to_mid_db(std::optional<double> side_to_mid_db,
                                              std::optional<double> correlation);
// Balanced side to mid of a stereo file, and of a band of it unless that is too weak to be heard.
std::optional<double> whole_width_db(const DiagnosticCase& judged);
std::optional<double> band_width_db(const DiagnosticCase& judged, const WidthBand& band);
inline std::optional<double> low_side_to_mid_db(const DiagnosticCase& judged) {
  return band_width_db(judged, kWidthBands[0]);
}

struct OctaveLoss {
  double centre_hz = 0.0;  // nominal: 63, 125, … 8,000
  double high_hz = 0.0;
  double loss_db = 0.0;
};
// What each octave of a stereo file loses in mono, where it is known and the octave loud enough to be heard.
std::vector<OctaveLoss> octave_losses(const DiagnosticCase& judged);

// One channel silent, the other not: 0 left, 1 right.
std::optional<int> silent_channel(const DiagnosticCase& judged);
// Both channels carry the same sound, up to gain.
bool has_same_channels(const DiagnosticCase& judged);

// The loudest stretch of `length_s`, by short-term loudness; the start of the audio where loudness says
// nothing.
TimeRange loudest_passage(const Measurements& audio, double length_s);
// `length_s` around a time, inside the audio.
TimeRange passage_around(const Measurements& audio, double at_s, double length_s);
TimeRange whole_piece(const Measurements& audio);
// Where the correlation of 3 s windows is below 0; touching windows merged.
std::vector<TimeRange> negative_correlation_times(const Measurements& audio);

}  // namespace lacquer
