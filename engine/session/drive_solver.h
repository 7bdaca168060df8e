#pragma once

#include <optional>
#include <vector>

#include "chain/limiter.h"
#include "core/executor.h"
#include "dsp/limiter_gain.h"
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
  // `envelope` and `executor` must outlive the solver. Of `limiter` all but the drive counts, and its ceiling
  // is ceiling_dbtp.
  DriveSolver(const LimiterEnvelope& envelope, double ceiling_dbtp, const LimiterParams& limiter,
              Executor& executor);

  void set_ceiling(double ceiling_dbtp) { ceiling_dbtp_ = ceiling_dbtp; }

  // Nothing in silence or in less than a 400 ms block: no loudness exists.
  std::optional<DriveOutcome> at(double drive_db) const;
  // The same of several drives, side by side.
  std::vector<std::optional<DriveOutcome>> at_each(const std::vector<double>& drives_db) const;

  // The drive that takes the highest peak to the ceiling and no further; nothing in silence.
  std::optional<double> peak_drive_db() const;
  // The outcome that lands on `lufs`, or the nearest there is (kMostDriveDb bounds the search).
  std::optional<DriveOutcome> for_loudness(double lufs) const;
  // The loudest outcome within the budget, never quieter than peaks at the ceiling: up to there gain costs
  // nothing.
  std::optional<DriveOutcome> within(const LoudnessBudget& budget) const;
  bool affordable(const DriveOutcome& outcome, const LoudnessBudget& budget) const;
  // The same where what one dB more would give is known.
  static bool affordable(const DriveOutcome& outcome, const std::optional<DriveOutcome>& one_more,
                         const LoudnessBudget& budget);

  // The loudness to name instead of one that no drive reaches, in tenths: what the nearest outcome predicts,
  // less what the prediction may be off by where the limiter is driven that hard.
  static double nearest_to_name_lufs(const DriveOutcome& nearest);

  // The gain curve over a stretch of the envelope's cells, linear; fewer at its end.
  std::vector<float> gains(double drive_db, std::size_t first_cell, std::size_t cells) const;

  static constexpr double kMostDriveDb = 60.0;

 private:
  struct Tenths;
  LimiterGain gain_at(double drive_db) const;
  // What the soft clip takes off a peak.
  double rounded_off_db(double peak_db, double drive_db) const;
  void follow(LimiterGain& gain, double drive_db, std::size_t from,
              std::vector<double>& attenuation_db) const;

  const LimiterEnvelope& envelope_;
  double ceiling_dbtp_;
  LimiterParams limiter_;
  Executor& executor_;
  std::size_t latency_cells_ = 0;
  // Peaks in dB, bridged and held: what does not depend on the drive is done once (LimiterGain::hold). The
  // curve's first cell stands at latency_cells_.
  std::vector<float> held_db_;
  std::vector<std::size_t> tenth_ends_;  // the cell after each 100 ms
};

}  // namespace lacquer
