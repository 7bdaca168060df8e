#pragma once

#include <optional>

#include "judge/tone.h"

namespace lacquer {

// Bursts of sibilance a minute: over the piece, and in the busiest stretch of it.
struct BurstRates {
  std::optional<double> per_minute;
  double busiest_per_minute = 0.0;
  std::vector<TimeRange>
      busy_when;  // stretches over the limit for stretches; else those over that for pieces
};
BurstRates burst_rates(const Measurements& audio, const TonalRules& rules);

// The fault they make, if they come often enough.
std::optional<ToneFault> judge_bursts(const Measurements& audio, const VocabularyTerm& sibilant,
                                      const BandLevels& deviation_db, const TonalRules& rules);

}  // namespace lacquer
