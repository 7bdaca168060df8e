#pragma once

#include <array>

#include "chain/match_curve.h"
#include "core/stream_format.h"
#include "dsp/analogue.h"
#include "dsp/biquad.h"

namespace lacquer {

struct EqualiserParams;
enum class BandChannels;

// What an Equaliser's parameters mean: a list of analogue sections. The minimum-phase filters are matched to
// it, the linear-phase filter is drawn from it, and so is the curve in a report. Parameters out of their
// range are brought to its end here and nowhere else.
class EqualiserCurve {
 public:
  EqualiserCurve() = default;
  explicit EqualiserCurve(const EqualiserParams& params) noexcept;

  bool flat() const noexcept { return count_ == 0; }
  // Linear gain of the prototype, for what the channels share (kMid) or differ in (kSide); kStereo is what
  // acts on both.
  double gain(double hz, BandChannels channels) const noexcept;
  // The filters: of two channels mid in the first lane and side in the second, else mid in both.
  Cascade filters(const StreamFormat& format) const noexcept;

 private:
  struct Part {
    AnalogueSection section;
    BandChannels channels{};
    bool far_below = false;  // corners so low that the bilinear transform is exact enough, and keeps 0 Hz out
  };
  void add(const Part& part) noexcept;
  void add_high_pass(double hz, int order) noexcept;
  void add_tilt(double hz, double db_per_octave, BandChannels channels) noexcept;
  void add_match(const MatchCurve& match) noexcept;

  // Where a part for mid is followed by one for side, the two are one section of the filters.
  static constexpr std::size_t kMostParts = Cascade::kMaxSections + kMatchPoints;
  std::array<Part, kMostParts> parts_{};
  std::size_t count_ = 0;
  std::array<double, 3> level_{1.0, 1.0, 1.0};  // what tilts need to turn about their frequency
};

}  // namespace lacquer
