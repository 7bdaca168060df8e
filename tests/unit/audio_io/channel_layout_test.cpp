#include "audio_io/channel_layout.h"

#include <gtest/gtest.h>

#include <bit>

#include "audio_io/libav.h"

namespace lacquer {
namespace {

std::string libav_name(const AVChannelLayout& layout) {
  char name[128] = {};
  ::av_channel_layout_describe(&layout, name, sizeof name);
  return name;
}

TEST(ChannelLayout, NamesEveryMaskOfAWavHeaderAsFfmpegDoes) {
  int named = 0;
  for (std::uint64_t mask = 1; mask < 0x800; ++mask) {
    const int channels = std::popcount(mask);
    AVChannelLayout layout = {};
    ASSERT_EQ(::av_channel_layout_from_mask(&layout, mask), 0);
    const std::string expected = libav_name(layout);
    const bool has_name = expected.find("channels") == std::string::npos && expected != "octagonal";
    named += has_name;
    EXPECT_EQ(layout_name(mask, channels), has_name ? expected : std::to_string(channels) + " channels");
  }
  EXPECT_EQ(named, 25);
}

TEST(ChannelLayout, TakesTheUsualMeaningWhenTheFileDoesNotSay) {
  for (int channels = 1; channels <= 8; ++channels) {
    AVChannelLayout layout = {};
    ::av_channel_layout_default(&layout, channels);
    EXPECT_EQ(layout_name(0, channels), libav_name(layout));
    EXPECT_EQ(layout_name(0xFFFF, channels), libav_name(layout)) << "a mask of too many channels";
    EXPECT_EQ(layout_roles(0, channels), layout_roles(layout.u.mask, channels));
  }
  EXPECT_EQ(layout_name(0, 12), "12 channels");
  EXPECT_EQ(layout_roles(0, 12), std::vector<ChannelRole>(12, ChannelRole::main));
}

TEST(ChannelLayout, WeighsTheSidesOrTheBackWhereThereAreNoSides) {
  using enum ChannelRole;
  EXPECT_EQ(layout_roles(0x3F, 6), (std::vector{main, main, main, lfe, surround, surround}));
  EXPECT_EQ(layout_roles(0x60F, 6), (std::vector{main, main, main, lfe, surround, surround}));
  EXPECT_EQ(layout_roles(0x63F, 8), (std::vector{main, main, main, lfe, main, main, surround, surround}));
}

}  // namespace
}  // namespace lacquer
