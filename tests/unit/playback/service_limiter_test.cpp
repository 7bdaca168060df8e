#include "playback/service_limiter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/decibels.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

std::vector<float> limited(std::vector<float> signal, int block_frames = 4096) {
  AudioBuffer audio = test::on_channels(signal, 2);
  ServiceLimiter limiter({kRate, 2, 4096}, {});
  for (int at = 0; at < audio.frames(); at += block_frames)
    limiter.process(audio.block().slice(at, std::min(block_frames, audio.frames() - at)));
  const auto out = audio.channel(0);
  return {out.begin(), out.end()};
}

TEST(ServiceLimiter, no_sample_passes_the_threshold) {
  const std::vector<float> noise = test::white_noise(kRate, 9.0, 2.0, test::test_seed(3));
  const double threshold = db_to_gain(-1.0);
  for (const float sample : limited(noise)) ASSERT_LE(std::abs(sample), threshold * 1.00001);
}

TEST(ServiceLimiter, what_stays_below_the_threshold_is_only_late) {
  const std::vector<float> sine = test::sine(kRate, 997.0, -2.0, 0.5);
  const std::vector<float> out = limited(sine);
  const int latency = ServiceLimiter({kRate, 2, 4096}, {}).latency_frames();
  EXPECT_EQ(latency, std::lround(0.005 * kRate));
  for (std::size_t i = 0; i + static_cast<std::size_t>(latency) < sine.size(); ++i)
    ASSERT_EQ(out[i + static_cast<std::size_t>(latency)], sine[i]) << i;
}

TEST(ServiceLimiter, lets_go_by_its_decay) {
  // 6 dB over for a while, then 20 dB down: after 100 ms 1/e of the attenuation is left.
  std::vector<float> signal = test::sine(kRate, 997.0, 5.0, 1.0);
  test::append(signal, test::sine(kRate, 997.0, -20.0, 1.0));
  const std::vector<float> out = limited(signal);
  const int latency = ServiceLimiter({kRate, 2, 4096}, {}).latency_frames();
  const auto peak_db = [&](double from_s) {
    const auto first = static_cast<std::size_t>(from_s * kRate) + static_cast<std::size_t>(latency);
    float highest = 0.0F;
    for (std::size_t i = first; i < first + 50; ++i) highest = std::max(highest, std::abs(out[i]));
    return *gain_to_db(highest);
  };
  // The window of the attack holds and averages 5 ms each, so the fall begins up to 10 ms late.
  EXPECT_NEAR(peak_db(1.105), -20.0 - 6.0 / std::exp(1.0), 0.35);
  EXPECT_NEAR(peak_db(1.9), -20.0, 0.05);
}

TEST(ServiceLimiter, does_not_depend_on_the_blocks) {
  const std::vector<float> noise = test::white_noise(kRate, 6.0, 0.3, test::test_seed(4));
  EXPECT_EQ(limited(noise), limited(noise, 61));
}

}  // namespace
}  // namespace lacquer
