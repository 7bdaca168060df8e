#include "measure/source_meter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "measure/flat_top_meter.h"
#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

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
      EXPECT_EQ(source.dropouts, 0);
      EXPECT_EQ(source.repeated_blocks, 0);
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

// What no file should hold: the decoder replaces what is not a number, yet none of it may break a detector.
TEST(SourceMeter, NotANumberBreaksNothing) {
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                          1e30F, std::numeric_limits<float>::denorm_min()}) {
    auto signal = test::tune(kRate, 6.0, 40);
    for (std::size_t i = 3; i < signal.size(); i += i < frame(2.0) ? 40 : 20011) signal[i] = bad;
    std::fill_n(signal.begin() + static_cast<std::ptrdiff_t>(frame(4.0)), 3000, bad);
    const StreamFormat format{kRate, 1, 4096};
    SpectrumMeter spectrum(format);
    SourceMeter meter(format, spectrum);
    FlatTopMeter flat_tops(format);
    const AudioBuffer audio = test::on_channels(signal, 1);
    meter.add(audio.block());
    flat_tops.add(audio.block());
    meter.finish();
    const SourceResult source = meter.result();
    PeakResult peak;
    flat_tops.report(peak);
    for (const TimeRange& range : source.dropout_when)
      EXPECT_TRUE(range.to_s >= range.from_s && range.to_s < 6.1);
    for (const TimeRange& range : source.repeated_when)
      EXPECT_TRUE(range.to_s >= range.from_s && range.to_s < 6.1);
    for (const ClickPlace& place : source.click_places) EXPECT_TRUE(std::isfinite(place.level_dbfs));
    for (const auto& value : {source.noise_floor_dbfs, source.quantisation_step, source.dual_mono_share})
      EXPECT_TRUE(std::isfinite(value.value_or(0.0)));
  }
}

}  // namespace
}  // namespace lacquer
