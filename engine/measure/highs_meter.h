#pragma once

#include <array>
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
//
// A converter from a lower rate leaves one of two things. If its filter is wide, images: above half the old
// rate the spectrum is the mirror image of what lies below it, bin by bin, which no other thing does; the
// levels of mirrored bins, freed of their trend, then correlate. If its filter is steep, a cliff that ends at
// half the old rate, and nothing at all above it: a coder's decoder leaves a residue there.
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
    double lead_db = 0.0;           // fall over the 500 Hz before, likewise
    double rest = 0.0;              // power that the loudest band above the cliff has, likewise
    std::int64_t steep = 0;         // frames that end here in a cliff
    std::int64_t contradicted = 0;  // frames with sound here that goes on above
  };
  // Of the bins above half an old rate with their mirror images, in stretches away from it.
  struct Mirror {
    double below = 0.0, above = 0.0, both = 0.0;  // sums of squares and of products, dB^2
    double fall_db = 0.0;                         // sum over frames
    std::int64_t frames = 0;
  };
  static constexpr std::size_t kOldRates = 8;
  static constexpr std::size_t kStretches = 6;

  void compare_mirrored(const SpectrumFrame& frame);
  std::optional<double> mirrored_rate_hz() const;
  std::optional<double> steep_rate_hz() const;
  std::vector<double> mean_levels() const;
  std::optional<std::size_t> shelf_band() const;
  std::int64_t steep_near(std::size_t band) const;
  double band_of(double hz) const { return hz / band_hz_; }

  double sample_rate_hz_;
  double band_hz_ = 0.0;
  int bins_per_band_ = 0;
  std::vector<Band> bands_;
  std::vector<float> level_, above_;
  std::vector<std::uint8_t> goes_on_;
  std::array<std::array<Mirror, kStretches>, kOldRates> mirrors_{};
  std::vector<RangeList> when_;  // one for each 500 Hz
  std::int64_t frames_ = 0;
};

}  // namespace lacquer
