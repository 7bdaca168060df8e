#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/audio_stream.h"
#include "core/progress.h"
#include "judge/finding.h"
#include "judge/plan.h"
#include "measure/measurements.h"
#include "session/loudness_curve.h"

namespace lacquer {

// What became of one of the twelve items between the mix and the master.
struct ItemChange {
  int item = 0;
  std::string id;
  Verdict before = Verdict::kNotApplicable;
  Verdict after = Verdict::kNotApplicable;
  std::string change;          // "fixed", "better", "unchanged", "worse"
  std::optional<Stage> stage;  // the stage responsible, where one is
  double worse_db = 0.0;       // by how much its reading is worse; 0 where it is not
};

// A promise of the render, checked on the file it made.
struct VerifiedClaim {
  std::string claim;  // "true_peak <= -1.0 dBTP"
  double value = 0.0;
  bool holds = false;
};

// What the limiter did over the whole piece.
struct LimiterWork {
  double drive_db = 0.0;  // gain between the source and the limiter
  double reduction_max_db = 0.0;
  double reduction_p95_db = 0.0;    // 95th percentile over time
  double active_share = 0.0;        // share of the time with more than 0.1 dB of reduction
  std::vector<float> reduction_db;  // the largest in each column of the overview
};

struct MasterResult {
  Plan plan;
  Measurements before;
  Measurements after;
  Diagnosis diagnosis_before;
  Diagnosis diagnosis_after;
  std::vector<ItemChange> items;
  std::vector<VerifiedClaim> verified;
  LimiterWork limiter;
  LoudnessCurve loudness_curve{};  // empty where the piece has no loudness
  int renders = 0;
  double realtime_factor = 0.0;  // seconds of audio per second of work, filled by whoever owns a clock
};

}  // namespace lacquer
