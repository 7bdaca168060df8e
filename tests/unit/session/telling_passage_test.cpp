#include "session/telling_passage.h"

#include <gtest/gtest.h>

#include <limits>

namespace lacquer {
namespace {

// Two minutes; every 100 ms the same loudness, but louder from 60 s to 80 s.
MasterResult piece() {
  MasterResult result;
  result.before.duration_s = 120.0;
  for (int tenth = 0; tenth < 1200; ++tenth)
    result.before.loudness.momentary_lufs.push_back(tenth >= 600 && tenth < 800 ? -12.0F : -20.0F);
  result.after.overview.column_s = 0.5;
  result.limiter.reduction_db.assign(240, 0.0F);
  return result;
}

Finding finding(int item, Verdict verdict, TimeRange when) {
  Finding finding;
  finding.item = item;
  finding.id = "harshness";
  finding.verdict = verdict;
  finding.when = {when};
  return finding;
}

bool holds(const TimeRange& passage, double from_s, double to_s) {
  return passage.from_s <= from_s && passage.to_s >= to_s;
}

TEST(TellingPassage, IsTheLoudestWhereNothingElseSpeaks) {
  const TellingPassage passage = most_telling(piece(), 30.0);
  EXPECT_TRUE(holds(passage.when, 60.3, 79.7)) << passage.when.from_s;
  EXPECT_NEAR(passage.when.to_s - passage.when.from_s, 30.0, 1e-9);
  EXPECT_NE(passage.why.find("loudest"), std::string::npos) << passage.why;
}

TEST(TellingPassage, GoesWhereTheLimiterWorksAndTheFindingsAre) {
  MasterResult result = piece();
  for (std::size_t column = 20; column < 40; ++column) result.limiter.reduction_db[column] = 3.0F;
  result.diagnosis_before.findings = {finding(6, Verdict::kFix, {12.0, 13.0})};
  const TellingPassage passage = most_telling(result, 15.0);
  EXPECT_TRUE(holds(passage.when, 12.0, 13.0)) << passage.when.from_s;
  EXPECT_NE(passage.why.find("the limiter takes up to 3.0 dB"), std::string::npos) << passage.why;
  EXPECT_NE(passage.why.find("harshness (item 6) shows here"), std::string::npos) << passage.why;
}

TEST(TellingPassage, WhatMustBeFixedCountsForMoreThanWhatDeservesALook) {
  MasterResult result = piece();
  for (float& lufs : result.before.loudness.momentary_lufs) lufs = -20.0F;
  result.diagnosis_before.findings = {finding(6, Verdict::kLook, {10.0, 11.0}),
                                      finding(5, Verdict::kFix, {90.0, 91.0})};
  EXPECT_TRUE(holds(most_telling(result, 10.0).when, 90.5, 90.9));
}

TEST(TellingPassage, AShortOrSilentPieceIsTakenAsItIs) {
  MasterResult result = piece();
  EXPECT_EQ(most_telling(result, 600.0).when, (TimeRange{0.0, 120.0}));
  for (float& lufs : result.before.loudness.momentary_lufs) lufs = -std::numeric_limits<float>::infinity();
  EXPECT_EQ(most_telling(result, 10.0).when, (TimeRange{0.0, 10.0}));
}

}  // namespace
}  // namespace lacquer
