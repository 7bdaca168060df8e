#include "measure/repeat_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

// The `frames` before `at` once more in the place of what follows, `copies` times.
void play_again(std::span<float> x, std::size_t at, std::size_t frames, int copies) {
  for (int k = 0; k < copies; ++k)
    std::copy_n(x.begin() + static_cast<std::ptrdiff_t>(at - frames), frames,
                x.begin() + static_cast<std::ptrdiff_t>(at + frames * static_cast<std::size_t>(k)));
}

TEST(RepeatMeter, FindsBuffersPlayedAgainOfEveryLength) {
  for (const std::size_t frames : {64U, 100U, 256U, 441U, 1024U, 4096U})
    for (const int copies : {1, 3}) {
      auto audio = test::stereo(test::tune(kRate, 20.0, 31), test::tune(kRate, 20.0, 32));
      const std::vector<double> places = {3.07, 9.11, 15.13};
      for (const double at : places)
        for (int c = 0; c < 2; ++c) play_again(audio.channel(c), frame(at), frames, copies);
      const SourceResult source = source_of(audio);
      ASSERT_EQ(source.repeated_blocks, 3) << frames << " frames, " << copies << " copies";
      for (std::size_t i = 0; i < places.size(); ++i) {
        // A frame or two at either end may be equal by chance.
        EXPECT_NEAR(source.repeated_when[i].from_s, places[i], 3.0 / kRate);
        EXPECT_NEAR(source.repeated_when[i].to_s, places[i] + static_cast<double>(frames) * copies / kRate,
                    4.0 / kRate);
      }
      EXPECT_EQ(source.dropouts, 0);
    }
}

TEST(RepeatMeter, AsksForAllChannelsAndForEverySample) {
  const auto left = test::tune(kRate, 6.0, 33), right = test::tune(kRate, 6.0, 34);
  auto audio = test::stereo(left, right);
  play_again(audio.channel(0), frame(3.0), 512, 1);
  EXPECT_EQ(source_of(audio).repeated_blocks, 0) << "one channel only";
  audio = test::stereo(left, right);
  for (int c = 0; c < 2; ++c) play_again(audio.channel(c), frame(3.0), 512, 1);
  audio.channel(1)[frame(3.0) + 200] += 1e-6F;
  EXPECT_EQ(source_of(audio).repeated_blocks, 0) << "one sample differs";
}

// A sampler, a loop and a synthesiser repeat exactly too.
TEST(RepeatMeter, LeavesMusicThatRepeatsAlone) {
  const auto bar = test::tune(kRate, 0.5, 35);
  std::vector<float> loop;
  for (int n = 0; n < 20; ++n) test::append(loop, bar);
  EXPECT_EQ(source_of(loop).repeated_blocks, 0) << "a loop";

  // Notes of two, three or many whole periods of 100 to 400 frames, one after another, each from another
  // phase; pulses; a short loop of noise, held for 200 ms.
  std::vector<float> sines(frame(20.0)), pulses(sines.size()), buzz(sines.size());
  NoiseGenerator noise(36);
  std::vector<float> table(372);
  for (float& x : table) x = static_cast<float>(0.3 * noise.white());
  for (std::size_t start = 0, n = 0; start < sines.size(); ++n) {
    const std::size_t period = 100 + 50 * (n % 7);
    const std::size_t end = std::min(sines.size(), start + period * (2 + n % 9));
    for (std::size_t i = 0; start < end; ++i, ++start) {
      const auto phase = static_cast<double>(i % period) / static_cast<double>(period);
      sines[start] = static_cast<float>(
          0.3 * std::cos(2.0 * std::numbers::pi * (phase + 0.13 * static_cast<double>(n))));
      pulses[start] = phase < 0.25 ? 0.3F : -0.3F;
    }
  }
  for (std::size_t i = 0; i < buzz.size(); ++i)
    if ((i / 8820) % 2 == 1) buzz[i] = table[i % table.size()];
  EXPECT_EQ(source_of(sines).repeated_blocks, 0);
  EXPECT_EQ(source_of(pulses).repeated_blocks, 0);
  EXPECT_EQ(source_of(buzz).repeated_blocks, 0);

  // A roll: the same stroke every 30 ms, each cut off by the next.
  std::vector<float> roll(frame(4.0));
  const std::size_t gap = frame(0.03);
  for (std::size_t stroke = 0; stroke < 4; ++stroke)
    for (std::size_t i = 0; i < gap; ++i) {
      const double t = static_cast<double>(i) / kRate;
      roll[frame(1.0) + stroke * gap + i] =
          static_cast<float>(0.5 * std::exp(-t / 0.01) * std::sin(2.0 * std::numbers::pi * 180.37 * t));
    }
  EXPECT_EQ(source_of(roll).repeated_blocks, 0);
}

TEST(RepeatMeter, HasNothingToSayOfSilenceAndDc) {
  EXPECT_EQ(source_of(test::silence(kRate, 3.0)).repeated_blocks, 0);
  EXPECT_EQ(source_of(std::vector<float>(frame(3.0), 0.25F)).repeated_blocks, 0);
}

}  // namespace
}  // namespace lacquer
