#include "judge/case.h"

#include <algorithm>
#include <array>

#include "core/decibels.h"

namespace lacquer {
namespace {

constexpr double kLoudnessStepS = 0.1;       // of LoudnessResult's series
constexpr double kCorrelationStepS = 1.0;    // of StereoResult::correlation_series …
constexpr double kCorrelationWindowS = 3.0;  // … of the window that ends there

std::optional<double> median(const std::vector<float>& series) {
  std::vector<float> values;
  std::copy_if(series.begin(), series.end(), std::back_inserter(values),
               [](float v) { return std::isfinite(v); });
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

void read_stereo(const StereoResult& stereo, Readings& reads) {
  reads.whole_correlation = known(stereo.correlation);
  reads.correlation = median(stereo.correlation_series);
  if (!reads.correlation) reads.correlation = reads.whole_correlation;
  reads.mono_loss_db = known(stereo.mono_loss_db);
  reads.side_to_mid_db = known(stereo.side_to_mid_db);
  reads.balance_lu = known(stereo.balance_lu);
  reads.negative_share = known(stereo.negative_share);
}

// Power of a loudness, 0 in silence; bounded so that sums stay finite whatever the input says.
double bounded_power(float loudness) {
  if (!(loudness > -120.0F)) return 0.0;
  return db_to_power(std::min(loudness, 60.0F));
}

double audio_length(const Measurements& audio) {
  return std::isfinite(audio.duration_s) ? std::max(0.0, audio.duration_s) : 0.0;
}

TimeRange inside(const Measurements& audio, double from_s, double length_s) {
  const double duration = audio_length(audio);
  const double length = std::min(length_s, duration);
  const double from = std::clamp(from_s, 0.0, duration - length);
  return {from, from + length};
}

}  // namespace

Readings read(const Measurements& audio) {
  Readings reads;
  reads.integrated_lufs = known(audio.loudness.integrated_lufs);
  reads.sample_dbfs = known(audio.peak.sample_dbfs);
  reads.true_dbtp = known(audio.peak.true_dbtp);
  if (audio.dynamics) {
    reads.plr_db = known(audio.dynamics->plr_db);
    reads.psr_p5_db = known(audio.dynamics->psr_p5_db);
    reads.crest_db = known(audio.dynamics->crest_db);
  }
  if (audio.stereo) read_stereo(*audio.stereo, reads);
  if (audio.source) {
    reads.dc_dbfs = known(audio.source->dc_offset_dbfs);
    reads.head_silence_s = known(audio.source->head_silence_s);
    reads.tail_silence_s = known(audio.source->tail_silence_s);
    reads.effective_bits = audio.source->effective_bits;
  }
  return reads;
}

std::optional<double> band_level_db(const DiagnosticCase& judged, double low_hz, double high_hz) {
  if (!judged.audio.spectrum) return std::nullopt;
  double power = 0.0;
  for (const ThirdOctave& band : judged.audio.spectrum->third_octaves) {
    const std::optional<double> level = known(band.level_db);
    if (level && band.hz >= low_hz && band.hz < high_hz) power += db_to_power(*level);
  }
  return known(power_to_db(power));
}

bool is_quiet_band(const DiagnosticCase& judged, double low_hz, double high_hz) {
  const std::optional<double> level = band_level_db(judged, low_hz, high_hz);
  return level && *level < judged.rules.mono.quiet_band_db;
}

std::optional<double> balanced_side_to_mid_db(std::optional<double> side_to_mid_db,
                                              std::optional<double> correlation) {
  const auto side = known(side_to_mid_db);
  const auto together = known(correlation);
  if (!side || !together || !(std::abs(*together) < 1.0)) return side;
  // With equal channels side / mid = (1 - correlation) / (1 + correlation), whatever the gain between them.
  return std::min(*side, 10.0 * std::log10((1.0 - *together) / (1.0 + *together)));
}

std::optional<double> whole_width_db(const DiagnosticCase& judged) {
  if (!judged.is_stereo()) return std::nullopt;
  return balanced_side_to_mid_db(judged.reads.side_to_mid_db, judged.reads.whole_correlation);
}

std::optional<double> band_width_db(const DiagnosticCase& judged, const WidthBand& band) {
  if (!judged.is_stereo() || !judged.audio.stereo) return std::nullopt;
  if (is_quiet_band(judged, band.low_hz, band.high_hz)) return std::nullopt;
  for (const StereoBand& measured : judged.audio.stereo->bands)
    if (std::abs(measured.high_hz - band.high_hz) < 1.0)
      return balanced_side_to_mid_db(measured.side_to_mid_db, measured.correlation);
  return std::nullopt;
}

namespace {

// The name an octave goes by (ISO 266): its exact base-ten centre, 501.2 Hz say, is called 500.
double nominal_octave_hz(double centre_hz) {
  constexpr std::array kNominal = {31.5, 63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0};
  return *std::min_element(kNominal.begin(), kNominal.end(), [&](double a, double b) {
    return std::abs(std::log2(a / centre_hz)) < std::abs(std::log2(b / centre_hz));
  });
}

}  // namespace

std::vector<OctaveLoss> octave_losses(const DiagnosticCase& judged) {
  std::vector<OctaveLoss> losses;
  if (!judged.is_stereo() || !judged.audio.stereo) return losses;
  for (const StereoBand& octave : judged.audio.stereo->octaves) {
    const std::optional<double> loss = known(octave.mono_loss_db);
    const bool is_band =
        octave.low_hz > 0.0 && octave.low_hz < octave.high_hz && std::isfinite(octave.high_hz);
    if (loss && is_band && !is_quiet_band(judged, octave.low_hz, octave.high_hz))
      losses.push_back(
          {nominal_octave_hz(std::sqrt(octave.low_hz) * std::sqrt(octave.high_hz)), octave.high_hz, *loss});
  }
  return losses;
}

std::optional<int> silent_channel(const DiagnosticCase& judged) {
  const auto& channels = judged.audio.loudness.channel_lufs;
  if (!judged.is_stereo() || channels.size() != 2) return std::nullopt;
  const bool left = known(channels[0]).has_value();
  const bool right = known(channels[1]).has_value();
  if (left == right) return std::nullopt;
  return left ? 1 : 0;
}

bool has_same_channels(const DiagnosticCase& judged) {
  if (!judged.is_stereo()) return false;
  const auto& rules = judged.rules.stereo_width;
  const auto& side = judged.reads.side_to_mid_db;
  if (side && *side <= rules.same_channels_db) return true;
  if (!judged.audio.source) return false;
  const auto share = known(judged.audio.source->dual_mono_share);
  return share && *share >= rules.same_channels_share;
}

TimeRange loudest_passage(const Measurements& audio, double length_s) {
  const std::vector<float>& series = audio.loudness.short_term_lufs;
  const auto steps = static_cast<std::size_t>(std::max(1.0, length_s / kLoudnessStepS));
  if (series.size() <= steps) return inside(audio, 0.0, length_s);
  // A running sum of non-negative powers; the best end decides.
  double sum = 0.0;
  double best = 0.0;
  std::size_t best_end = steps - 1;
  for (std::size_t i = 0; i < series.size(); ++i) {
    sum += bounded_power(series[i]);
    if (i >= steps) sum -= bounded_power(series[i - steps]);
    if (i + 1 >= steps && sum > best) {
      best = sum;
      best_end = i;
    }
  }
  return inside(audio, static_cast<double>(best_end + 1) * kLoudnessStepS - length_s, length_s);
}

TimeRange passage_around(const Measurements& audio, double at_s, double length_s) {
  return inside(audio, (std::isfinite(at_s) ? at_s : 0.0) - length_s / 2.0, length_s);
}

TimeRange whole_piece(const Measurements& audio) { return {0.0, audio_length(audio)}; }

std::vector<TimeRange> negative_correlation_times(const Measurements& audio) {
  std::vector<TimeRange> times;
  if (!audio.stereo) return times;
  const std::vector<float>& series = audio.stereo->correlation_series;
  for (std::size_t i = 0; i < series.size(); ++i) {
    if (!(series[i] < 0.0F)) continue;
    const double end = static_cast<double>(i + 1) * kCorrelationStepS;
    const double from = std::max(0.0, end - kCorrelationWindowS);
    const double to = std::min(end, audio_length(audio));
    if (to <= from) break;
    if (!times.empty() && from <= times.back().to_s)
      times.back().to_s = to;
    else
      times.push_back({from, to});
  }
  return times;
}

}  // namespace lacquer
