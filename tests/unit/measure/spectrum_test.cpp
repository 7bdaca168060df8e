#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "measure/spectrum_matrix.h"
#include "support/meter_signal.h"
#include "support/music_noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

SpectrumResult spectrum_of(const std::vector<float>& signal, double sample_rate_hz = 44100) {
  return *test::measure(test::on_channels(signal, 1), sample_rate_hz).spectrum;
}

const ThirdOctave& at(const SpectrumResult& spectrum, double hz) {
  return *std::find_if(spectrum.third_octaves.begin(), spectrum.third_octaves.end(),
                       [&](const ThirdOctave& band) { return band.hz == hz; });
}

// 240 s of pink noise hold 4.6 * 240 = 1,100 independent pairs in the 20 Hz band: 0.13 dB of scatter (1
// sigma).
TEST(Spectrum, PinkNoiseIsFlatInThirdOctavesDownTo20Hz) {
  const auto spectrum = spectrum_of(test::pink_noise(-6, 240, 21));
  for (const ThirdOctave& band : spectrum.third_octaves)
    if (band.hz <= 100.0) {
      EXPECT_NEAR(*band.level_db, 0.0, 0.5) << band.hz;
    }
  EXPECT_NEAR(*spectrum.slope_psd_db_per_octave, -3.01, 0.05);
  EXPECT_NEAR(*spectrum.slope_third_octave_db_per_octave, 0.0, 0.05);
  EXPECT_NEAR(*spectrum.mid_slope_psd_db_per_octave, -3.01, 0.05);
  EXPECT_NEAR(*spectrum.mid_slope_third_octave_db_per_octave, 0.0, 0.05);
}

TEST(Spectrum, WhiteNoiseRisesThreeDecibelsAnOctaveInThirdOctaves) {
  const auto spectrum = spectrum_of(test::white_noise(48000, -12, 60, 3), 48000);
  EXPECT_NEAR(*spectrum.slope_psd_db_per_octave, 0.0, 0.05);
  EXPECT_NEAR(*spectrum.slope_third_octave_db_per_octave, 3.01, 0.05);
  EXPECT_NEAR(*spectrum.mid_slope_third_octave_db_per_octave, 3.01, 0.08);
}

TEST(Spectrum, ALowToneStaysInItsBandAtEveryRate) {
  for (const double rate : {8000.0, 22050.0, 44100.0, 48000.0, 96000.0, 192000.0})
    for (const double hz : {40.0, 80.0}) {
      auto tone = test::sine(rate, hz, -6, 20);
      test::fade(tone, rate, 1.0);
      const auto mid = test::sine(rate, 1000, -30, 20);  // so that levels exist
      for (std::size_t i = 0; i < tone.size(); ++i) tone[i] += mid[i];
      const auto spectrum = spectrum_of(tone, rate);
      for (const ThirdOctave& band : spectrum.third_octaves)
        if (band.level_db && band.hz != hz) {
          EXPECT_LT(*band.level_db, *at(spectrum, hz).level_db - 20.0) << band.hz << " Hz at " << rate;
        }
      EXPECT_NEAR(*at(spectrum, hz).level_db - *at(spectrum, 1000).level_db, 24.0, 0.3) << rate;
    }
}

TEST(Spectrum, FindsAPlantedResonanceWhereItIs) {
  auto noise = test::pink_noise(-6, 30, 5);
  test::bell(noise, 44100, 3100, 10, 8);
  const auto found = spectrum_of(noise).resonances;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NEAR(std::log2(found[0].hz / 3100), 0.0, 1.0 / 12.0);
  EXPECT_GT(found[0].excess_db, 4.0);
  EXPECT_LT(found[0].excess_db, 8.0);
  EXPECT_GT(found[0].persistence, 0.9);
  EXPECT_LT(found[0].drift_octaves, 1.0 / 6.0);
  EXPECT_LT(found[0].width_octaves, 1.0 / 3.0);
  ASSERT_FALSE(found[0].when.empty());
}

TEST(Spectrum, AMelodyIsNoResonanceAndNoiseHasNone) {
  auto noise = test::pink_noise(-12, 32, 6);
  EXPECT_TRUE(spectrum_of(noise).resonances.empty());
  const double notes[] = {0, 7, 3, 10, 5, 12, 2, 8};
  std::size_t from = 0;
  for (int i = 0; i < 32; ++i) {
    auto note = test::sine(44100, 440.0 * std::exp2(notes[i % 8] / 12.0), -20, 1.0);
    test::fade(note, 44100, 0.02);
    for (std::size_t k = 0; k < note.size(); ++k) noise[from + k] += note[k];
    from += note.size();
  }
  for (const Resonance& resonance : spectrum_of(noise).resonances)
    EXPECT_TRUE(resonance.persistence < 0.5 || resonance.drift_octaves >= 1.0 / 6.0) << resonance.hz;
}

TEST(Spectrum, TheEdgeOfALowPassIsNoResonance) {
  auto noise = test::white_noise(44100, -12, 20, 6);
  for (int pass = 0; pass < 12; ++pass) {  // a steep fall from 9 kHz on
    float a = 0.0F, b = 0.0F;
    for (float& x : noise) {
      const float y = 0.25F * (x + 2.0F * a + b);
      b = a, a = x, x = y;
    }
  }
  EXPECT_TRUE(spectrum_of(noise).resonances.empty());
}

TEST(Spectrum, SpreadIsLargeOnlyInTheBandThatComesAndGoes) {
  auto noise = test::pink_noise(-6, 60, 8);
  // A 2.5 kHz tone, 2 s on and 2 s off, well above the noise in its band.
  const auto tone = test::sine(44100, 2500, -20, 60);
  for (std::size_t i = 0; i < noise.size(); ++i)
    if (i / 88200 % 2 == 0) noise[i] += tone[i];
  const auto spectrum = spectrum_of(noise);
  const double noise_db = *at(spectrum, 1600).spread_db;
  EXPECT_GT(*at(spectrum, 2500).spread_db, 6.0);
  EXPECT_LT(noise_db, 2.0);
  EXPECT_LT(*at(spectrum, 5000).spread_db, 2.0);
}

TEST(Spectrum, TheMatrixShowsWhereABandSounds) {
  auto signal = test::sine(44100, 100, -20, 20);
  const auto high = test::sine(44100, 4000, -6, 20);
  for (std::size_t i = 441000; i < signal.size(); ++i) signal[i] = high[i];  // from 10 s on
  const BandsOverTime matrix = spectrum_of(signal).third_octaves_over_time;
  ASSERT_EQ(matrix.bands, 31);
  const std::size_t columns = matrix.values.size() / 31;
  EXPECT_NEAR(static_cast<double>(columns) * matrix.column_s, 20.0, 0.5);
  for (std::size_t column = 0; column < columns; ++column) {
    const double middle_s = (static_cast<double>(column) + 0.5) * matrix.column_s;
    if (std::abs(middle_s - 10.0) < 0.8 || middle_s > 19.4) continue;
    const float at_4k = matrix.values[column * 31 + 23];
    EXPECT_NEAR(matrix.values[column * 31 + (middle_s < 10 ? 7 : 23)], middle_s < 10 ? -23.01 : -9.01, 0.3);
    if (middle_s < 10) {
      EXPECT_LT(at_4k, -60.0F);
    }
  }
}

TEST(Spectrum, JoiningColumnsKeepsTheAverages) {
  BandMatrix matrix(2);
  constexpr int kBlocks = 100000;  // ten hours
  for (int i = 0; i < kBlocks; ++i) {
    const BandPower powers[2] = {{static_cast<double>(i), 1.0, 0.5}, {2.0, 0.0, 0.0}};
    matrix.add(powers);
  }
  EXPECT_LE(matrix.columns(), BandMatrix::kMostColumns);
  EXPECT_GE(matrix.columns(), BandMatrix::kMostColumns / 2);
  const int length = matrix.blocks_per_column();
  for (std::size_t column = 0; column < matrix.columns(); ++column) {
    const int first = static_cast<int>(column) * length;
    const int last = std::min(kBlocks, first + length) - 1;
    EXPECT_NEAR(matrix.mean(column, 0).left, (first + last) / 2.0, 1e-6);
    EXPECT_DOUBLE_EQ(matrix.mean(column, 0).cross, 0.5);
    EXPECT_DOUBLE_EQ(matrix.mean(column, 1).left, 2.0);
  }
}

TEST(Spectrum, NamesTheLowestNoteAndNotTheRumbleBelowIt) {
  auto signal = test::pink_noise(-40, 16, 9);
  // Rumble: noise around 22-40 Hz, as strong as the note, but no tone.
  auto rumble = test::white_noise(44100, -10, 16, 10);
  test::bell(rumble, 44100, 30, 1.5, 30);
  double low = 0.0;
  for (float& x : rumble) x = static_cast<float>(low += 0.004 * (x - low));
  const double notes[] = {55.0, 82.41, 65.41, 110.0};
  std::size_t from = 0;
  for (int i = 0; i < 16; ++i) {
    auto note = test::sine(44100, notes[i % 4], -12, 1.0);
    test::fade(note, 44100, 0.02);
    for (std::size_t k = 0; k < note.size(); ++k) signal[from + k] += note[k] + 0.2F * rumble[from + k];
    from += note.size();
  }
  const auto note = spectrum_of(signal).lowest_note;
  ASSERT_TRUE(note);
  EXPECT_NEAR(note->hz, 55.0, 0.8);
  EXPECT_NEAR(note->level_dbfs, -15.0, 1.5);
  EXPECT_GT(note->seconds, 1.5);
  EXPECT_FALSE(spectrum_of(test::pink_noise(-12, 20, 11)).lowest_note);
}

// 90 ms decay: what a kick drum leaves has a pitch, but no note's length.
TEST(Spectrum, AKickDrumIsNoNote) {
  auto signal = test::pink_noise(-40, 20, 9);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    const double t = static_cast<double>(i % 22050) / 44100.0;
    signal[i] += static_cast<float>(0.7 * std::exp(-t / 0.09) * std::sin(2.0 * 3.14159265 * 52.0 * t));
  }
  EXPECT_FALSE(spectrum_of(signal).lowest_note);
}

TEST(Spectrum, ShortOrSilentInputHasNoNumbers) {
  for (const double seconds : {0.0, 0.00002, 0.005, 0.2, 3.0}) {
    const auto spectrum = spectrum_of(test::silence(44100, seconds));
    for (const ThirdOctave& band : spectrum.third_octaves) EXPECT_FALSE(band.level_db || band.spread_db);
    EXPECT_FALSE(spectrum.slope_psd_db_per_octave || spectrum.lowest_note);
    EXPECT_TRUE(spectrum.resonances.empty());
    for (const float value : spectrum.third_octaves_over_time.values) EXPECT_TRUE(std::isnan(value));
  }
  const auto brief = spectrum_of(test::sine(44100, 440, -6, 0.005));
  EXPECT_FALSE(brief.slope_psd_db_per_octave);
}

TEST(Spectrum, AnyWayOfCuttingTheStreamGivesTheSameNumbers) {
  auto noise = test::pink_noise(-6, 8, 5);
  test::bell(noise, 44100, 3100, 10, 9);
  const AudioBuffer audio = test::stereo(noise, test::sine(44100, 60, -12, 8));
  const auto seed = test::test_seed(31);
  const Measurements whole = test::measure(audio, 44100);
  const Measurements parts = test::measure(audio, 44100, test::random_blocks(audio.frames(), 20000, seed));
  ASSERT_EQ(whole.spectrum->resonances.size(), parts.spectrum->resonances.size()) << seed;
  for (std::size_t i = 0; i < whole.spectrum->resonances.size(); ++i)
    EXPECT_EQ(whole.spectrum->resonances[i].excess_db, parts.spectrum->resonances[i].excess_db) << seed;
  for (std::size_t i = 0; i < 31; ++i) {
    EXPECT_EQ(whole.spectrum->third_octaves[i].level_db, parts.spectrum->third_octaves[i].level_db) << seed;
    EXPECT_EQ(whole.spectrum->third_octaves[i].spread_db, parts.spectrum->third_octaves[i].spread_db) << seed;
  }
  EXPECT_EQ(whole.spectrum->lowest_note->hz, parts.spectrum->lowest_note->hz) << seed;
  EXPECT_EQ(whole.spectrum->third_octaves_over_time.values, parts.spectrum->third_octaves_over_time.values);
  EXPECT_EQ(whole.stereo->side_to_mid_over_time.values, parts.stereo->side_to_mid_over_time.values);
  EXPECT_EQ(whole.dynamics->bands[1].crest_db, parts.dynamics->bands[1].crest_db) << seed;
}

}  // namespace
}  // namespace lacquer
