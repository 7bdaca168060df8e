#include "judge/match_tone.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace lacquer {
namespace {

double rms_between(const BandLevels& a, const BandLevels& b) {
  double sum = 0.0;
  for (std::size_t band = 0; band < a.size(); ++band) sum += (a[band] - b[band]) * (a[band] - b[band]);
  return std::sqrt(sum / static_cast<double>(a.size()));
}

TEST(MatchTone, FindsACurveThatMovesCanMake) {
  const std::vector<ToneMove> made = {{ToneMove::Shape::kLowShelf, 120.0, 2.5, 0.7},
                                      {ToneMove::Shape::kBell, 400.0, -3.5, 1.0},
                                      {ToneMove::Shape::kBell, 3000.0, 2.0, 1.4},
                                      {ToneMove::Shape::kHighShelf, 8000.0, -2.0, 0.7}};
  const std::vector<ToneMove> found = fit_moves(response_db(made), {});
  EXPECT_LE(found.size(), 6U);
  EXPECT_LT(rms_between(response_db(found), response_db(made)), 0.15);  // gains are written to 0.1 dB
}

TEST(MatchTone, LeavesAFlatWishAlone) {
  EXPECT_TRUE(fit_moves(BandLevels{}, {}).empty());
  BandLevels faint{};
  faint.fill(0.1);
  EXPECT_TRUE(fit_moves(faint, {}).empty());
}

TEST(MatchTone, KeepsEveryMoveWithinItsLimits) {
  BandLevels wild{};
  for (std::size_t band = 0; band < wild.size(); ++band) wild[band] = band % 4 < 2 ? 12.0 : -12.0;
  for (const ToneMove& move : fit_moves(wild, {6, 3.0, 2.0, 0.3})) {
    EXPECT_GE(move.gain_db, -3.0);
    EXPECT_LE(move.gain_db, 2.0);
  }
  EXPECT_LE(fit_moves(wild, {2, 3.0, 2.0, 0.3}).size(), 2U);
}

TEST(MatchTone, TakesNoNoticeOfBandsThatAreUnknown) {
  BandLevels wanted = response_db(ToneMove{ToneMove::Shape::kBell, 500.0, -3.0, 1.0});
  BandLevels with_gaps = wanted;
  for (std::size_t band = 25; band < with_gaps.size(); ++band)
    with_gaps[band] = std::numeric_limits<double>::quiet_NaN();
  const BandLevels found = response_db(fit_moves(with_gaps, {}));
  EXPECT_LT(rms_between(found, wanted), 0.15);
  BandLevels nothing{};
  nothing.fill(std::numeric_limits<double>::quiet_NaN());
  EXPECT_TRUE(fit_moves(nothing, {}).empty());
}

}  // namespace
}  // namespace lacquer
