#pragma once

#include <optional>
#include <vector>

#include "chain/limiter.h"
#include "judge/rules.h"
#include "measure/limiter_envelope.h"

namespace lacquer {

// What a piece would become at one drive into the limiter.
struct DriveOutcome {
  double drive_db = 0.0;
  double integrated_lufs = 0.0;
  double psr_p5_db = 0.0;
  double reduction_p95_db = 0.0;
  std::vector<double> block_power{};  // of the 400 ms blocks that loudness is gated over
};

// Predicts the limiter on a piece's envelope: the same gain curve as the render, many times
// faster. Loudness is that of the K-weighted energy under the squared curve; on music it agrees with the
// render to a few hundredths of an LU.
class DriveSolver {
 public:
  // `envelope` must outlive the solver. Of `limiter` all but the drive counts, and its ceiling is
  // ceiling_dbtp.
  DriveSolver(const LimiterEnvelope& envelope, double ceiling_dbtp, const LimiterParams& limiter);

  // Nothing in silence or in less than a 400 ms block: no loudness exists.
  std::optional<DriveOutcome> at(double drive_db) const;

  // The drive that takes the highest peak to the ceiling and no further; nothing in silence.
  std::optional<double> peak_drive_db() const;
  // The outcome that lands on `lufs`, or the nearest there is (kMostDriveDb bounds the search).
  std::optional<DriveOutcome> for_loudness(double lufs) const;
  // The loudest outcome within the budget, never quieter than peaks at the ceiling: up to there gain costs
  // nothing.
  std::optional<DriveOutcome> within(const LoudnessBudget& budget) const;
  bool affordable(const DriveOutcome& outcome, const LoudnessBudget& budget) const;
  // The same where the outcome of one more dB is known.
  static bool affordable(const DriveOutcome& outcome, const DriveOutcome& a_db_more,
                         const LoudnessBudget& budget);

  // The gain curve over a stretch of the envelope's cells, linear; fewer at its end.
  std::vector<float> gains(double drive_db, std::int64_t first_cell, std::size_t cells) const;

  static constexpr double kMostDriveDb = 60.0;

 private:
  LimiterGain gain_at(double drive_db) const;
  // What the soft clip takes off the peak of a cell.
  double rounded_off_db(std::size_t cell, double drive_db) const;

  const LimiterEnvelope& envelope_;
  double ceiling_dbtp_;
  LimiterParams limiter_;
  std::vector<float> peak_db_;
};

}  // namespace lacquer
