#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "dsp/fft.h"
#include "measure/hum_meter.h"
#include "measure/measurements.h"
#include "measure/range_list.h"
#include "measure/source_cell.h"

namespace lacquer {

// Everything slow: mains hum, rumble and DC. The stream is brought down to between 1.25 and 2.5 kHz for them.
class LowsMeter {
 public:
  LowsMeter(double sample_rate_hz, int channels);
  void add(const SourceCell& cell);
  void finish();

  HumResult hum() const { return hum_.result(); }
  // Mean power of 5 to 23 Hz over all frames, over all channels; against `programme_power` in rumble_db.
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
  struct RumbleCell {
    double from_s = 0.0, to_s = 0.0, power = 0.0;
  };

  void analyse(int filled);
  void note_rumble(double power, double from_s, double to_s);
  void note_dc();

  double low_rate_hz_;
  int first_factor_, second_factor_;
  std::vector<float> first_taps_, second_taps_;
  std::vector<Channel> channels_;
  std::size_t filled_ = 0, dc_filled_ = 0;
  std::int64_t low_position_ = 0;  // of frame[0], at the low rate
  std::int64_t frames_analysed_ = 0;
  RealFft fft_;
  std::vector<float> window_;
  double scale_ = 1.0, bin_hz_ = 1.0;
  HumMeter hum_;
  std::vector<float> middle_;  // (L+R)/2 of a cell, for hum
  double rumble_sum_ = 0.0;
  std::vector<RumbleCell> rumble_;  // thinned in place: memory stays constant
  std::int64_t rumble_cell_frames_ = 1, rumble_pending_ = 0;
  double dc_max_ = 0.0;
  RangeList dc_when_{10.1};
};

}  // namespace lacquer
