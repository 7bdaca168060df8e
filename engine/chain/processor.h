#pragma once

#include <concepts>
#include <type_traits>

#include "core/audio_block.h"
#include "core/stream_format.h"

namespace lacquer {

// What every processor of the chain is. prepare() may allocate and throw and leaves the processor reset;
// everything else is noexcept, allocates nothing and takes no lock. Parameters are a plain aggregate, clamped
// by set_params, where what is not a number counts as 0; a change is smoothed by shared code. Samples that
// are no audio (NaN, infinite, more than 120 dB above full scale) become silence, and nothing but numbers
// leaves. Any way of cutting a stream into blocks gives the same output, reset() equals a fresh prepare()
// with the parameters kept, and latency_frames() is what an impulse shows. tests/contract holds every
// processor to this. One thread at a time.
template <class P>
concept Processor = std::is_aggregate_v<typename P::Params> &&
    std::is_trivially_copyable_v<typename P::Params> &&
    requires(P p, const P& seen, const StreamFormat& format, const typename P::Params& params,
             AudioBlock block) {
  p.prepare(format);
  { p.set_params(params) }
  noexcept;
  { p.process(block) }
  noexcept;
  { p.reset() }
  noexcept;
  { seen.latency_frames() }
  noexcept->std::same_as<int>;
};

}  // namespace lacquer
