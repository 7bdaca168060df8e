#include "dsp/gliding_cascade.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "dsp/linear_phase_filter.h"
#include "dsp/matched.h"
#include "support/signals.h"

namespace lacquer {
namespace {

constexpr double kRate = 48000.0;

Cascade one(const AnalogueSection& section) {
  Cascade cascade;
  cascade.add(matched(section, kRate), matched(section, kRate));
  return cascade;
}

std::vector<double> tone(double hz, int frames) {
  const auto samples = test::sine(kRate, hz, 0.0, frames / kRate);
  return {samples.begin(), samples.end()};
}

void run(GlidingCascade& filters, std::vector<double>& samples, std::size_t from, std::size_t to) {
  for (std::size_t at = from; at < to; at += 100) {
    double* row = samples.data() + at;
    filters.process(&row, static_cast<int>(std::min<std::size_t>(100, to - at)));
  }
}

TEST(GlidingCascade, EndsAChangeWhereTheNewFiltersWouldBe) {
  GlidingCascade changed, fresh;
  for (GlidingCascade* filters : {&changed, &fresh}) filters->prepare(kRate, 1);
  changed.set(one(analogue_bell(60.0, 6.0, 1.0)));
  fresh.set(one(analogue_bell(200.0, -6.0, 1.0)));
  auto a = tone(150.0, 48000), b = a;
  run(changed, a, 0, 12000);
  changed.set(one(analogue_bell(200.0, -6.0, 1.0)));
  run(changed, a, 12000, 48000);
  run(fresh, b, 0, 48000);
  for (std::size_t i = 30000; i < 48000; ++i) ASSERT_NEAR(a[i], b[i], 1e-9);
}

// A click is a step that the waveform alone would not make: a 100 Hz tone of full scale moves by 0.0131 a
// frame, 6 dB more by 0.026.
TEST(GlidingCascade, NeverStepsWhileSettingsFlyByEvenIfManyCome) {
  GlidingCascade filters;
  filters.prepare(kRate, 1);
  auto samples = tone(100.0, 48000);
  for (std::size_t at = 0; at < 48000; at += 500) {
    const double gain_db = (at / 500) % 2 == 0 ? 6.0 : -6.0;
    filters.set(one(analogue_low_shelf(400.0, gain_db, 0.7)));
    run(filters, samples, at, at + 500);
  }
  for (std::size_t i = 1; i < samples.size(); ++i)
    ASSERT_LT(std::abs(samples[i] - samples[i - 1]), 0.03) << i;
}

TEST(GlidingCascade, ComesToRest) {
  GlidingCascade filters;
  filters.prepare(kRate, 1);
  EXPECT_TRUE(filters.at_rest());
  filters.set(one(analogue_bell(60.0, 6.0, 1.0)));
  EXPECT_FALSE(filters.at_rest());
  auto samples = tone(100.0, 9600);
  run(filters, samples, 0, 1000);
  filters.set(Cascade());
  run(filters, samples, 1000, 9600);
  EXPECT_TRUE(filters.at_rest());
}

TEST(LinearPhaseFilter, FadesToANewMagnitudeWithoutAStep) {
  LinearPhaseFilter filter;
  filter.prepare(kRate, 1);
  const auto signal = test::sine(kRate, 100.0, 0.0, 2.0);
  auto samples = signal;
  std::vector<double> half(static_cast<std::size_t>(filter.bins()), 0.5);
  for (std::size_t at = 0; at < samples.size(); at += 1000) {
    if (at == 30000) filter.set(half, half);
    float* row = samples.data() + at;
    filter.process(&row, static_cast<int>(std::min<std::size_t>(1000, samples.size() - at)));
  }
  const auto delay = static_cast<std::size_t>(filter.latency_frames());
  for (std::size_t i = delay + 1; i < samples.size(); ++i)
    ASSERT_LT(std::abs(samples[i] - samples[i - 1]), 0.0135F) << i;
  for (std::size_t i = 90000; i < samples.size(); ++i)
    ASSERT_NEAR(samples[i], 0.5F * signal[i - delay], 1e-6);
  for (std::size_t i = delay; i < 30000; ++i) ASSERT_EQ(samples[i], signal[i - delay]);
}

}  // namespace
}  // namespace lacquer
