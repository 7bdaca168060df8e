#include "measure/click_meter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

TEST(ClickMeter, FindsClicksAndTheirPlaces) {
  for (const double rate : {44100.0, 96000.0})
    for (const float height : {0.5F, 0.2F})
      for (const int width : {1, 3}) {
        if (width > 1 && height < 0.5F) continue;
        auto signal = test::tune(rate, 20.0, 12);
        const std::vector<double> places = {2.11, 6.205, 11.57, 17.83};
        for (const double at : places)
          for (int k = 0; k < width; ++k) signal[frame(at, rate) + static_cast<std::size_t>(k)] += height;
        const SourceResult source = source_of(signal, rate);
        ASSERT_EQ(source.clicks, 4) << rate << " " << height << " " << width;
        for (std::size_t i = 0; i < places.size(); ++i)
          EXPECT_NEAR(source.click_places[i].at_s, places[i], 1e-4);
      }
}

TEST(ClickMeter, CountsOneClickForBothChannels) {
  auto signal = test::tune(kRate, 5.0, 13);
  signal[frame(2.6)] += 0.4F;
  EXPECT_EQ(source_of(test::on_channels(signal, 2)).clicks, 1);
}

TEST(ClickMeter, DoesNotTakeAttacksOrCornersForClicks) {
  std::vector<float> square(frame(10.0)), drums(square.size());
  NoiseGenerator noise(14);
  for (std::size_t i = 0; i < square.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    square[i] = std::fmod(t * 110.0, 1.0) < 0.5 ? 0.3F : -0.3F;
    // A snare and hats that start at full level.
    const double beat = std::fmod(t, 0.5), eighth = std::fmod(t, 0.25);
    drums[i] = static_cast<float>(0.5 * noise.white() * std::exp(-beat / 0.05) +
                                  0.2 * noise.white() * std::exp(-eighth / 0.01));
  }
  EXPECT_EQ(source_of(square).clicks, 0);
  EXPECT_EQ(source_of(drums).clicks, 0);
}

// A splice jumps to another level and goes on from there; a sound that begins with a jolt of a few samples
// rings on behind it.
TEST(ClickMeter, DoesNotTakeSplicesOrJoltsForClicks) {
  const auto whole = test::tune(kRate, 40.0, 37);
  std::vector<float> spliced;
  NoiseGenerator noise(38);
  while (spliced.size() < frame(30.0)) {
    const auto from = static_cast<std::ptrdiff_t>(frame(38.0 * noise.uniform()));
    spliced.insert(spliced.end(), whole.begin() + from, whole.begin() + from + 9000);
  }
  EXPECT_EQ(source_of(spliced).clicks, 0);
  auto jolted = whole;
  for (std::size_t start = frame(1.0); start + 400 < jolted.size(); start += 30011)
    for (std::size_t i = 0; i < 400; ++i)
      jolted[start + i] += static_cast<float>(0.25 * std::exp(-static_cast<double>(i) / 6.0) *
                                              std::cos(0.4 * static_cast<double>(i)));
  EXPECT_EQ(source_of(jolted).clicks, 0);
}

// Pulses of several widths, a stepped triangle and held noise, as old games play them: all corners, no bends.
TEST(ClickMeter, DoesNotTakeChipMusicForClicks) {
  std::vector<float> chip(frame(20.0));
  NoiseGenerator noise(39);
  double one = 0.0, other = 0.0, low = 0.0;
  float held = 0.0F;
  for (std::size_t i = 0; i < chip.size(); ++i) {
    const std::size_t tick = i / 735;
    one += 440.0 * std::exp2(static_cast<double>((tick / 8 * 5) % 12) / 12.0) / kRate;
    other += 220.0 * std::exp2(static_cast<double>((tick / 2 * 4) % 16) / 12.0) / kRate;
    low += 55.0 * std::exp2(static_cast<double>((tick / 16 * 7) % 12) / 12.0) / kRate;
    if (i % 13 == 0) held = noise.white() < 0 ? -0.2F : 0.2F;
    const auto fade = static_cast<float>(15 - std::min<std::size_t>(15, tick % 16)) / 15.0F;
    chip[i] = (std::fmod(one, 1.0) < 0.125 ? 0.2F : -0.2F) * fade +
              (std::fmod(other, 1.0) < 0.5 ? 0.2F : -0.2F) +
              static_cast<float>(std::floor(std::abs(2.0 * std::fmod(low, 1.0) - 1.0) * 15.0) / 40.0 - 0.2) +
              (tick % 8 < 2 ? held : 0.0F);
  }
  const SourceResult source = source_of(chip);
  EXPECT_EQ(source.clicks, 0);
  EXPECT_EQ(source.dropouts, 0);
  EXPECT_EQ(source.repeated_blocks, 0);
}

}  // namespace
}  // namespace lacquer
