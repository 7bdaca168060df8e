// True peak where meters go wrong: crests that fall between samples, at every rate. Two yardsticks: a plain
// 32-fold reading in double precision (support/reference_peak.h), and the height the signal was built with.
// The tolerance is that of EBU Tech 3341 (+0.2, -0.4 dB); signals like music are held to 0.05 dB.
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <vector>

#include "core/noise.h"
#include "support/meter_signal.h"
#include "support/reference_peak.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kOverDb = 0.2;
constexpr double kUnderDb = 0.4;
constexpr double kMusicDb = 0.05;

double db(double gain) { return 20.0 * std::log10(gain); }

class TruePeak : public ::testing::TestWithParam<double> {
 protected:
  double rate() const { return GetParam(); }
  double read_dbtp(const std::vector<float>& signal) const {
    return *test::measure(test::on_channels(signal, 1), rate(), {}, MeasureGroups::kLoudness).peak.true_dbtp;
  }
  void expect_within(const std::vector<float>& signal, double truth_db, const std::string& what) const {
    EXPECT_LE(read_dbtp(signal), truth_db + kOverDb) << what;
    EXPECT_GE(read_dbtp(signal), truth_db - kUnderDb) << what;
  }
  void expect_as_the_reference(const std::vector<float>& signal, double tolerance_db,
                               const std::string& what) const {
    EXPECT_NEAR(read_dbtp(signal), db(test::reference_true_peak(signal)), tolerance_db) << what;
  }
};

// One pulse that holds every frequency below `share` of the rate equally, its crest `shift` after a sample.
void add_pulse(std::vector<float>& to, double at, double height, double share) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    const double x = 2.0 * share * std::numbers::pi * (static_cast<double>(i) - at);
    const double window = std::exp(-0.5 * std::pow((static_cast<double>(i) - at) / 400.0, 2.0));
    to[i] += static_cast<float>(height * window * (std::abs(x) < 1e-9 ? 1.0 : std::sin(x) / x));
  }
}

TEST_P(TruePeak, APulseIsAsHighWhereverItFallsBetweenSamples) {
  for (const double shift : {0.0, 0.25, 0.5, 0.77})
    for (const double share : {0.5, 0.45, 0.25}) {
      std::vector<float> signal(8192);
      add_pulse(signal, 4000.0 + shift, 0.8, share);
      const std::string what = std::to_string(shift) + " of a frame, to " + std::to_string(share);
      expect_within(signal, db(0.8), what);
      expect_as_the_reference(signal, kMusicDb, what);
    }
}

TEST_P(TruePeak, ATrainOfPulsesThatNeverMeetTheGrid) {
  for (const double spacing : {7.25, 11.5, 33.37}) {
    std::vector<float> signal(8192);
    double sign = 1.0;
    for (double at = 500.0; at < 7500.0; at += spacing, sign = -sign) add_pulse(signal, at, 0.5 * sign, 0.45);
    expect_as_the_reference(signal, kMusicDb, std::to_string(spacing));
  }
}

TEST_P(TruePeak, ASweepIsAsHighAtEveryFrequency) {
  // Exponential, 20 Hz to 0.45 of the rate, and its last octave alone.
  for (const double from_hz : {20.0, 0.225 * rate()}) {
    const double to_hz = 0.45 * rate();
    const auto frames = static_cast<std::size_t>(rate());
    std::vector<float> signal(frames);
    const double octaves = std::log(to_hz / from_hz);
    for (std::size_t i = 0; i < frames; ++i) {
      const double t = static_cast<double>(i) / static_cast<double>(frames);
      const double phase = 2.0 * std::numbers::pi * from_hz / octaves * (std::exp(octaves * t) - 1.0);
      signal[i] = static_cast<float>(0.9 * std::sin(phase));
    }
    test::fade(signal, rate(), 0.02);
    expect_within(signal, db(0.9), std::to_string(from_hz));
    expect_as_the_reference(signal, kMusicDb, std::to_string(from_hz));
  }
}

TEST_P(TruePeak, TwoTonesAddUpBetweenSamples) {
  const double pairs[][2] = {{0.11, 0.13}, {0.23, 0.251}, {0.31, 0.402}, {0.05, 0.44}};
  for (const auto& pair : pairs) {
    auto signal = test::sine(rate(), pair[0] * rate(), db(0.4), 0.5, 17.0);
    const auto second = test::sine(rate(), pair[1] * rate(), db(0.4), 0.5, 71.0);
    for (std::size_t i = 0; i < signal.size(); ++i) signal[i] += second[i];
    test::fade(signal, rate(), 0.02);
    expect_within(signal, db(0.8), std::to_string(pair[0]));
    expect_as_the_reference(signal, kMusicDb, std::to_string(pair[0]));
  }
}

// Samples that alternate at full scale and change step: the waveform between them rises far above. How far,
// no finite filter knows; this one must agree with the yardstick, which has as many taps.
TEST_P(TruePeak, AlternatingBurstsThatChangeStep) {
  for (const int length : {4, 9, 24, 64}) {
    std::vector<float> signal(4096);
    const int turn = 2048;
    for (int i = -length; i < length; ++i) {
      const int sign = (i < 0 ? i : i + 1) % 2 == 0 ? 1 : -1;
      signal[static_cast<std::size_t>(turn + i)] = 0.7F * static_cast<float>(sign);
    }
    EXPECT_GT(read_dbtp(signal), db(0.7) + 2.0) << length;
    expect_as_the_reference(signal, kMusicDb, std::to_string(length));
  }
}

// Like music: most of it low, crests anywhere, clipped in places.
TEST_P(TruePeak, MusicLikeSignals) {
  for (const double ceiling : {10.0, 1.0}) {
    NoiseGenerator noise(test::test_seed(3));
    std::vector<float> signal(static_cast<std::size_t>(rate()));
    double low = 0.0, middle = 0.0;
    for (float& x : signal) {
      low += 0.02 * (noise.white() - low);
      middle += 0.35 * (noise.white() - middle);
      x = static_cast<float>(std::clamp(9.0 * low + 0.5 * middle, -ceiling, ceiling));
    }
    test::fade(signal, rate(), 0.02);
    expect_as_the_reference(signal, kMusicDb, std::to_string(ceiling));
  }
}

INSTANTIATE_TEST_SUITE_P(Rates, TruePeak, ::testing::Values(44100.0, 48000.0, 88200.0, 96000.0, 192000.0),
                         [](const auto& rate) { return std::to_string(static_cast<int>(rate.param)); });

}  // namespace
}  // namespace lacquer
