#include "audio_io/channel_layout.h"

#include "audio_io/libav.h"

namespace lacquer {
namespace {

AVChannelLayout layout_of(std::uint64_t mask, int channels) {
  AVChannelLayout layout = {};
  if (mask == 0 || av_channel_layout_from_mask(&layout, mask) < 0 || layout.nb_channels != channels) {
    av_channel_layout_uninit(&layout);
    av_channel_layout_default(&layout, channels);
  }
  return layout;
}

}  // namespace

std::string layout_name(std::uint64_t mask, int channels) {
  AVChannelLayout layout = layout_of(mask, channels);
  char name[128] = {};
  av_channel_layout_describe(&layout, name, sizeof name);
  av_channel_layout_uninit(&layout);
  return name;
}

// ITU-R BS.1770-5 annex 3, table 4: +1.5 dB for loudspeakers 60 to 120 degrees to the side. The rear pair of
// a 5.1 stands there; in 7.1 the side pair does and the rear pair does not.
std::vector<ChannelRole> layout_roles(std::uint64_t mask, int channels) {
  AVChannelLayout layout = layout_of(mask, channels);
  const bool has_sides = av_channel_layout_index_from_channel(&layout, AV_CHAN_SIDE_LEFT) >= 0;
  std::vector<ChannelRole> roles;
  for (int c = 0; c < channels; ++c) {
    const AVChannel channel = av_channel_layout_channel_from_index(&layout, static_cast<unsigned>(c));
    const bool side = channel == AV_CHAN_SIDE_LEFT || channel == AV_CHAN_SIDE_RIGHT;
    const bool back = channel == AV_CHAN_BACK_LEFT || channel == AV_CHAN_BACK_RIGHT;
    if (channel == AV_CHAN_LOW_FREQUENCY || channel == AV_CHAN_LOW_FREQUENCY_2)
      roles.push_back(ChannelRole::lfe);
    else
      roles.push_back(side || (back && !has_sides) ? ChannelRole::surround : ChannelRole::main);
  }
  av_channel_layout_uninit(&layout);
  return roles;
}

}  // namespace lacquer
