#include "audio_io/channel_layout.h"

#include <algorithm>
#include <array>
#include <bit>

namespace lacquer {
namespace {

// Bits of WAVEFORMATEXTENSIBLE's dwChannelMask, and FFmpeg's for a second LFE.
constexpr std::uint64_t kLfe = 0x8;
constexpr std::uint64_t kBack = 0x30;
constexpr std::uint64_t kSide = 0x600;
constexpr std::uint64_t kSecondLfe = std::uint64_t{1} << 35U;

struct Layout {
  std::uint64_t mask;
  const char* name;
};
// FFmpeg's names (ffmpeg -layouts). The first of each number of channels is what that many mean when a file
// does not say.
constexpr std::array<Layout, 25> kLayouts = {{
    {0x4, "mono"},
    {0x3, "stereo"},
    {0xB, "2.1"},
    {0x7, "3.0"},
    {0x103, "3.0(back)"},
    {0x107, "4.0"},
    {0x33, "quad"},
    {0x603, "quad(side)"},
    {0xF, "3.1"},
    {0x37, "5.0"},
    {0x607, "5.0(side)"},
    {0x10F, "4.1"},
    {0x3F, "5.1"},
    {0x60F, "5.1(side)"},
    {0x707, "6.0"},
    {0x6C3, "6.0(front)"},
    {0x137, "hexagonal"},
    {0x70F, "6.1"},
    {0x13F, "6.1(back)"},
    {0x6CB, "6.1(front)"},
    {0x637, "7.0"},
    {0x6C7, "7.0(front)"},
    {0x63F, "7.1"},
    {0xFF, "7.1(wide)"},
    {0x6CF, "7.1(wide-side)"},
}};

// 0 where so many channels have no usual meaning.
std::uint64_t known_mask(std::uint64_t mask, int channels) {
  if (std::popcount(mask) == channels) return mask;
  const auto* usual = std::find_if(kLayouts.begin(), kLayouts.end(), [&](const Layout& layout) {
    return std::popcount(layout.mask) == channels;
  });
  return usual == kLayouts.end() ? 0 : usual->mask;
}

}  // namespace

std::string layout_name(std::uint64_t mask, int channels) {
  mask = known_mask(mask, channels);
  for (const Layout& layout : kLayouts)
    if (layout.mask == mask) return layout.name;
  return std::to_string(channels) + " channels";
}

// ITU-R BS.1770-5 annex 3, table 4: +1.5 dB for loudspeakers 60 to 120 degrees to the side. The rear pair of
// a 5.1 stands there; in 7.1 the side pair does and the rear pair does not.
std::vector<ChannelRole> layout_roles(std::uint64_t mask, int channels) {
  std::vector<ChannelRole> roles;
  mask = known_mask(mask, channels);
  const std::uint64_t surround = (mask & kSide) != 0 ? kSide : kBack;
  for (; mask != 0; mask &= mask - 1) {
    const std::uint64_t channel = mask & (~mask + 1);
    if ((channel & (kLfe | kSecondLfe)) != 0)
      roles.push_back(ChannelRole::lfe);
    else
      roles.push_back((channel & surround) != 0 ? ChannelRole::surround : ChannelRole::main);
  }
  roles.resize(static_cast<std::size_t>(channels), ChannelRole::main);
  return roles;
}

}  // namespace lacquer
