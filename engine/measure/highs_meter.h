#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/measurements.h"
#include "measure/range_list.h"
#include "measure/spectrum_frame.h"

namespace lacquer {

// Where the spectrum ends and how: listens to the shared FFT, in bands of about 100 Hz.
//
// A lossy coder leaves a cliff: within 300 Hz the level falls by 18 dB or more and nothing above comes back,
// at the same frequency in every frame that has sound there. Quiet or missing highs say nothing either way; a
// frame that goes on above the cliff speaks against it. Filters of 12 to 48 dB an octave fall by less than 3
// dB in that space. Cliffs close to the Nyquist frequency belong to converters.
class HighsMeter : public SpectrumListener {
 public:
  explicit HighsMeter(double sample_rate_hz);
  void on_frame(const SpectrumFrame& frame) override;

  LossyResult lossy() const;
  std::optional<double> bandwidth_hz() const;
  std::optional<double> upsampled_from_hz() const;

 private:
  struct Band {
    double power = 0.0;             // sum over frames
    double drop_db = 0.0;           // sum over the steep frames
    std::int64_t steep = 0;         // frames that end here in a cliff
    std::int64_t contradicted = 0;  // frames with sound here that goes on above
  };
  std::vector<double> mean_levels() const;
  std::optional<std::size_t> shelf_band() const;
  std::int64_t steep_near(std::size_t band) const;
  bool cliff_near(double hz) const;
  double band_of(double hz) const { return hz / band_hz_; }

  double sample_rate_hz_;
  double band_hz_ = 0.0;
  int bins_per_band_ = 0;
  std::vector<Band> bands_;
  std::vector<float> level_, above_, below_;
  std::vector<RangeList> when_;  // one for each 500 Hz
  std::int64_t frames_ = 0;
};

}  // namespace lacquer
