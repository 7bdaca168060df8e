#include "measure/highs_meter.h"

#include <gtest/gtest.h>

#include "support/planted.h"
#include "support/source_of.h"

namespace lacquer {
namespace {

using test::frame;
using test::source_of;

constexpr double kRate = test::kSourceRate;

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

}  // namespace
}  // namespace lacquer
