// What LinkwitzRileyBands and LinearPhaseBands promise: bands that fall by 24 dB an octave and sum flat.
#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <numbers>
#include <vector>

#include "dsp/linear_phase_bands.h"
#include "dsp/linkwitz_riley.h"

namespace lacquer {
namespace {

constexpr int kCell = 16;
using Rows = std::array<std::vector<StereoFrame>, kMostBands + 1>;  // the sum, then the bands

template <class Split>
Rows impulse_through(Split& split, int frames) {
  Rows rows;
  for (auto& row : rows) row.resize(static_cast<std::size_t>(frames));
  std::vector<StereoFrame> cell(kCell);
  for (int at = 0; at < frames; at += kCell) {
    cell.assign(kCell, {});
    if (at == 0) cell[0] = {1.0, -0.5};
    std::array<StereoFrame*, kMostBands> bands{};
    for (std::size_t b = 0; b < kMostBands; ++b) bands[b] = &rows[b + 1][static_cast<std::size_t>(at)];
    split.process(cell, &rows[0][static_cast<std::size_t>(at)], bands);
  }
  return rows;
}

std::complex<double> response(const std::vector<StereoFrame>& row, double rate, double hz) {
  std::complex<double> sum = 0.0;
  for (std::size_t i = 0; i < row.size(); ++i)
    sum += row[i][0] * std::polar(1.0, -2.0 * std::numbers::pi * hz * static_cast<double>(i) / rate);
  return sum;
}

double db(std::complex<double> value) { return 20.0 * std::log10(std::abs(value)); }

constexpr std::array kBorders = {120.0, 500.0, 2000.0, 7000.0};
constexpr std::array kAll = {true, true, true, true, true};

Rows linkwitz_riley(double rate) {
  LinkwitzRileyBands split;
  split.prepare(rate);
  split.set(kBorders, kAll);
  return impulse_through(split, 32768);
}

Rows linear_phase(double rate) {
  LinearPhaseBands split;
  split.prepare(rate, kCell);
  split.set(kBorders, kAll);
  return impulse_through(split, 32768);
}

std::vector<StereoFrame> total_of_bands(const Rows& rows) {
  std::vector<StereoFrame> total(rows[0].size());
  for (std::size_t b = 1; b < rows.size(); ++b)
    for (std::size_t i = 0; i < total.size(); ++i)
      for (std::size_t lane = 0; lane < 2; ++lane) total[i][lane] += rows[b][i][lane];
  return total;
}

TEST(BandSplit, BandsOfFiveSumFlat) {
  for (const double rate : {44100.0, 48000.0, 96000.0})
    for (const Rows& rows : {linkwitz_riley(rate), linear_phase(rate)}) {
      const auto total = total_of_bands(rows);
      for (double hz = 20.0; hz < 0.45 * rate; hz *= 1.09) {
        EXPECT_NEAR(db(response(total, rate, hz)), 0.0, 0.001) << hz << " Hz at " << rate;
        EXPECT_NEAR(db(response(rows[0], rate, hz)), 0.0, 0.001) << hz << " Hz at " << rate;
      }
    }
}

// Each band alone is known only by its difference from the others: the sum must be theirs, in phase too.
TEST(BandSplit, TheSumIsThatOfTheBandsSampleForSample) {
  for (const Rows& rows : {linkwitz_riley(48000), linear_phase(48000)}) {
    const auto total = total_of_bands(rows);
    for (std::size_t i = 0; i < total.size(); ++i)
      for (std::size_t lane = 0; lane < 2; ++lane) ASSERT_NEAR(total[i][lane], rows[0][i][lane], 1e-6) << i;
  }
}

TEST(BandSplit, LinearPhaseLeavesTheSumUntouched) {
  LinearPhaseBands split;
  split.prepare(48000, kCell);
  split.set(kBorders, kAll);
  const Rows rows = impulse_through(split, 16384);
  for (int i = 0; i < 16384; ++i)
    ASSERT_EQ(rows[0][static_cast<std::size_t>(i)][0], i == split.latency_frames() ? 1.0 : 0.0) << i;
}

// The two sides of a crossover are 6.02 dB down at it and fall by 24 dB an octave: 1 / (1 + 2^4) and
// 1 / (1 + 4^4) one and two octaves away. Towards Nyquist the trapezoidal integrator presses frequencies
// together, so a high border of LinkwitzRileyBands is up to 3 dB an octave steeper.
TEST(BandSplit, BandsFallBy24DbAnOctave) {
  for (const Rows& rows : {linkwitz_riley(48000), linear_phase(48000)}) {
    const auto& low = rows[1];
    EXPECT_NEAR(db(response(low, 48000, 120)), -6.02, 0.1);
    EXPECT_NEAR(db(response(low, 48000, 240)), -24.6, 0.5);
    EXPECT_NEAR(db(response(low, 48000, 480)), -48.2, 0.7);
    const auto& high = rows[5];
    EXPECT_NEAR(db(response(high, 48000, 7000)), -6.02, 0.1);
    EXPECT_NEAR(db(response(high, 48000, 3500)), -26.0, 1.5);
    EXPECT_NEAR(db(response(rows[3], 48000, 1000)), -0.54 - 0.54, 0.2);  // an octave from both its borders
  }
}

TEST(BandSplit, OneWantedBandIsTheSameAsAmongAll) {
  const Rows all = linkwitz_riley(48000);
  LinkwitzRileyBands split;
  split.prepare(48000);
  split.set(kBorders, {false, false, true, false, false});
  const Rows one = impulse_through(split, 32768);
  EXPECT_EQ(one[3], all[3]);
  EXPECT_EQ(one[0], all[0]);
}

}  // namespace
}  // namespace lacquer
