#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace lacquer {

// What one pass over a piece of audio found. A value that does not exist (the loudness of silence, the
// correlation of a mono file) or that this version does not measure is empty, never 0.

struct LoudnessResult {
  std::optional<double> integrated_lufs;
  std::optional<double> range_lu;
  std::optional<double> momentary_max_lufs;
  std::optional<double> short_term_max_lufs;
  std::vector<std::optional<double>> channel_lufs;  // each channel alone, with its weight
  // Every 100 ms, the value of the window that ends there; -inf in silence.
  std::vector<float> momentary_lufs;
  std::vector<float> short_term_lufs;
};

struct TimeRange {
  double from_s = 0.0;
  double to_s = 0.0;
  bool operator==(const TimeRange&) const = default;
};

struct PeakPlace {
  double at_s = 0.0;
  double level_db = 0.0;
  int channel = 0;
};

struct PeakResult {
  std::optional<double> sample_dbfs;
  std::optional<double> true_dbtp;
  std::int64_t clipped_runs = 0;
  std::int64_t intersample_overs = 0;
  std::vector<TimeRange> clipped_when;  // merged where closer than 100 ms; the first 1,000
  std::vector<TimeRange> intersample_overs_when;
  std::vector<PeakPlace> highest;  // highest first, at least 1 s apart
};

struct DynamicsResult {
  std::optional<double> plr_db;         // true peak - integrated loudness
  std::optional<double> psr_median_db;  // true peak in 3 s - short-term loudness, active blocks
  std::optional<double> psr_p5_db;
  std::optional<double> crest_db;  // sample peak / RMS, whole file
};

struct StereoBand {
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::optional<double> correlation;
  std::optional<double> mono_loss_db;
  std::optional<double> side_to_mid_db;
};

struct StereoResult {
  std::optional<double> correlation;
  std::optional<double> mono_loss_db;  // K-weighted: loudness of stereo - loudness of (L+R)/2 on both
  std::optional<double> side_to_mid_db;
  std::optional<double> balance_lu;       // left - right loudness
  std::optional<double> negative_share;   // share of active 3 s blocks with correlation below 0
  std::vector<StereoBand> bands;          // <120, 120-500, 500-4000, 4000-16000 Hz
  std::vector<StereoBand> octaves;        // 63 Hz - 8 kHz
  std::vector<float> correlation_series;  // every 1 s over 3 s; NaN in silence
};

struct ThirdOctave {
  double hz = 0.0;                 // nominal centre
  std::optional<double> level_db;  // relative to the mean of 200 Hz - 2 kHz
};

struct SpectrumResult {
  std::optional<double> slope_psd_db_per_octave;
  std::vector<ThirdOctave> third_octaves;
};

struct SourceResult {
  std::optional<int> effective_bits;
  std::optional<double> bandwidth_hz;
  std::optional<double> dc_offset_dbfs;  // the larger channel's
  std::optional<double> head_silence_s;
  std::optional<double> tail_silence_s;
};

// The shape of the waveform for drawing: at most kOverviewColumns columns of equal length.
struct Overview {
  double column_s = 0.0;
  std::vector<float> low;  // lowest sample over the channels
  std::vector<float> high;
  std::vector<float> rms;
};

struct Measurements {
  double duration_s = 0.0;
  double sample_rate_hz = 0.0;
  int channels = 0;
  LoudnessResult loudness;
  PeakResult peak;
  std::optional<DynamicsResult> dynamics;  // the groups below are empty when only loudness was asked for
  std::optional<StereoResult> stereo;
  std::optional<SpectrumResult> spectrum;
  std::optional<SourceResult> source;
  Overview overview;
};

}  // namespace lacquer
