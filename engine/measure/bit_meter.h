#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "measure/source_cell.h"

namespace lacquer {

// How many bits the samples really use.
//
// Unused low bits show in the OR of all samples. A source of few bits whose gain was changed afterwards fills
// every bit, yet its samples still stand on a lattice of equal steps: the small values that occur, put in
// order, leave gaps that random 24-bit values would fill. Dither of up to 2 LSB added after the gain is seen
// through.
class BitMeter {
 public:
  BitMeter();
  void add(const SourceCell& cell);
  void finish();

  // 1 to 24; empty for silence and for floating-point samples that keep to no lattice.
  std::optional<int> effective_bits() const;
  // The step of the lattice against full scale, where there is one coarser than 24 bits.
  std::optional<double> step() const;

 private:
  void evaluate();

  std::uint32_t used_ = 0;
  bool on_grid_ = true;
  std::int64_t cells_ = 0;
  std::vector<std::uint64_t> seen_;  // one bit for each small value
  std::int64_t recorded_ = 0;
  std::int64_t chunks_ = 0, lattice_chunks_ = 0;
  double finest_step_ = 0.0, coarsest_step_ = 0.0;  // of the chunks with a lattice, in 24-bit steps
};

}  // namespace lacquer
