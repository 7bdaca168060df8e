// What every processor of the chain promises (engine/chain/processor.h), held against each of them.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "chain/equaliser.h"
#include "chain/gain_stage.h"
#include "chain/limiter.h"
#include "chain/multiband_compressor.h"
#include "chain/saturator.h"
#include "chain/stereo_width.h"
#include "core/noise.h"
#include "support/allocation_trap.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRates[] = {44100.0, 48000.0, 88200.0, 96000.0, 192000.0};

// Parameters that make each processor work, and a sweep of them.
GainStageParams working(const GainStage&, double position) {
  return {static_cast<float>(-12.0 + 24.0 * position), static_cast<float>(-2.0 + 4.0 * position)};
}
LimiterParams working(const Limiter&, double position) {
  return {static_cast<float>(12.0 * position), static_cast<float>(-1.0 - 5.0 * position),
          static_cast<float>(20.0 + 300.0 * position), LimiterQuality::kBest};
}
// The same processors in their other ways of working, whose latencies differ.
struct LiveLimiter : Limiter {};
LimiterParams working(const LiveLimiter&, double position) {
  LimiterParams params = working(Limiter(), position);
  params.quality = LimiterQuality::kLive;
  return params;
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
EqualiserParams working(const Equaliser&, double position) {
  const auto gain_db = static_cast<float>(1.0 + 4.0 * position);
  EqualiserParams params;
  params.remove_dc = true;
  params.high_pass_hz = static_cast<float>(20.0 + 40.0 * position);
  params.bands[0] = {BandShape::kBell, 100.0F, -gain_db, 4.0F, BandChannels::kStereo};
  params.bands[1] = {BandShape::kLowShelf, 200.0F, gain_db, 0.7F, BandChannels::kMid};
  params.bands[4] = {BandShape::kHighShelf, 9000.0F, gain_db, 0.7F, BandChannels::kSide};
  params.bands[5] = {BandShape::kTilt, 1000.0F, gain_db / 10.0F, 0.7F, BandChannels::kStereo};
  for (std::size_t point = 0; point < kMatchPoints; ++point) {
    params.match.mid_db[point] = point % 2 == 0 ? gain_db : -gain_db;
    params.match.side_db[point] = -0.5F * gain_db;
  }
  params.output_gain_db = -gain_db;
  return params;
}
// The same class in its other phase.
class LinearEqualiser : public Equaliser {};
EqualiserParams working(const LinearEqualiser&, double position) {
  EqualiserParams params = working(Equaliser(), position);
  params.phase = EqualiserPhase::kLinear;
  return params;
}
SaturatorParams working(const Saturator&, double position) {
  return {static_cast<SaturatorCharacter>(static_cast<int>(3.99 * position)),
          static_cast<float>(12.0 * position),
          static_cast<float>(20.0 + 80.0 * position),
          static_cast<float>(100.0 * position),
          static_cast<float>(20000.0 - 10000.0 * position),
          static_cast<float>(-6.0 * position)};
}
StereoWidthParams working(const StereoWidth&, double position) {
  const auto gain_db = static_cast<float>(1.0 + 2.0 * position);
  return {static_cast<float>(80.0 + 100.0 * position),
          0.5F * gain_db,
          -gain_db,
          gain_db,
          -gain_db,
          gain_db,
          gain_db};
}

// Every number of theirs, far out of range or none at all.
template <class Params>
void make_absurd(Params& params, float number) {
  static_assert(sizeof(params) % sizeof(float) == 0);
  auto* numbers = reinterpret_cast<float*>(&params);
  for (std::size_t i = 0; i < sizeof(params) / sizeof(float); ++i) numbers[i] = number;
}
void make_absurd(EqualiserParams& params, float number) {
  params.high_pass_hz = params.high_pass_db_per_octave = params.output_gain_db = number;
  for (EqualiserBand& band : params.bands)
    band = {static_cast<BandShape>(99), number, number, number, static_cast<BandChannels>(99)};
  params.match.mid_db.fill(number);
  params.match.side_db.fill(-number);
  params.bands[0].shape = BandShape::kBell;
  params.bands[1].shape = BandShape::kTilt;
}
void make_absurd(SaturatorParams& params, float number) {
  params = {static_cast<SaturatorCharacter>(99), number, number, number, number, number};
}
struct ClippingLimiter : Limiter {};
LimiterParams working(const ClippingLimiter&, double position) {
  LimiterParams params = working(Limiter(), position);
  params.soft_clip_db = static_cast<float>(0.1 + 2.0 * position);
  return params;
}
struct LinearPhaseCompressor : MultibandCompressor {};
MultibandCompressorParams working(const LinearPhaseCompressor&, double position) {
  MultibandCompressorParams params = working(MultibandCompressor(), position);
  params.crossover = MultibandCompressorParams::Crossover::kLinearPhase;
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

using Processors =
    ::testing::Types<GainStage, Equaliser, LinearEqualiser, MultibandCompressor, LinearPhaseCompressor,
                     Saturator, StereoWidth, Limiter, LiveLimiter, ClippingLimiter>;
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

TYPED_TEST(ProcessorContract, AChangeOnTheWayIsTheSameHoweverBlocksAreCut) {
  constexpr int kFirst = 5000, kSecond = 6100;  // the second while the first still glides
  const AudioBuffer source = TestFixture::music_like(48000, 1.0);
  std::vector<AudioBuffer> outputs;
  for (const int longest : {1024, 37}) {
    auto processor = TestFixture::prepared(48000, 0.1);
    AudioBuffer audio = source;
    for (int at = 0; at < audio.frames();) {
      if (at == kFirst) processor.set_params(working(processor, 0.9));
      if (at == kSecond) processor.set_params(working(processor, 0.5));
      const int next = at < kFirst ? kFirst : at < kSecond ? kSecond : audio.frames();
      const int frames = std::min(longest, next - at);
      processor.process(audio.block().slice(at, frames));
      at += frames;
    }
    outputs.push_back(audio);
  }
  TestFixture::expect_same(outputs[0], outputs[1]);
}

TYPED_TEST(ProcessorContract, ResetEqualsFresh) {
  const AudioBuffer source = TestFixture::music_like(48000, 0.5);
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
    AudioBuffer audio(2, processor.latency_frames() + 5000);
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
  AudioBuffer audio = TestFixture::music_like(48000, 0.5);
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
    for (int at = 0; at + 400 <= audio.frames(); at += 400) {
      processor.set_params(working(processor, noise.uniform()));
      processor.process(audio.block().slice(at, 400));
    }
    for (int c = 0; c < 2; ++c)
      for (const float sample : audio.channel(c))
        ASSERT_TRUE(std::isfinite(sample) && std::abs(sample) < 100.0F);
  }
}

TYPED_TEST(ProcessorContract, AbsurdParametersAreClampedAndForgotten) {
  for (const float number : {1e30F, -1e30F, HUGE_VALF, -HUGE_VALF, std::nanf("")}) {
    auto processor = TestFixture::prepared(48000);
    auto params = working(processor, 0.5);
    make_absurd(params, number);
    AudioBuffer audio = TestFixture::music_like(48000, 1.0);
    processor.set_params(params);
    TestFixture::run(processor, audio, TestFixture::even_blocks(audio.frames(), 512));
    for (const float sample : audio.channel(0)) ASSERT_TRUE(std::isfinite(sample)) << number;
    processor.set_params(working(processor, 0.5));
    processor.reset();
    AudioBuffer again = TestFixture::music_like(48000, 0.2), plain = again;
    auto fresh = TestFixture::prepared(48000);
    TestFixture::run(processor, again, TestFixture::even_blocks(again.frames(), 512));
    TestFixture::run(fresh, plain, TestFixture::even_blocks(plain.frames(), 512));
    TestFixture::expect_same(again, plain);
  }
}

// At work, at rest, and on one channel.
TYPED_TEST(ProcessorContract, ForgetsWhatIsNoNumberAndPassesNoneOn) {
  for (const int channels : {1, 2})
    for (const bool works : {true, false}) {
      TypeParam processor;
      processor.prepare({48000.0, channels, 1024});
      if (works) processor.set_params(working(processor, 0.5));
      AudioBuffer audio = TestFixture::music_like(48000, 1.0);
      if (channels == 1) audio = test::on_channels({audio.channel(0).begin(), audio.channel(0).end()}, 1);
      std::size_t at = 1000;
      for (const float nonsense : {std::nanf(""), HUGE_VALF, -HUGE_VALF, 3e38F, 1e-42F})
        for (int c = 0; c < channels; ++c) audio.channel(c)[at++] = nonsense;
      TestFixture::run(processor, audio, TestFixture::even_blocks(audio.frames(), 512));
      const auto after = at + 2 * static_cast<std::size_t>(processor.latency_frames());
      for (int c = 0; c < channels; ++c) {
        for (const float sample : audio.channel(c)) ASSERT_TRUE(std::isfinite(sample)) << channels << works;
        for (const float sample : audio.channel(c).subspan(after)) ASSERT_LT(std::abs(sample), 100.0F);
      }
    }
}

// A full-scale square wave, a constant offset, numbers too small to be normal, a lone click.
TYPED_TEST(ProcessorContract, ExtremeSignalsStayFinite) {
  const auto frames = static_cast<std::size_t>(48000);
  std::vector<float> square(frames), offset(frames, 1.0F), denormal(frames), click(frames);
  for (std::size_t i = 0; i < frames; ++i) {
    square[i] = (i / 109) % 2 == 0 ? 1.0F : -1.0F;
    denormal[i] = i % 2 == 0 ? 1e-42F : -1e-40F;
  }
  click[20000] = 1.0F;
  for (const auto& signal : {square, offset, denormal, click}) {
    auto processor = TestFixture::prepared(48000);
    AudioBuffer audio = test::on_channels(signal, 2);
    TestFixture::run(processor, audio, TestFixture::even_blocks(audio.frames(), 512));
    for (int c = 0; c < 2; ++c)
      for (const float sample : audio.channel(c))
        ASSERT_TRUE(std::isfinite(sample) && std::abs(sample) < 100.0F);
  }
}

}  // namespace
}  // namespace lacquer
