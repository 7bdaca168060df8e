#include "judge/learned_target.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lacquer {
namespace {

constexpr LearningRules kRules{10.0, 30.0, 0.5, 3.0, 1.5, 0.6};

TargetCurve curve(const std::string& name, double db_per_octave) {
  TargetCurve made;
  made.name = name;
  for (int band = 0; band < kTargetBands; ++band) {
    const auto b = static_cast<std::size_t>(band);
    made.level_db[b] = db_per_octave * (band - 15) / 3.0;  // band 15, 630 Hz, is the middle
    made.tolerance_db[b] = 5.0;
  }
  return made;
}

std::vector<TargetCurve> built_in() { return {curve("level", 0.0), curve("falling", -3.0)}; }

Measurements record(double db_per_octave, double seconds = 180.0) {
  Measurements audio;
  audio.duration_s = seconds;
  audio.sample_rate_hz = 44100.0;
  audio.channels = 2;
  audio.loudness.integrated_lufs = -10.0;
  audio.spectrum.emplace();
  for (const double level : curve("", db_per_octave).level_db)
    audio.spectrum->third_octaves.push_back({0.0, level + 7.0, std::nullopt});
  return audio;
}

RecordShape shape(double db_per_octave) { return *read_record(record(db_per_octave), kRules).shape; }

TEST(LearnedTarget, OnlyTheShapeOfARecordCounts) {
  const RecordShape read = shape(-3.0);
  EXPECT_NEAR(read.level_db[15].value(), 0.0, 1e-9);  // what the file's level was does not matter
  EXPECT_NEAR(read.level_db[18].value(), -3.0, 1e-9);
  EXPECT_EQ(read.weight, 1.0);
  EXPECT_EQ(read.caution, "");
}

TEST(LearnedTarget, SilenceAndSnippetsAreLeftOutWithAReason) {
  Measurements silent = record(0.0);
  silent.loudness.integrated_lufs.reset();
  EXPECT_EQ(read_record(silent, kRules).unusable->reason, UnusableRecord::Reason::kSilent);
  EXPECT_EQ(read_record(record(0.0, 9.9), kRules).unusable->reason, UnusableRecord::Reason::kShort);
  EXPECT_FALSE(read_record(record(0.0, 10.0), kRules).unusable);
  EXPECT_EQ(read_record(record(0.0, NAN), kRules).unusable->reason, UnusableRecord::Reason::kShort);
  Measurements narrow = record(0.0);
  narrow.spectrum->third_octaves[12].level_db.reset();
  EXPECT_EQ(read_record(narrow, kRules).unusable->reason, UnusableRecord::Reason::kNoSpectrum);
}

TEST(LearnedTarget, APartOfARecordAndAMonoOneCountHalf) {
  const ReadRecord part = read_record(record(0.0, 29.0), kRules);
  EXPECT_EQ(part.shape->weight, 0.5);
  EXPECT_NE(part.shape->caution, "");
  Measurements mono = record(0.0);
  mono.channels = 1;
  EXPECT_TRUE(read_record(mono, kRules).mono);
  EXPECT_EQ(read_record(mono, kRules).shape->weight, 0.5);
  Measurements both_alike = record(0.0);
  both_alike.source.emplace();
  both_alike.source->dual_mono_share = 1.0;
  EXPECT_TRUE(read_record(both_alike, kRules).mono);
}

TEST(LearnedTarget, WhatAnEncoderCutOffIsNotLearned) {
  Measurements lossy = record(-3.0);
  lossy.source.emplace();
  lossy.source->lossy.suspected = true;
  lossy.source->lossy.shelf_hz = 16'000.0;
  const RecordShape read = *read_record(lossy, kRules).shape;
  EXPECT_FALSE(read.level_db[29]);  // 16 kHz reaches to 17.8 kHz
  EXPECT_TRUE(read.level_db[28]);
  const LearnedTarget learned = learn_target({read, read, read}, built_in(), kRules);
  EXPECT_EQ(learned.base, "falling");
  EXPECT_NEAR(learned.curve.level_db[29], built_in()[1].level_db[29], 1e-9);
  // Where the records lie elsewhere, the curve goes on from them.
  Measurements darker = lossy;
  for (std::size_t b = 21; b < 31; ++b) *darker.spectrum->third_octaves[b].level_db -= 6.0;
  const RecordShape dark = *read_record(darker, kRules).shape;
  EXPECT_NEAR(learn_target({dark}, built_in(), kRules).curve.level_db[29], built_in()[1].level_db[29] - 6.0,
              1e-9);
}

TEST(LearnedTarget, ThreeRecordsGiveTheirMedianAndTheirSpread) {
  // At 10 kHz (band 27) they lie 4, 8 and 20 dB under the middle: median 8, deviations 4, 0, 12, whose median
  // is 4. So 1.5 x 1.4826 x 4 dB, straight in frequency and thus untouched by its neighbours.
  const LearnedTarget learned = learn_target({shape(-1.0), shape(-2.0), shape(-5.0)}, built_in(), kRules);
  EXPECT_TRUE(learned.own_tolerance);
  EXPECT_NEAR(learned.curve.level_db[27], -8.0, 1e-9);
  EXPECT_NEAR(learned.curve.tolerance_db[27], 1.5 * 1.4826 * 4.0, 1e-9);
  // Where they agree, no less than 0.6 of the built-in 5 dB.
  EXPECT_NEAR(learned.curve.tolerance_db[15], 3.0, 1e-9);
}

TEST(LearnedTarget, OneRecordOutOfManyDoesNotMoveTheTarget) {
  const LearnedTarget learned =
      learn_target({shape(-2.0), shape(-2.1), shape(-1.9), shape(-2.0), shape(9.0)}, built_in(), kRules);
  EXPECT_NEAR(learned.curve.level_db[27], -8.0, 0.2);
  EXPECT_NEAR(learned.curve.tolerance_db[27], 3.0, 1e-9);
}

TEST(LearnedTarget, HalfWeightsCountHalf) {
  RecordShape half = shape(-4.0);
  half.weight = 0.5;
  // Two halves weigh as one whole: the median lies between.
  const LearnedTarget learned = learn_target({shape(-2.0), half, half}, built_in(), kRules);
  EXPECT_NEAR(learned.curve.level_db[27], -12.0, 1e-9);
}

TEST(LearnedTarget, TwoRecordsHaveAMeanButNoSpread) {
  const LearnedTarget learned = learn_target({shape(-2.0), shape(-5.0)}, built_in(), kRules);
  EXPECT_FALSE(learned.own_tolerance);
  EXPECT_NEAR(learned.curve.level_db[27], -14.0, 1e-9);
  EXPECT_EQ(learned.curve.tolerance_db, built_in()[1].tolerance_db);
  EXPECT_EQ(learned.base, "falling");
}

TEST(LearnedTarget, ItStaysWithinWhatATargetFileHolds) {
  RecordShape steep = shape(-3.0);
  steep.level_db[30] = -300.0;
  const LearnedTarget learned = learn_target({steep}, built_in(), kRules);
  EXPECT_EQ(learned.curve.level_db[30], -100.0);
}

}  // namespace
}  // namespace lacquer
