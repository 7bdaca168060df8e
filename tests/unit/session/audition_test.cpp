#include "session/audition.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/decibels.h"
#include "memory_source.h"
#include "session/exercises/sound.h"

namespace lacquer {
namespace {

using test::beat;
using test::kRate;

constexpr int kFirst = static_cast<int>(1.5 * kRate), kFrames = static_cast<int>(4.0 * kRate);

// A piece whose middle is the passage.
class AuditionTest : public testing::Test {
 protected:
  static double lufs(const AudioBuffer& heard, double rate_hz = kRate) {
    return level_of({heard, rate_hz}).lufs.value_or(-99.0);
  }
  static double highest(const AudioBuffer& heard) {
    double most = 0.0;
    for (int c = 0; c < heard.channels(); ++c)
      for (const float sample : heard.channel(c)) most = std::max(most, std::abs(double{sample}));
    return most;
  }

  AudioBuffer piece_ = beat(7.0, -6.0);
  PassageInContext passage_{piece_, kRate, kFirst, kFrames};
  AudioBuffer plain_ = audition(passage_, Part::kWhole).audio;
};

Plan resting_plan() {
  Plan plan;
  for (const Stage stage : kStages) plan.at(stage).stage = stage;
  plan.ceiling_dbtp = -1.0;
  return plan;
}

TEST_F(AuditionTest, the_mix_as_it_is_is_the_mix) {
  ASSERT_EQ(plain_.frames(), kFrames);
  for (int i = 0; i < kFrames; ++i)
    ASSERT_EQ(plain_.channel(0)[static_cast<std::size_t>(i)],
              piece_.channel(0)[static_cast<std::size_t>(i + kFirst)]);
}

TEST_F(AuditionTest, every_way_but_a_platform_is_as_loud_as_the_mix) {
  const Plan plan = resting_plan();
  const MasterOf driven{&plan, 9.0};
  for (const WayOfHearing& way :
       {WayOfHearing(Part::kMono), WayOfHearing(Band{60.0, 400.0}), WayOfHearing(Part::kWhole)}) {
    // The gain is made from the loudness itself, so only rounding is between them.
    EXPECT_NEAR(lufs(audition(passage_, way, driven).audio), lufs(plain_), 0.01);
    EXPECT_NEAR(lufs(audition(passage_, way).audio), lufs(plain_), 0.01);
  }
}

TEST_F(AuditionTest, a_platform_plays_at_the_level_it_plays_at) {
  const Audition heard = audition(passage_, OnPlatform{-4.0, std::nullopt});
  EXPECT_NEAR(lufs(heard.audio), lufs(plain_) - 4.0, 0.01);
  const Audition limited = audition(passage_, OnPlatform{12.0, -1.0});
  EXPECT_LE(highest(limited.audio), db_to_gain(-1.0) + 1e-6);
}

TEST_F(AuditionTest, a_platform_turns_the_master_down_and_not_the_mix) {
  const Plan plan = resting_plan();
  const Audition heard = audition(passage_, OnPlatform{-4.0, std::nullopt}, MasterOf{&plan, 9.0});
  EXPECT_GT(lufs(heard.audio), lufs(plain_));
  // The ceiling, a true peak, holds for samples as well.
  EXPECT_LE(highest(heard.audio), db_to_gain(-5.0) + 1e-3);
}

TEST_F(AuditionTest, what_a_plan_that_rests_changes_is_nothing) {
  const Plan plan = resting_plan();
  const Audition changed = audition(passage_, Removed{}, MasterOf{&plan, -12.0});
  // 12 dB below the mix nothing reaches the ceiling.
  EXPECT_LT(highest(changed.audio), 1e-4);
}

// Stands in for a codec at a rate of its own: every second frame.
class HalfRate final : public AudioPairSource {
 public:
  explicit HalfRate(AudioSource& source) : source_(source) {}
  StreamFormat format() const override { return {kRate / 2.0, source_.format().channels, 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return std::nullopt; }
  int read(AudioBlock original, AudioBlock decoded) override {
    AudioBuffer one(original.channels(), 2);
    for (int i = 0; i < original.frames(); ++i) {
      int got = 0;
      while (got < 2) {
        const int more = source_.read(one.block().slice(got, 2 - got));
        if (more == 0) return i;
        got += more;
      }
      for (int c = 0; c < original.channels(); ++c)
        original.channel(c)[static_cast<std::size_t>(i)] = decoded.channel(c)[static_cast<std::size_t>(i)] =
            one.channel(c)[0];
    }
    return original.frames();
  }

 private:
  AudioSource& source_;
};

TEST_F(AuditionTest, a_codec_is_heard_at_its_own_rate_and_in_its_own_place) {
  const Audition heard =
      audition(passage_, Coded{[](AudioSource& source) { return std::make_unique<HalfRate>(source); }});
  ASSERT_EQ(heard.sample_rate_hz, kRate / 2.0);
  ASSERT_EQ(heard.audio.frames(), kFrames / 2);
  const double gain = db_to_gain(heard.gain_db);
  for (int i = 0; i < kFrames / 2; ++i)
    ASSERT_NEAR(heard.audio.channel(0)[static_cast<std::size_t>(i)],
                gain * plain_.channel(0)[static_cast<std::size_t>(2 * i)], 1e-5);
}

TEST_F(AuditionTest, another_song_comes_to_the_loudness_of_the_passage) {
  const Audition other = beside(passage_, beat(5.0, -20.0), kRate);
  EXPECT_NEAR(lufs(other.audio), lufs(plain_), 0.01);
  EXPECT_GT(other.gain_db, 0.0);
}

}  // namespace
}  // namespace lacquer
