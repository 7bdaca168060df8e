#pragma once

#include <cstdint>
#include <vector>

#include "measure/measurements.h"
#include "measure/range_list.h"
#include "measure/source_cell.h"

namespace lacquer {

// Buffers played again: 64 to 4,096 frames that come once or up to eight times more directly after
// themselves, sample for sample on all channels, as a driver does that did not get the next ones in time.
//
// Frames whose bits fall into one sixteenth of a hash are landmarks, wherever a buffer is cut; two with the
// same few frames before them give the distance, and the samples decide. Music that repeats exactly stays
// out: a held or square wave repeats its values within the block, a note of a synthesiser or a drum played
// again begins where the first copy begins, while a buffer is cut out of the middle of a sound, and only its
// second copy joins badly; and its length is a whole number of blocks.
class RepeatMeter {
 public:
  static constexpr int kShortest = 64;
  static constexpr int kLongest = 4096;
  // How far before a cell its channels must be readable.
  static constexpr int kReach = kLongest + 1024;

  RepeatMeter(double sample_rate_hz, int cell_frames);
  // Cells in order.
  void add(const SourceCell& cell);

  std::int64_t count() const noexcept { return count_; }
  // The time that the copies take, the first one left out.
  const std::vector<TimeRange>& when() const noexcept { return when_.ranges(); }

 private:
  struct Landmark {
    std::uint32_t hash = 0;
    std::uint32_t frame = 0;  // modulo 2^32: a stale one fails when the samples are compared
  };
  void begin(const SourceCell& cell, int at, int lag);
  void end(std::int64_t to);

  double sample_rate_hz_;
  std::vector<Landmark> landmarks_;
  std::vector<std::uint16_t> places_;
  // What is being repeated now; lag_ is 0 when nothing is.
  int lag_ = 0;
  std::int64_t from_ = 0;
  bool cut_ = false;  // the first copy begins in the middle of a sound
  std::int64_t count_ = 0;
  RangeList when_{0.01};
};

}  // namespace lacquer
