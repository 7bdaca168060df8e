// What every processor of the chain promises (engine/chain/processor.h), held against each of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "chain/gain_stage.h"
#include "chain/limiter.h"
#include "chain/multiband_compressor.h"
#include "core/noise.h"
#include "support/allocation_trap.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRates[] = {44100.0, 48000.0, 88200.0, 96000.0, 192000.0};

// Parameters that make each processor work, and a sweep of them.
GainStageParams working(const GainStage&, double position) {
  return {static_cast<float>(-12.0 + 24.0 * position)};
}
LimiterParams working(const Limiter&, double position) {
  return {static_cast<float>(12.0 * position), static_cast<float>(-1.0 - 5.0 * position),
          static_cast<float>(20.0 + 300.0 * position)};
}

MultibandCompressorParams working(const MultibandCompressor&, double position) {
  MultibandCompressorParams params;
  params.crossover_hz = {100.0F, static_cast<float>(1000.0 + 1000.0 * position), 7000.0F, 0.0F};
  params.look_ahead_ms = static_cast<float>(10.0 * position);
  for (CompressorBandParams& band : params.bands) {
    band.threshold_dbfs = -30.0F;
    band.ratio = static_cast<float>(1.0 + 3.0 * position);
    band.makeup_db = static_cast<float>(2.0 * position);
  }
  params.bands[1].channels = CompressorBandParams::Channels::kMid;
  params.bands[2].channels = CompressorBandParams::Channels::kSide;
  params.bands[3].link_pct = 30.0F;
  return params;
}

template <Processor P>
class ProcessorContract : public ::testing::Test {
 protected:
  static P prepared(double rate, double position = 0.5, int max_block = 1024) {
    P processor;
    processor.prepare({rate, 2, max_block});
    processor.set_params(working(processor, position));
    return processor;
  }
  static AudioBuffer music_like(double rate, double seconds) {
    auto left = test::sine(rate, 110, -4.0, seconds);
    const auto noise = test::white_noise(rate, -12.0, seconds, 3);
    auto right = test::sine(rate, 5000, -9.0, seconds);
    for (std::size_t i = 0; i < left.size(); ++i) {
      left[i] += noise[i] * ((i / 5000) % 3 == 0 ? 1.0F : 0.1F);
      right[i] += noise[left.size() - 1 - i];
    }
    return test::stereo(left, right);
  }
  static void run(P& processor, AudioBuffer& audio, const std::vector<int>& blocks) {
    int at = 0;
    for (const int frames : blocks) {
      processor.process(audio.block().slice(at, frames));
      at += frames;
    }
  }
  static std::vector<int> even_blocks(int frames, int block) {
    std::vector<int> blocks;
    for (int at = 0; at < frames; at += block) blocks.push_back(std::min(block, frames - at));
    return blocks;
  }
  static void expect_same(const AudioBuffer& a, const AudioBuffer& b) {
    for (int c = 0; c < a.channels(); ++c)
      for (int i = 0; i < a.frames(); ++i)
        ASSERT_EQ(a.channel(c)[static_cast<std::size_t>(i)], b.channel(c)[static_cast<std::size_t>(i)])
            << c << " " << i;
  }
};

using Processors = ::testing::Types<GainStage, Limiter, MultibandCompressor>;
TYPED_TEST_SUITE(ProcessorContract, Processors);

TYPED_TEST(ProcessorContract, AnyWayOfCuttingTheStreamGivesTheSameOutput) {
  for (const double rate : kRates) {
    const AudioBuffer source = TestFixture::music_like(rate, 0.5);
    AudioBuffer one = source;
    AudioBuffer other = source;
    auto a = TestFixture::prepared(rate);
    auto b = TestFixture::prepared(rate);
    TestFixture::run(a, one, TestFixture::even_blocks(one.frames(), 1024));
    TestFixture::run(b, other, test::random_blocks(other.frames(), 700, test::test_seed(21)));
    TestFixture::expect_same(one, other);
  }
}

TYPED_TEST(ProcessorContract, ResetEqualsFresh) {
  const AudioBuffer source = TestFixture::music_like(48000, 0.3);
  auto used = TestFixture::prepared(48000);
  AudioBuffer first = source;
  TestFixture::run(used, first, TestFixture::even_blocks(first.frames(), 512));
  used.reset();
  AudioBuffer again = source;
  TestFixture::run(used, again, TestFixture::even_blocks(again.frames(), 512));
  TestFixture::expect_same(first, again);
}

TYPED_TEST(ProcessorContract, SilenceStaysSilent) {
  auto processor = TestFixture::prepared(44100);
  AudioBuffer audio(2, 20000);
  TestFixture::run(processor, audio, TestFixture::even_blocks(audio.frames(), 1000));
  for (int c = 0; c < 2; ++c)
    for (const float sample : audio.channel(c)) ASSERT_EQ(sample, 0.0F);
}

TYPED_TEST(ProcessorContract, LatencyIsWhatAnImpulseShows) {
  for (const double rate : kRates) {
    auto processor = TestFixture::prepared(rate, 0.0);
    AudioBuffer audio(2, 30000);
    audio.channel(0)[1000] = 0.01F;
    TestFixture::run(processor, audio, TestFixture::even_blocks(audio.frames(), 1024));
    const auto out = audio.channel(0);
    const auto peak =
        std::max_element(out.begin(), out.end(), [](float a, float b) { return std::abs(a) < std::abs(b); });
    EXPECT_GT(*peak, 0.0F);
    EXPECT_EQ(peak - out.begin() - 1000, processor.latency_frames()) << rate;
  }
}

TYPED_TEST(ProcessorContract, ProcessingAllocatesNothing) {
  if (!LACQUER_COUNTS_ALLOCATIONS) GTEST_SKIP() << "the thread sanitizer keeps its own allocator";
  auto processor = TestFixture::prepared(48000);
  AudioBuffer audio = TestFixture::music_like(48000, 0.2);
  const auto other = working(processor, 0.9);
  const test::AllocationTrap trap;
  for (int at = 0; at + 512 <= audio.frames(); at += 512) {
    if (at == 2048) processor.set_params(other);
    processor.process(audio.block().slice(at, 512));
  }
  processor.reset();
  EXPECT_EQ(trap.count(), 0);
}

TYPED_TEST(ProcessorContract, SweepsOfItsParametersStayFinite) {
  for (const double rate : {44100.0, 192000.0}) {
    auto processor = TestFixture::prepared(rate);
    AudioBuffer audio = TestFixture::music_like(rate, 0.5);
    NoiseGenerator noise(2);
    for (int at = 0; at + 100 <= audio.frames(); at += 100) {
      processor.set_params(working(processor, noise.uniform()));
      processor.process(audio.block().slice(at, 100));
    }
    for (int c = 0; c < 2; ++c)
      for (const float sample : audio.channel(c))
        ASSERT_TRUE(std::isfinite(sample) && std::abs(sample) < 100.0F);
  }
}

TYPED_TEST(ProcessorContract, AbsurdParametersAreClamped) {
  auto processor = TestFixture::prepared(48000);
  auto params = working(processor, 0.5);
  auto* numbers = reinterpret_cast<float*>(&params);
  for (std::size_t i = 0; i < sizeof(params) / sizeof(float); ++i) numbers[i] = 1e30F;
  processor.set_params(params);
  AudioBuffer audio = TestFixture::music_like(48000, 0.2);
  TestFixture::run(processor, audio, TestFixture::even_blocks(audio.frames(), 512));
  for (const float sample : audio.channel(0)) ASSERT_TRUE(std::isfinite(sample));
}

}  // namespace
}  // namespace lacquer
