#include "measure/source_meter.h"

#include <gtest/gtest.h>

#include <cmath>

#include "dsp/span_stats.h"
#include "support/meter_signal.h"
#include "support/planted.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;

SourceResult source_of(const AudioBuffer& audio, double rate = kRate, const std::vector<int>& blocks = {}) {
  return *test::measure(audio, rate, blocks).source;
}
SourceResult source_of(const std::vector<float>& signal, double rate = kRate) {
  return source_of(test::on_channels(signal, 1), rate);
}
std::size_t frame(double seconds, double rate = kRate) { return static_cast<std::size_t>(seconds * rate); }

TEST(SourceMeter, FindsNothingInASoundTune) {
  for (const double rate : {44100.0, 96000.0}) {
    const SourceResult source = source_of(test::tune(rate, 30.0, 3), rate);
    EXPECT_FALSE(source.hum.present);
    EXPECT_EQ(source.clicks, 0);
    EXPECT_EQ(source.dropouts, 0);
    EXPECT_FALSE(source.lossy.suspected);
    EXPECT_FALSE(source.upsampled_from_hz);
    EXPECT_FALSE(source.quantisation_step);
    EXPECT_LT(*source.rumble_db, -25.0);
    EXPECT_TRUE(source.rumble_when.empty());
    EXPECT_TRUE(source.dc_when.empty());
    EXPECT_FALSE(source.dual_mono_share);
  }
}

// Bits.

TEST(BitMeter, CountsTheBitsThatAreUsed) {
  for (const int bits : {8, 12, 14, 16, 20, 23}) {
    auto signal = test::tune(kRate, 4.0, 5);
    test::to_bits(signal, bits);
    EXPECT_EQ(*source_of(signal).effective_bits, bits);
  }
  auto signal = test::tune(kRate, 4.0, 5);
  test::to_bits(signal, 24);
  EXPECT_EQ(*source_of(signal).effective_bits, 24);
  EXPECT_FALSE(source_of(signal).quantisation_step);
}

TEST(BitMeter, SeesTheStepsOfSixteenBitsThroughAGain) {
  for (const double gain_db : {-18.0, -6.0, -1.7, 3.3}) {
    const double gain = std::pow(10.0, gain_db / 20.0);
    auto signal = test::tune(kRate, 20.0, 6);
    test::to_bits(signal, 16, gain);
    const auto step = source_of(signal).quantisation_step;
    ASSERT_TRUE(step) << gain_db;
    // The lattice is fitted over hundreds of steps, each off by at most one 24-bit step in 256.
    EXPECT_NEAR(*step / (gain / 32768.0), 1.0, 0.005) << gain_db;
    EXPECT_LE(*source_of(signal).effective_bits, 16 + static_cast<int>(std::ceil(-gain_db / 6.02 + 1.0)));
  }
}

TEST(BitMeter, DoesNotTakeFloatForALattice) {
  auto signal = test::tune(kRate, 20.0, 6);
  for (float& x : signal) x *= 0.731F;
  const SourceResult source = source_of(signal);
  EXPECT_FALSE(source.effective_bits);
  EXPECT_FALSE(source.quantisation_step);
}

// Hum.

TEST(LowsMeter, FindsHumUnderMusicAndItsFrequency) {
  for (const double hz : {50.0, 60.0, 49.9, 60.15}) {
    for (const double level_dbfs : {-36.0, -42.0}) {
      auto signal = test::tune(kRate, 40.0, 8);
      test::add_hum(signal, kRate, hz, level_dbfs);
      const HumResult hum = source_of(signal).hum;
      ASSERT_TRUE(hum.present) << hz << " Hz at " << level_dbfs << " dBFS";
      EXPECT_NEAR(*hum.hz, hz, 0.1);
      // The four lines together carry 1.7 times the fundamental's power, half its peak squared: -0.7 dB.
      // Lines hidden by notes are missing from the sum.
      EXPECT_NEAR(*hum.level_dbfs, level_dbfs - 0.7, 4.0);
      ASSERT_FALSE(hum.when.empty());
      EXPECT_LT(hum.when.front().from_s, 10.0);
      EXPECT_GT(hum.when.back().to_s, 30.0);
    }
  }
}

TEST(LowsMeter, PlacesHumThatStartsLater) {
  auto signal = test::tune(kRate, 90.0, 9);
  std::vector<float> hum(frame(40.0));
  test::add_hum(hum, kRate, 50.0, -40.0);
  for (std::size_t i = 0; i < hum.size(); ++i) signal[frame(50.0) + i] += hum[i];
  const HumResult found = source_of(signal).hum;
  ASSERT_TRUE(found.present);
  EXPECT_NEAR(found.when.front().from_s, 50.0, 12.0);
}

// A bass line on G1, B1 and their octaves, whose harmonics pass close by those of the mains.
TEST(LowsMeter, DoesNotTakeBassNotesForHum) {
  std::vector<float> signal(frame(60.0));
  const std::vector<double> notes = {48.999, 61.735, 48.999, 97.999, 61.735, 123.471};
  const std::size_t step = frame(0.75);
  for (std::size_t start = 0, n = 0; start < signal.size(); start += step, ++n) {
    const double hz = notes[n % notes.size()];
    for (std::size_t i = 0; i < step && start + i < signal.size(); ++i) {
      const double t = static_cast<double>(i) / kRate;
      for (int partial = 1; partial <= 10; ++partial)
        signal[start + i] += static_cast<float>(0.2 / partial * std::exp(-t) * (1.0 - std::exp(-t / 0.005)) *
                                                std::sin(2.0 * std::numbers::pi * hz * partial * t));
    }
  }
  EXPECT_FALSE(source_of(signal).hum.present);
}

TEST(LowsMeter, DoesNotTakeAStruckDroneForHum) {
  // On 50 Hz itself with six harmonics, struck anew every four seconds.
  std::vector<float> struck(frame(60.0));
  for (std::size_t i = 0; i < struck.size(); ++i) {
    const double t = static_cast<double>(i) / kRate;
    for (int k = 1; k <= 6; ++k)
      struck[i] += static_cast<float>(0.1 / k * std::exp(-std::fmod(t, 4.0)) *
                                      std::sin(2.0 * std::numbers::pi * 50.0 * k * t));
  }
  EXPECT_FALSE(source_of(struck).hum.present);
}

// A loop that repeats exactly has lines at every multiple of its tempo: 50 Hz is one of 2 Hz.
TEST(LowsMeter, DoesNotTakeALoopForHum) {
  const auto bar = test::tune(kRate, 0.5, 10);
  std::vector<float> loop;
  for (int n = 0; n < 120; ++n) test::append(loop, bar);
  EXPECT_FALSE(source_of(loop).hum.present);
}

TEST(LowsMeter, MeasuresRumbleAndDc) {
  auto signal = test::tune(kRate, 40.0, 11);
  const double rms = std::sqrt(span_stats(signal).sum_squares / static_cast<double>(signal.size()));
  const auto level = static_cast<float>(rms * std::sqrt(2.0) * 0.5);  // 6 dB below
  for (std::size_t i = 0; i < signal.size(); ++i) {
    signal[i] +=
        level * static_cast<float>(std::sin(2.0 * std::numbers::pi * 14.0 * static_cast<double>(i) / kRate));
    if (i > frame(20.0)) signal[i] += 0.02F;
  }
  const SourceResult source = source_of(signal);
  // The DC of the second half counts for the programme, not for the rumble.
  EXPECT_NEAR(*source.rumble_db, -7.0, 1.5);
  EXPECT_NEAR(*source.rumble_dbfs, 20.0 * std::log10(rms * 0.5), 0.5);
  ASSERT_FALSE(source.rumble_when.empty());
  EXPECT_NEAR(*source.dc_offset_max_dbfs, -34.0, 0.3);
  ASSERT_EQ(source.dc_when.size(), 1U);
  EXPECT_NEAR(source.dc_when[0].from_s, 20.0, 10.1);
  EXPECT_NEAR(source.dc_when[0].to_s, 40.0, 10.1);
}

// Clicks.

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

// Dropouts and edges.

TEST(GapMeter, FindsDropoutsOfEveryLengthAndPlace) {
  for (const double ms : {1.5, 5.0, 20.0, 60.0, 400.0})
    for (const bool one_side : {false, true}) {
      auto audio = test::on_channels(test::tune(kRate, 20.0, 15), 2);
      for (const double at : {3.05, 9.03, 14.06})
        for (int c = one_side ? 1 : 0; c < 2; ++c)
          std::fill_n(audio.channel(c).begin() + static_cast<std::ptrdiff_t>(frame(at)), frame(ms / 1000.0),
                      0.0F);
      const SourceResult source = source_of(audio);
      ASSERT_EQ(source.dropouts, 3) << ms << " ms";
      EXPECT_NEAR(source.dropout_when[1].from_s, 9.03, 0.001);
      EXPECT_NEAR(source.dropout_when[1].to_s, 9.03 + ms / 1000.0, 0.001);
      EXPECT_EQ(source.clicks, 0) << "the edges of a dropout are no clicks of their own";
    }
}

TEST(GapMeter, DoesNotTakePausesForDropouts) {
  // Gated notes with true digital silence between them: 3 ms to come in, 3 ms to go.
  std::vector<float> gated(frame(20.0));
  for (std::size_t i = 0; i < gated.size(); ++i) {
    const double t = static_cast<double>(i) / kRate, in = std::fmod(t, 0.25);
    const double gate = std::clamp(std::min(in / 0.003, (0.15 - in) / 0.003), 0.0, 1.0);
    gated[i] = static_cast<float>(0.3 * gate * std::sin(2.0 * std::numbers::pi * 440.0 * t));
  }
  EXPECT_EQ(source_of(gated).dropouts, 0);
  EXPECT_EQ(source_of(gated).clicks, 0);
}

TEST(GapMeter, TellsACutFromAnAttackAndAFade) {
  const auto noise = test::white_noise(kRate, -12, 5.0, 16);
  const SourceResult cut = source_of(noise);
  EXPECT_TRUE(cut.start->abrupt);
  EXPECT_TRUE(cut.end->abrupt);
  EXPECT_NEAR(cut.start->level_dbfs, -16.8, 2.0);  // RMS of uniform noise: 4.8 dB below its peak
  auto faded = noise;
  test::fade(faded, kRate, 0.01);
  EXPECT_FALSE(source_of(faded).start->abrupt);
  EXPECT_FALSE(source_of(faded).end->abrupt);
  auto padded = test::silence(kRate, 1.0);  // the cut counts with silence around it too
  test::append(padded, noise);
  test::append(padded, test::silence(kRate, 1.0));
  EXPECT_TRUE(source_of(padded).start->abrupt);
  EXPECT_TRUE(source_of(padded).end->abrupt);
  auto kick = test::sine(kRate, 60, -3, 2.0);
  for (std::size_t i = 0; i < kick.size(); ++i) kick[i] *= std::exp(-static_cast<float>(i) / 8000.0F);
  EXPECT_FALSE(source_of(kick).start->abrupt) << "a hit at once is music";
}

// The high end.

TEST(HighsMeter, FindsACodersCliffAndNamesCoders) {
  const auto bright = test::white_noise(kRate, -20, 12.0, 17);
  for (const double hz : {15100.0, 16600.0, 18600.0, 20200.0}) {
    const SourceResult source = source_of(test::cut_above(bright, kRate, hz, 400.0));
    EXPECT_TRUE(source.lossy.suspected) << hz;
    EXPECT_NEAR(*source.lossy.shelf_hz, hz, 300.0);  // half the skirt and a band
    EXPECT_NE(source.lossy.codec.find(hz < 15500   ? "96"
                                      : hz < 17000 ? "128"
                                      : hz < 19000 ? "192"
                                                   : "320"),
              std::string::npos)
        << source.lossy.codec;
    EXPECT_GT(source.lossy.confidence, 0.6);
    EXPECT_NEAR(*source.bandwidth_hz, hz, 300.0);
    EXPECT_FALSE(source.upsampled_from_hz);
  }
}

TEST(HighsMeter, IsNotFooledByFiltersDarkMusicOrQuietHighs) {
  for (const int slope : {1, 2, 4}) {  // 12, 24, 48 dB an octave
    for (const double hz : {3000.0, 10000.0, 16000.0}) {
      auto soft = test::white_noise(kRate, -12, 8.0, 18);
      test::soften(soft, kRate, hz, slope);
      const SourceResult source = source_of(soft);
      EXPECT_FALSE(source.lossy.suspected) << slope * 12 << " dB an octave at " << hz;
      // A biquad near Nyquist falls as a converter does: 48 dB an octave from 10 kHz may be called either.
      if (slope < 4 || hz < 10000) {
        EXPECT_FALSE(source.upsampled_from_hz) << slope * 12 << " dB an octave at " << hz;
      }
    }
  }
  auto tones = test::sine(kRate, 14000, -30, 8.0);  // the highest partial of a sound is no cliff
  const auto low = test::sine(kRate, 200, -12, 8.0);
  for (std::size_t i = 0; i < tones.size(); ++i) tones[i] += low[i];
  EXPECT_FALSE(source_of(tones).lossy.suspected);
}

TEST(HighsMeter, AFrameAboveTheCliffSpeaksAgainstIt) {
  // Every other second keeps its highs: two sounds of different make, not one coder.
  const auto bright = test::white_noise(kRate, -20, 20.0, 19);
  auto mixed = test::cut_above(bright, kRate, 16600.0, 400.0);
  for (std::size_t i = 0; i < mixed.size(); ++i)
    if ((i / frame(1.0)) % 2 == 1) mixed[i] = bright[i];
  EXPECT_FALSE(source_of(mixed).lossy.suspected);
}

// The rest.

TEST(SourceMeter, KnowsDualMono) {
  const auto one = test::tune(kRate, 6.0, 22);
  auto other = one;
  EXPECT_EQ(*source_of(test::stereo(one, other)).dual_mono_share, 1.0);
  for (float& x : other) x *= 0.6F;
  EXPECT_GT(*source_of(test::stereo(one, other)).dual_mono_share, 0.98);  // the first cell finds the gain
  const auto side = test::tune(kRate, 6.0, 23);
  other = one;
  for (std::size_t i = 0; i < other.size(); ++i) other[i] += 0.01F * side[i];  // 40 dB below is still stereo
  EXPECT_LT(*source_of(test::stereo(one, other)).dual_mono_share, 0.05);
}

TEST(SourceMeter, MeasuresTheNoiseFloorInTheQuietestPassage) {
  auto signal = test::tune(kRate, 20.0, 24);
  const auto quiet = test::white_noise(kRate, -60, 3.0, 25);  // RMS -64.8 dBFS
  std::copy(quiet.begin(), quiet.end(), signal.begin() + static_cast<std::ptrdiff_t>(frame(8.0)));
  test::append(signal, test::silence(kRate, 5.0));  // digital silence is no floor
  EXPECT_NEAR(*source_of(signal).noise_floor_dbfs, -64.8, 0.4);
}

TEST(SourceMeter, AnyWayOfCuttingTheStreamGivesTheSameNumbers) {
  const auto seed = test::test_seed(79);
  auto left = test::tune(kRate, 30.0, 26), right = test::tune(kRate, 30.0, 27);
  test::add_hum(left, kRate, 50.0, -36.0);
  test::add_hum(right, kRate, 50.0, -36.0);
  left[frame(7.103)] += 0.5F;
  std::fill_n(right.begin() + static_cast<std::ptrdiff_t>(frame(9.0)), 500, 0.0F);
  const AudioBuffer audio = test::stereo(left, right);
  const SourceResult whole = source_of(audio);
  const SourceResult parts = source_of(audio, kRate, test::random_blocks(audio.frames(), 4096, seed));
  EXPECT_TRUE(whole.hum.present);
  EXPECT_EQ(whole.hum.hz, parts.hum.hz);
  EXPECT_EQ(whole.hum.level_dbfs, parts.hum.level_dbfs);
  EXPECT_EQ(whole.clicks, parts.clicks);
  EXPECT_EQ(whole.click_places.at(0).at_s, parts.click_places.at(0).at_s);
  EXPECT_EQ(whole.dropout_when, parts.dropout_when);
  EXPECT_EQ(whole.rumble_db, parts.rumble_db);
  EXPECT_EQ(whole.noise_floor_dbfs, parts.noise_floor_dbfs);
  EXPECT_EQ(whole.bandwidth_hz, parts.bandwidth_hz);
  EXPECT_EQ(whole.end->level_dbfs, parts.end->level_dbfs);
}

TEST(SourceMeter, AnswersNothingWhereThereIsNothing) {
  for (const int frames : {0, 1, 2, 220}) {
    for (const int channels : {1, 2}) {
      const SourceResult source = source_of(AudioBuffer(channels, frames));
      EXPECT_FALSE(source.effective_bits);
      EXPECT_FALSE(source.bandwidth_hz);
      EXPECT_FALSE(source.noise_floor_dbfs);
      EXPECT_FALSE(source.rumble_dbfs);
      EXPECT_FALSE(source.start);
      EXPECT_FALSE(source.dual_mono_share);
      EXPECT_FALSE(source.hum.present);
      EXPECT_EQ(source.clicks, 0);
    }
  }
  const SourceResult silent = source_of(test::silence(kRate, 20.0));
  EXPECT_FALSE(silent.rumble_db);
  EXPECT_FALSE(silent.end);
  EXPECT_FALSE(silent.hum.present);
  const SourceResult dc = source_of(std::vector<float>(frame(20.0), 0.1F));
  EXPECT_NEAR(*dc.dc_offset_max_dbfs, -20.0, 0.01);
  EXPECT_FALSE(dc.hum.present);
  EXPECT_EQ(dc.clicks, 0);
  EXPECT_FALSE(dc.lossy.suspected);
}

TEST(SourceMeter, GarbageStaysFinite) {
  NoiseGenerator noise(28);
  for (const double rate : {8000.0, 192000.0, 384000.0}) {
    std::vector<float> signal(frame(4.0, rate));
    for (float& x : signal) {
      x = static_cast<float>(0.1 * noise.white());
      if (noise.uniform() < 1e-3) x = static_cast<float>(std::pow(10.0, 60.0 * noise.uniform() - 30.0));
    }
    const SourceResult source = source_of(signal, rate);
    for (const auto& value : {source.bandwidth_hz, source.rumble_db, source.noise_floor_dbfs})
      if (value) {
        EXPECT_TRUE(std::isfinite(*value));
      }
  }
}

// More clicks and gaps than the lists hold: counted on, stored no further.
TEST(SourceMeter, ListsAreBounded) {
  auto signal = test::tune(8000, 420.0, 29);
  for (std::size_t i = 4000; i < signal.size(); i += 2400) signal[i] += 0.9F;
  const SourceResult source = source_of(signal, 8000);
  EXPECT_GT(source.clicks, 1000);
  EXPECT_EQ(source.click_places.size(), 1000U);
}

}  // namespace
}  // namespace lacquer
