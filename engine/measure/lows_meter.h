#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "dsp/fft.h"
#include "measure/measurements.h"
#include "measure/range_list.h"
#include "measure/source_cell.h"

namespace lacquer {

// Everything slow: mains hum, rumble and DC. The stream is brought down to between 1 and 2 kHz, where frames
// of about six seconds tell the mains (50 or 60 Hz, and every harmonic at its exact multiple) from the notes
// beside it: the lowest G is 49.0 Hz.
//
// Hum is what stays: a line counts by its level in the quietest quarter of half a minute against that of its
// neighbours there (after Brandt & Bitzer, "Automatic Detection of Hum in Audio Signals", JAES 62(9), 2014).
// Music that repeats exactly has such lines too, at multiples of its tempo; but between the beats they are
// gone, which transforms of a third of a second show. Only several lines on exact multiples of one frequency
// make hum.
class LowsMeter {
 public:
  LowsMeter(double sample_rate_hz, int channels);
  void add(const SourceCell& cell);
  void finish();

  HumResult hum() const;
  // Mean power of 5 to 25 Hz over all frames, over all channels; against `programme_power` in rumble_db.
  std::optional<double> rumble_power() const;
  std::vector<TimeRange> rumble_when(double programme_power) const;
  // The largest mean of any channel over ten seconds, and where it stands clear of zero.
  std::optional<double> dc_max() const;
  const std::vector<TimeRange>& dc_when() const noexcept { return dc_when_.ranges(); }

 private:
  struct Channel {
    std::vector<float> mid;    // after the first decimation, with the second filter's history in front
    std::vector<float> frame;  // one transform's worth
    double dc_sum = 0.0;
  };
  struct Frame {
    std::vector<float> power;  // of each bin to kTopHz
  };
  struct Line {
    double over_db = 0.0;
    double power = 0.0;
    bool steady = false;
  };
  struct Comb {
    double hz = 0.0;
    double score = 0.0;
    int lines = 0;
    bool odd = false;  // the first or the third is among them
    double power = 0.0;
  };
  struct RumbleCell {
    double from_s = 0.0, to_s = 0.0, power = 0.0;
  };

  void analyse(int filled);
  void analyse_moments(int first, int end);
  void seek_hum(double from_s, double to_s);
  double lowest_moments(double hz) const;
  Line line(const std::vector<float>& floor, double hz) const;
  Comb best_comb(const std::vector<float>& floor, double mains_hz) const;

  double low_rate_hz_;
  int first_factor_, second_factor_;
  std::vector<float> first_taps_, second_taps_;
  std::vector<Channel> channels_;
  std::size_t filled_ = 0, dc_filled_ = 0;
  std::int64_t low_position_ = 0;  // of frame[0], at the low rate
  std::int64_t frames_analysed_ = 0;
  RealFft fft_, moment_fft_;
  std::vector<float> window_, moment_window_;
  double scale_ = 1.0, bin_hz_ = 1.0;
  std::vector<Frame> ring_;
  std::size_t ring_used_ = 0, ring_next_ = 0;
  std::vector<std::vector<float>> moments_;  // short transforms over the same stretch
  std::size_t moments_used_ = 0, moments_next_ = 0;
  int since_hum_ = 0;
  std::array<double, 2> hum_since_s_{-1.0, -1.0};
  std::array<RangeList, 2> hum_when_;
  std::array<double, 2> hum_hz_weighted_{}, hum_weight_{}, hum_power_{}, hum_seconds_{};
  std::array<int, 2> hum_lines_{};
  double rumble_sum_ = 0.0;
  std::vector<RumbleCell> rumble_;  // thinned in place: memory stays constant
  std::int64_t rumble_cell_frames_ = 1, rumble_pending_ = 0;
  double dc_max_ = 0.0;
  RangeList dc_when_{10.1};
};

}  // namespace lacquer
