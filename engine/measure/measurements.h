#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
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
  // What players that follow tags would do: ReplayGain 2 (to -18 LUFS) and R128 in Opus (to -23 LUFS, in
  // 256ths of a dB; RFC 7845, 5.2.1).
  std::optional<double> replaygain_db{};
  std::optional<int> r128_gain_q78{};
};

struct TimeRange {
  double from_s = 0.0;
  double to_s = 0.0;
  bool operator==(const TimeRange&) const = default;
};

// Values by time and band, column by column (values[column * bands + band]); NaN where there is nothing.
struct BandsOverTime {
  double column_s = 0.0;
  int bands = 0;
  std::vector<float> values{};
};

struct PeakPlace {
  double at_s = 0.0;
  double level_db = 0.0;
  int channel = 0;
};

// A level that the peaks of many tenths of a second share: what a limiter or clipper leaves behind.
struct Ceiling {
  double level_db = 0.0;
  int tenths = 0;                 // whose highest peak lies within 0.05 dB of it
  double share = 0.0;             // of the tenths louder than -20 dB below it
  std::vector<TimeRange> when{};  // merged where closer than 1 s; the first 1,000
};

// A stretch in which no peak of a channel passes one level below full scale, and crest after crest is cut
// flat at it: clipped, then turned down or mixed on.
struct CutStretch {
  TimeRange when{};
  double level_dbfs = 0.0;
  std::int64_t crests = 0;
};

struct PeakResult {
  std::optional<double> sample_dbfs;
  std::optional<double> true_dbtp;
  std::int64_t clipped_runs = 0;
  std::int64_t intersample_overs = 0;
  std::vector<TimeRange> clipped_when;  // merged where closer than 100 ms; the first 1,000
  std::vector<TimeRange> intersample_overs_when;
  std::vector<PeakPlace> highest;           // highest first, at least 1 s apart
  std::optional<Ceiling> sample_ceiling{};  // level in dBFS
  std::optional<Ceiling> true_ceiling{};    // level in dBTP
  // Flattened crests below full scale, in the top 1 dB of the file: clipped, then turned down.
  std::optional<std::int64_t> flat_tops{};
  std::optional<double> flat_tops_per_minute{};
  std::vector<TimeRange> flat_tops_when{};  // merged where closer than 100 ms; the first 1,000
  std::vector<CutStretch> cut_stretches{};  // of either channel, in order of time; the first 1,000
};

struct BandCrest {
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::optional<double> crest_db{};  // envelope peak / RMS of (L+R)/2 in the band
};

// The level going up and down at the rate of a beat, 0.5 to 5 times a second.
struct LevelModulation {
  double hz = 0.0;        // of the middle window
  double depth_db = 0.0;  // top to bottom; median over the active windows of 12.8 s
  double deepest_hz = 0.0;
  double deepest_db = 0.0;
  TimeRange deepest_when{};
};

// How far the loudness moves from one 3 s to the next.
struct LevelSteps {
  double median_lu = 0.0;
  double largest_lu = 0.0;
  double largest_at_s = 0.0;
};

struct LoudnessShare {
  double from_lufs = 0.0;  // to 1 LU above
  double share = 0.0;      // of the 3 s blocks above -70 LUFS
};

struct DynamicsResult {
  std::optional<double> plr_db;         // true peak - integrated loudness
  std::optional<double> psr_median_db;  // true peak in 3 s - short-term loudness, active blocks
  std::optional<double> psr_p5_db;
  std::optional<double> crest_db;             // sample peak / RMS, whole file
  std::vector<BandCrest> bands{};             // those of StereoResult::bands
  std::optional<double> onsets_per_second{};  // sudden rises of level, over the time that is not silent
  double onset_column_s = 0.0;
  std::vector<float> onset_series{};  // onsets a second in each column
  std::optional<LevelModulation> modulation{};
  std::optional<LevelSteps> level_steps{};
  std::vector<LoudnessShare> loudness_histogram{};  // lowest first
};

struct StereoBand {
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::optional<double> correlation;
  std::optional<double> mono_loss_db;
  std::optional<double> side_to_mid_db;
};

// Where the largest share of the level is lost in mono: one octave in one stretch of about 3 s.
struct MonoLossCell {
  double low_hz = 0.0;
  double high_hz = 0.0;
  double mono_loss_db = 0.0;
  TimeRange when{};
};

// Opposed channels: correlation below -0.8 over the whole spectrum, or below 120 Hz only. Shares are of the
// active stretches of about 3 s.
struct PolarityResult {
  bool whole_inverted = false;  // over the file
  bool lows_inverted = false;   // the lows over the file, while the rest is not
  double whole_share = 0.0;
  double lows_share = 0.0;
  std::vector<TimeRange> when{};  // either
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
  std::optional<MonoLossCell> worst_mono_loss{};
  std::optional<PolarityResult> polarity{};
  std::optional<double> low_side_to_mid_db{};  // below 120 Hz
  std::optional<double> low_wide_share{};      // of the active 3 s: side above mid - 8 dB there
  std::vector<TimeRange> low_wide_when{};
  BandsOverTime side_to_mid_over_time{};  // of `bands`
  // Side power over that of mid and side, of SpectrumResult::third_octaves_over_time; empty unless stereo.
  BandsOverTime side_share_over_time{};
};

struct ThirdOctave {
  double hz = 0.0;                    // nominal centre
  std::optional<double> level_db;     // relative to the mean of 200 Hz - 2 kHz
  std::optional<double> spread_db{};  // 95th - 10th percentile of its level over active blocks
};

struct ResonancePoint {
  double hz = 0.0;           // centre of a twelfth of an octave
  double excess_db = 0.0;    // R(f): over the octave around it
  double persistence = 0.0;  // share of the active seconds in which R(f) is 4 dB or more
};

struct Resonance {
  double hz = 0.0;
  double excess_db = 0.0;
  double width_octaves = 0.0;
  double persistence = 0.0;       // here, or a twelfth of an octave beside
  double drift_octaves = 0.0;     // 10th to 90th percentile of where it peaks within a third of an octave
  std::vector<TimeRange> when{};  // the first 100 stretches
};

struct LowestNote {
  double hz = 0.0;
  double level_dbfs = 0.0;  // at its loudest
  double at_s = 0.0;        // where it is loudest
  double seconds = 0.0;     // it sounds, altogether
};

// Bursts of 5 to 9 kHz that the middle does not share: esses, tees and what imitates them.
struct BurstResult {
  std::int64_t count = 0;
  std::optional<double> per_minute{};  // of the time with sound
  double column_s = 0.0;
  std::vector<float> series{};    // bursts that begin in each column; ends with the last burst
  std::vector<TimeRange> when{};  // the first 1,000
};

struct SpectrumResult {
  std::optional<double> slope_psd_db_per_octave;
  std::vector<ThirdOctave> third_octaves;
  // The two conventions: white noise reads 0 as a power density and +3.01 in third-octave levels, pink noise
  // -3.01 and 0. Over 100 Hz - 10 kHz; `mid` over 89 Hz - 4.5 kHz.
  std::optional<double> slope_third_octave_db_per_octave{};
  std::optional<double> mid_slope_psd_db_per_octave{};
  std::optional<double> mid_slope_third_octave_db_per_octave{};
  std::vector<ResonancePoint> resonance_map{};
  std::vector<Resonance> resonances{};  // strongest first
  std::optional<LowestNote> lowest_note{};
  BandsOverTime third_octaves_over_time{};  // dBFS
  BurstResult bursts{};
};

struct HumResult {
  bool present = false;
  std::optional<double> hz;          // of the mains, to about 0.02 Hz; the rest as well only where present
  std::optional<double> level_dbfs;  // RMS of all its lines together, of (L+R)/2
  int lines = 0;                     // the fundamental and harmonics that were found
  std::vector<TimeRange> when;       // to within about 4 s
};

struct LossyResult {
  bool suspected = false;
  std::optional<double> shelf_hz;  // where the spectrum breaks off, also where it is not suspected
  std::optional<double> drop_db;   // over the next 500 Hz, on average
  std::string codec;               // what usually cuts there; empty where none is suspected
  double confidence = 0.0;         // 0 to 1
  double share_of_frames = 0.0;    // of those with sound just below the shelf or above it
  std::vector<TimeRange> when;
};

struct ClickPlace {
  double at_s = 0.0;
  int channel = 0;
  double level_dbfs = 0.0;   // height above the line through its neighbours
  double strength_db = 0.0;  // above what the surroundings leave unexplained
};

struct EdgeResult {
  bool abrupt = false;
  double level_dbfs = 0.0;  // RMS of the first (last) millisecond of sound
  // RMS of the first (last) 20 ms around their own mean: what moves there, without an offset under it.
  double moving_dbfs = -HUGE_VAL;
};

struct SourceResult {
  std::optional<int> effective_bits;
  std::optional<double> bandwidth_hz;
  std::optional<double> dc_offset_dbfs;  // the larger channel's
  std::optional<double> head_silence_s;
  std::optional<double> tail_silence_s;
  // The step between the values that occur, re full scale, where it is coarser than 24 bits: 2^-15 for a
  // 16-bit source, times any gain since.
  std::optional<double> quantisation_step{};
  LossyResult lossy{};
  std::optional<double> upsampled_from_hz{};
  std::optional<double> dc_offset_max_dbfs{};  // the largest mean of any channel over 10 s
  std::vector<TimeRange> dc_when{};            // where that is above -50 dBFS
  HumResult hum{};
  std::optional<double> rumble_dbfs{};   // RMS of 5 to 23 Hz, of one channel on average
  std::optional<double> rumble_db{};     // against the whole programme
  std::vector<TimeRange> rumble_when{};  // where it is within 10 dB of the whole programme
  std::int64_t clicks = 0;
  std::vector<ClickPlace> click_places{};  // the first 1,000
  std::int64_t dropouts = 0;
  std::vector<TimeRange> dropout_when{};   // merged where closer than 10 ms; the first 1,000
  std::int64_t repeated_blocks = 0;        // buffers played again at once, however often
  std::vector<TimeRange> repeated_when{};  // where the copies are; the first 1,000
  std::optional<EdgeResult> start{};       // empty for silence
  std::optional<EdgeResult> end{};
  // Level of the quietest hundredth of the 400 ms blocks, digital silence left out.
  std::optional<double> noise_floor_dbfs{};
  // Share of the blocks with sound whose two channels are one, but for a constant gain; empty unless stereo.
  std::optional<double> dual_mono_share{};
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
