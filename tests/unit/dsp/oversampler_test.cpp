#include "dsp/oversampler.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "support/signals.h"
#include "support/tone.h"

namespace lacquer {
namespace {

template <class Change>
std::vector<float> through(Oversampler& oversampler, std::vector<float> signal, const Change& change) {
  for (std::size_t at = 0; at < signal.size(); at += 200) {
    const auto part = std::span(signal).subspan(at, std::min<std::size_t>(200, signal.size() - at));
    change(oversampler.up(part));
    oversampler.down(part);
  }
  return signal;
}
const auto kNothing = [](std::span<float>) {};

TEST(Oversampler, ReturnsWhatItGotDelayedByWholeFrames) {
  for (const int factor : {2, 4, 8, 16}) {
    Oversampler oversampler(factor);
    EXPECT_EQ(oversampler.factor(), factor);
    for (const double hz : {50.0, 5000.0, 20000.0}) {
      oversampler.reset();
      const auto signal = test::sine(44100.0, hz, -1.0, 0.2);
      const auto out = through(oversampler, signal, kNothing);
      const auto delay = static_cast<std::size_t>(oversampler.latency_frames());
      double worst = 0.0;  // past the first frames, where the filters see the tone's start
      for (std::size_t i = 1000; i + delay < out.size(); ++i)
        worst =
            std::max(worst, std::abs(static_cast<double>(out[i + delay]) - static_cast<double>(signal[i])));
      // 105 dB of stop band at each step, and single precision.
      EXPECT_LT(worst, 3e-5) << factor << " " << hz;
    }
  }
}

TEST(Oversampler, PutsNoImagesAboveTheSignal) {
  Oversampler oversampler(16);
  std::vector<float> high;
  through(oversampler, test::sine(44100.0, 5000.0, 0.0, 1.0),
          [&](std::span<float> samples) { high.insert(high.end(), samples.begin(), samples.end()); });
  EXPECT_NEAR(test::amplitude(high, 16 * 44100.0, 5000.0, 0.5), 1.0, 1e-4);
  for (const double image_hz : {39100.0, 49100.0, 83200.0, 127300.0, 171400.0, 347800.0})
    EXPECT_LT(20.0 * std::log10(test::amplitude(high, 16 * 44100.0, image_hz, 0.5)), -100.0) << image_hz;
}

TEST(Oversampler, FiltersOutWhatIsMadeAboveNyquist) {
  Oversampler oversampler(16);
  const auto made = test::sine(16 * 44100.0, 30000.0, 0.0, 1.0);  // would fold to 14.1 kHz
  std::size_t at = 0;
  const auto out = through(oversampler, test::silence(44100.0, 1.0), [&](std::span<float> samples) {
    for (float& sample : samples) sample += at < made.size() ? made[at++] : 0.0F;
  });
  EXPECT_LT(20.0 * std::log10(test::amplitude(out, 44100.0, 14100.0, 0.5)), -100.0);
}

TEST(Oversampler, RunsAtAMegahertzAtMostAndAtLeast700Kilohertz) {
  for (const double rate : {44100.0, 48000.0, 88200.0, 96000.0, 176400.0, 192000.0}) {
    const double high = rate * Oversampler::factor_for(rate);
    EXPECT_GE(high, 705000.0);
    EXPECT_LE(high, 1e6);
  }
}

}  // namespace
}  // namespace lacquer
