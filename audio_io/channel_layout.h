#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audio_io/open.h"

namespace lacquer {

// Channels as the bits of a WAV channel mask, which FFmpeg's layouts share. 0: not known; then the usual
// meaning of that many channels in a WAV file.
std::string layout_name(std::uint64_t mask, int channels);
std::vector<ChannelRole> layout_roles(std::uint64_t mask, int channels);

}  // namespace lacquer
