#include "session/batch_line.h"

#include <gtest/gtest.h>

#include <numeric>

#include "core/error.h"
#include "support/every_order.h"
#include "unit/session/memory_source.h"

namespace lacquer {
namespace {

using namespace test;  // NOLINT(google-build-using-namespace)

// Numbers its frames and stops after so many.
Worker counting(std::int64_t frames, std::int64_t& made) {
  return [frames, &made](Batch& batch) {
    batch.first = 0;
    batch.frames = static_cast<int>(std::min<std::int64_t>(frames - made, kBatchFrames));
    const auto samples = batch.audio.channel(0).first(static_cast<std::size_t>(batch.frames));
    std::iota(samples.begin(), samples.end(), static_cast<float>(made));
    made += batch.frames;
  };
}

// What arrives, in order.
Worker collecting(std::vector<float>& got) {
  return [&got](Batch& batch) {
    const auto samples = batch.block().channel(0);
    got.insert(got.end(), samples.begin(), samples.end());
  };
}

TEST(BatchLine, EveryWorkerMeetsAllAudioInOrderWhateverTheExecutorDoes) {
  for (const std::int64_t frames : {0, 1, kBatchFrames - 1, kBatchFrames, 5 * kBatchFrames + 77})
    for (Executor* executor : every_order()) {
      std::int64_t made = 0;
      std::vector<float> one, other, doubled;
      const Station doubling = {[](Batch& batch) {
        for (float& sample : batch.block().channel(0)) sample *= 2.0F;
      }};
      run_line(
          *executor, 1,
          {{counting(frames, made)}, {collecting(one), collecting(other)}, doubling, {collecting(doubled)}},
          [] {});
      ASSERT_EQ(one.size(), static_cast<std::size_t>(frames));
      EXPECT_EQ(one, other);
      for (std::size_t i = 0; i < one.size(); ++i) {
        ASSERT_EQ(one[i], static_cast<float>(i));
        ASSERT_EQ(doubled[i], 2.0F * static_cast<float>(i));
      }
    }
}

TEST(BatchLine, WhatAStationDropsTheNextOnesDoNotMeet) {
  for (Executor* executor : every_order()) {
    std::int64_t made = 0;
    std::vector<float> got;
    std::int64_t late = kBatchFrames + 5;  // more than a whole batch
    const Station dropping = {[&](Batch& batch) {
      const auto dropped = static_cast<int>(std::min<std::int64_t>(late, batch.frames));
      late -= dropped;
      batch.first = dropped;
      batch.frames -= dropped;
    }};
    run_line(*executor, 1, {{counting(3 * kBatchFrames, made)}, dropping, {collecting(got)}}, [] {});
    ASSERT_EQ(got.size(), static_cast<std::size_t>(2 * kBatchFrames - 5));
    EXPECT_EQ(got.front(), static_cast<float>(kBatchFrames + 5));
  }
}

TEST(BatchLine, EndsWithTheErrorOfAnyWorker) {
  for (Executor* executor : every_order()) {
    std::int64_t made = 0;
    int batches = 0;
    const Station failing = {[&](Batch&) {
      if (++batches == 3) throw Error("it broke; mend it");
    }};
    EXPECT_THROW(run_line(*executor, 1, {{counting(100 * kBatchFrames, made)}, failing}, [] {}), Error);
    EXPECT_LT(made, 10 * kBatchFrames);
    made = 0;
    EXPECT_THROW(run_line(*executor, 1, {{counting(100 * kBatchFrames, made)}}, [] { throw Cancelled(); }),
                 Cancelled);
  }
}

TEST(Survey, IsTheSameToTheBitWhateverTheExecutorDoes) {
  std::vector<Survey> surveys;
  for (Executor* executor : every_order()) {
    MemorySource source(beat(6.0, -6.0));
    surveys.push_back(survey_source(source, MeasureGroups::kAll, {*executor, {}}));
  }
  const Survey& one = surveys.front();
  for (const Survey& other : surveys) {
    EXPECT_EQ(one.envelope.peak, other.envelope.peak);
    EXPECT_EQ(one.envelope.energy, other.envelope.energy);
    EXPECT_EQ(one.measurements.loudness.integrated_lufs, other.measurements.loudness.integrated_lufs);
    EXPECT_EQ(one.measurements.loudness.short_term_lufs, other.measurements.loudness.short_term_lufs);
    EXPECT_EQ(one.measurements.peak.true_dbtp, other.measurements.peak.true_dbtp);
    EXPECT_EQ(one.measurements.dynamics->psr_p5_db, other.measurements.dynamics->psr_p5_db);
    EXPECT_EQ(one.measurements.stereo->mono_loss_db, other.measurements.stereo->mono_loss_db);
    EXPECT_EQ(one.measurements.spectrum->slope_psd_db_per_octave,
              other.measurements.spectrum->slope_psd_db_per_octave);
    EXPECT_EQ(one.measurements.spectrum->third_octaves_over_time.values,
              other.measurements.spectrum->third_octaves_over_time.values);
    EXPECT_EQ(one.measurements.source->bandwidth_hz, other.measurements.source->bandwidth_hz);
    EXPECT_EQ(one.measurements.source->effective_bits, other.measurements.source->effective_bits);
  }
}

}  // namespace
}  // namespace lacquer
