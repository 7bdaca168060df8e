#include "chain/saturator.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

#include "support/signals.h"
#include "support/tone.h"

namespace lacquer {
namespace {

std::vector<float> bent(const std::vector<float>& signal, double rate, const SaturatorParams& params) {
  Saturator saturator;
  saturator.prepare({rate, 1, 1024});
  saturator.set_params(params);
  AudioBuffer audio = test::on_channels(signal, 1);
  for (int at = 0; at < audio.frames(); at += 1024)
    saturator.process(audio.block().slice(at, std::min(1024, audio.frames() - at)));
  return {audio.channel(0).begin(), audio.channel(0).end()};
}

SaturatorParams all_of(SaturatorCharacter character, float drive_db = 0.0F) {
  SaturatorParams params;
  params.character = character;
  params.drive_db = drive_db;
  params.mix_pct = 100.0F;
  return params;
}

struct Profile {
  SaturatorCharacter character;
  double hz, level_dbfs;
  double harmonics_db[4];  // 2nd to 5th against the tone; 0 is none
};

// The table in the header.
TEST(Saturator, HasTheHarmonicsItStates) {
  using C = SaturatorCharacter;
  const Profile profiles[] = {
      {C::kTape, 1000.0, -6.0, {0, -34.1, 0, -66.5}},
      {C::kTape, 1000.0, 0.0, {0, -23.5, 0, -45.1}},
      {C::kTube, 1000.0, -6.0, {-23.6, -36.4, -52.6, -73.1}},
      {C::kTube, 1000.0, 0.0, {-19.7, -25.1, -37.5, -49.7}},
      {C::kTransformer, 1000.0, -6.0, {0, -30.6, 0, -57.8}},
      {C::kTransformer, 1000.0, 0.0, {0, -21.2, 0, -38.8}},
      {C::kTransformer, 60.0, -6.0, {0, -12.5, 0, -24.4}},
      {C::kTransformer, 60.0, 0.0, {0, -7.8, 0, -14.7}},
      {C::kClip, 1000.0, -6.0, {0, 0, 0, 0}},
      {C::kClip, 1000.0, 0.0, {0, -31.9, 0, -38.0}},
  };
  for (const Profile& profile : profiles) {
    const auto out =
        bent(test::sine(48000.0, profile.hz, profile.level_dbfs, 2.0), 48000.0, all_of(profile.character));
    const double tone = test::amplitude(out, 48000.0, profile.hz, 1.0);
    for (int k = 0; k < 4; ++k) {
      const double db = 20.0 * std::log10(test::amplitude(out, 48000.0, profile.hz * (k + 2), 1.0) / tone);
      const double stated_db = profile.harmonics_db[k];
      if (stated_db == 0.0)
        EXPECT_LT(db, -120.0) << profile.hz << " Hz, harmonic " << k + 2;
      else
        EXPECT_NEAR(db, stated_db, 0.15) << profile.hz << " Hz, harmonic " << k + 2;
    }
    EXPECT_LT(test::amplitude(out, 48000.0, 0.0, 1.0), 1e-5) << "constant offset";
  }
}

// At working level, on a 1 kHz tone, with a third of the mix: some tenths of a percent.
TEST(Saturator, TypicalSettingsStayBelowOnePercentOfDistortion) {
  for (const SaturatorCharacter character :
       {SaturatorCharacter::kTape, SaturatorCharacter::kTube, SaturatorCharacter::kTransformer}) {
    SaturatorParams params = all_of(character, 6.0F);
    params.mix_pct = 20.0F;
    const auto out = bent(test::sine(48000.0, 1000.0, -18.0, 2.0), 48000.0, params);
    const double tone = test::amplitude(out, 48000.0, 1000.0, 1.0);
    double power = 0.0;
    for (int k = 2; k < 10; ++k)
      power += std::pow(test::amplitude(out, 48000.0, 1000.0 * k, 1.0) / tone, 2.0);
    EXPECT_GT(std::sqrt(power), 0.0008);
    EXPECT_LT(std::sqrt(power), 0.01);
  }
}

// Where the harmonics of a 5 kHz tone above the Nyquist frequency fold to, less the last 4 % below it, which
// the oversampler leaves to mirror images, and the harmonics themselves.
std::set<double> aliases_hz(double rate) {
  constexpr double kTone = 5000.0;
  std::set<double> found;
  for (int k = 2; k < 150; ++k) {
    double folded = std::fmod(kTone * k, rate);
    if (folded > rate / 2.0) folded = rate - folded;
    const double off = std::fmod(folded, kTone);
    if (kTone * k > rate / 2.0 && folded < 0.48 * rate && std::min(off, kTone - off) > 50.0)
      found.insert(folded);
  }
  return found;
}

TEST(Saturator, PutsNoAliasesUnderAToneInAnyCharacterAtAnyDrive) {
  for (const double rate : {44100.0, 48000.0, 96000.0, 192000.0})
    for (const SaturatorCharacter character : {SaturatorCharacter::kTape, SaturatorCharacter::kTube,
                                               SaturatorCharacter::kTransformer, SaturatorCharacter::kClip})
      for (const float drive_db : {6.0F, 9.0F, 12.0F}) {
        const auto out = bent(test::sine(rate, 5000.0, 0.0, 0.6), rate, all_of(character, drive_db));
        const double tone = test::amplitude(out, rate, 5000.0, 0.3);
        for (const double hz : aliases_hz(rate))
          EXPECT_LT(20.0 * std::log10(test::amplitude(out, rate, hz, 0.3) / tone), -90.0)
              << rate << " Hz, " << drive_db << " dB, character " << static_cast<int>(character) << ", at "
              << hz;
      }
}

TEST(Saturator, TakesNoMoreDriveThanAPlanMayAskFor) {
  const auto tone = test::sine(48000.0, 1000.0, -6.0, 0.2);
  EXPECT_EQ(bent(tone, 48000.0, all_of(SaturatorCharacter::kClip, 24.0F)),
            bent(tone, 48000.0, all_of(SaturatorCharacter::kClip, 12.0F)));
}

TEST(Saturator, WithoutMixPassesEveryBit) {
  SaturatorParams params;
  params.drive_db = 12.0F;
  const auto signal = test::white_noise(44100.0, -1.0, 1.0, 5);
  const auto out = bent(signal, 44100.0, params);
  Saturator saturator;
  saturator.prepare({44100.0, 1, 1024});
  const auto delay = static_cast<std::size_t>(saturator.latency_frames());
  EXPECT_EQ(delay, 181U);
  for (std::size_t i = delay; i < out.size(); ++i) ASSERT_EQ(out[i], signal[i - delay]);
}

TEST(Saturator, LeavesQuietPassagesAloneWhateverTheDrive) {
  const auto signal = test::sine(48000.0, 1000.0, -80.0, 1.0);
  const auto out = bent(signal, 48000.0, all_of(SaturatorCharacter::kTape, 18.0F));
  EXPECT_NEAR(20.0 * std::log10(test::amplitude(out, 48000.0, 1000.0, 0.5)), -80.0, 0.01);
}

TEST(Saturator, BendsOnlyBetweenItsFrequencies) {
  SaturatorParams params = all_of(SaturatorCharacter::kTape, 6.0F);
  params.low_hz = 500.0F;
  params.high_hz = 2000.0F;
  const auto third_db = [&](double hz) {
    const auto out = bent(test::sine(48000.0, hz, -6.0, 2.0), 48000.0, params);
    return 20.0 *
           std::log10(test::amplitude(out, 48000.0, 3.0 * hz, 1.0) / test::amplitude(out, 48000.0, hz, 1.0));
  };
  EXPECT_GT(third_db(1000.0), -30.0);
  EXPECT_LT(third_db(60.0), -110.0);
  EXPECT_LT(third_db(7000.0), -85.0);
}

TEST(Saturator, ChangesItsCharacterWithoutAStep) {
  Saturator saturator;
  saturator.prepare({48000.0, 1, 1000});
  AudioBuffer audio = test::on_channels(test::sine(48000.0, 100.0, 0.0, 1.0), 1);
  for (int at = 0; at < 48000; at += 1000) {
    saturator.set_params(all_of(static_cast<SaturatorCharacter>((at / 3000) % 4), 6.0F));
    saturator.process(audio.block().slice(at, 1000));
  }
  const auto out = audio.channel(0);
  // The tone moves by 0.0131 a frame; what bending adds is on top, and smooth.
  for (std::size_t i = 300; i < out.size(); ++i) ASSERT_LT(std::abs(out[i] - out[i - 1]), 0.03F) << i;
}

}  // namespace
}  // namespace lacquer
