#pragma once

#include <memory>

#include "core/audio_stream.h"

namespace lacquer {

// `source` at another sample rate, by libsoxr at its very high quality (linear phase, delay taken out). Gives
// exactly round(frames * out / in) frames and the same samples however it is read. `source` must outlive the
// result and be at its start. Throws Error for a rate outside 8,000 to 384,000 Hz.
std::unique_ptr<AudioSource> resample(AudioSource& source, double sample_rate_hz);

}  // namespace lacquer
