#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/finding.h"
#include "judge/target_choice.h"

namespace lacquer {

// A tonal fault: a word of the vocabulary that the piece deserves.
struct ToneFault {
  const VocabularyTerm* term = nullptr;  // of the knowledge it was judged by
  Severity severity = Severity::kLook;
  double deviation_db = 0.0;  // from the target, at its worst octave (bursts: of the range)
  double usual_db = 0.0;      // what the target tolerates there; 0 for bursts
  double over_db = 0.0;       // beyond the tolerance
  double hz = 0.0;            // the middle of it
  double rank = 0.0;          // the higher, the earlier it is named
  bool at_times = false;
  bool second_target = false;  // only the second-best target is exceeded
  bool first_passes = false;   // the target that was chosen is not exceeded at all
  std::string target;          // the name of the one that is
  double certainty = 1.0;      // factor
  std::vector<TimeRange> when;
};

// The tone of a piece against its target.
struct Tone {
  TargetChoice choice;
  BandLevels deviation_db{};  // of the whole piece from the chosen target; NaN where unknown
  double drums = 0.0;         // percussion()
  // Percussion lifts both ends together: by so much both stand over the target. 0 without drums.
  double lift_db = 0.0;
  std::vector<ToneFault> faults;  // the first to be named first

  const ToneFault* fault(std::string_view id) const;
};

Tone hear_tone(const Measurements& audio, const Circumstances& circumstances, const Knowledge& known);

// True where the centre of the band lies in the range, with the slack that nominal frequencies need.
bool is_in_range(std::size_t band, double low_hz, double high_hz);
// Mean over the bands of a range that are known.
std::optional<double> mean_in_range(const BandLevels& levels, double low_hz, double high_hz);

// A narrow peak that stays where it is while the notes move.
bool is_steady_resonance(const Resonance& resonance, const TonalRules::Resonance& rules);

}  // namespace lacquer
