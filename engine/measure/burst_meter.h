#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "measure/measurements.h"
#include "measure/range_list.h"
#include "measure/spectrum_frame.h"

namespace lacquer {

// Bursts of 5 to 9 kHz, as esses and tees make: frames of the shared FFT (0.17 s, a new one every 0.09 s) in
// which that band stands 9 dB or more over its median of the 6 s around, while 500 Hz to 2 kHz rises by less
// than 2 dB (a drum lifts both) and 12 to 16 kHz by no more than the band itself (cymbals and hats reach
// higher). Frames that follow each other are one burst. Frames more than 15 dB under the median loudness of
// those 6 s, or under -60 LUFS, count neither way.
class BurstMeter : public SpectrumListener {
 public:
  explicit BurstMeter(double sample_rate_hz) : sample_rate_hz_(sample_rate_hz) {}
  void on_frame(const SpectrumFrame& frame) override;
  void finish();  // the last seconds

  BurstResult result() const;

 private:
  struct Moment {
    double at_s = 0.0;
    float sibilance_db = 0.0F, middle_db = 0.0F, air_db = 0.0F, loudness_lufs = 0.0F;
  };
  static constexpr std::size_t kAround = 65;  // frames, 6 s
  static constexpr std::size_t kMostColumns = 1024;

  float median(float Moment::*value) const;
  void judge(std::size_t first, std::size_t end);
  void count(double at_s);

  double sample_rate_hz_;
  double hop_s_ = 0.0;
  std::vector<Moment> around_;  // the last kAround
  bool began_ = false;          // the first half of the first kAround is judged
  bool in_burst_ = false;
  std::int64_t active_ = 0, bursts_ = 0;
  double column_s_ = 1.0;
  std::vector<std::uint32_t> columns_;
  RangeList when_{0.2};
};

}  // namespace lacquer
