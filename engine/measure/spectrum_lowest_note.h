#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "measure/measurements.h"
#include "measure/spectrum_block.h"

namespace lacquer {

// The lowest note that is played: the lowest frequency from 25 to 300 Hz at which a tone, not a noise, sounds
// for 2 s or more altogether, no weaker than 25 dB under the whole signal. Rumble is broad and fails as a
// tone; a kick drum's tail is as wide as it is short, and fails too; mains hum is too weak unless it is part
// of the music.
//
// A tone in one block: a bin that stands 10 dB over the middle one of the 17 around it and has fallen by 12
// dB three bins (4 Hz) to either side, as only a note of 0.4 s or longer does. Tones are counted by quarter
// tone and level, because what is weak is known only at the end.
class LowestNoteMeter : public BlockListener {
 public:
  explicit LowestNoteMeter(int channels) : channels_(channels) {}
  void on_block(const SpectrumBlock& block) override;
  std::optional<LowestNote> result() const;

 private:
  static constexpr int kNotes = 88;    // quarter tones from 25 Hz up: to 317 Hz
  static constexpr int kLevels = 100;  // 1 dB each from -100 dBFS up
  struct Note {
    std::array<float, kLevels> seconds{};
    double weight = 0.0, weighted_hz = 0.0;  // powers
    double loudest_db = -1000.0, at_s = 0.0;
  };

  int channels_;
  std::array<Note, kNotes> notes_{};
  std::array<float, kNotes + 2> before_{};  // power of each tone in the last block, with a margin of one
  double power_ = 0.0;                      // of all blocks
  std::int64_t blocks_ = 0;
};

}  // namespace lacquer
