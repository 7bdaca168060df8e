#pragma once

#include <vector>

#include "judge/circumstances.h"
#include "judge/knowledge.h"
#include "judge/tone_levels.h"

namespace lacquer {

// How much the rhythm speaks for music with drums: 1 all for, -1 all against, 0 undecided or unknown. From
// the rate of onsets and the loudness range: sparse and wide is played without drums. It says nothing of the
// tone, so no fault of the tone can move it far.
double percussion(const Measurements& audio, const TonalRules& rules);

struct NearTarget {
  TargetCurve curve;
  double misfit = 0.0;  // how much less well its shape fits than the chosen one's, in tolerances
};

struct TargetChoice {
  std::optional<ChosenTarget> target;  // none where there is no tone to compare
  std::vector<NearTarget> near;        // others that fit nearly as well, best first
  bool unlike = false;                 // the piece resembles no record the target stands for
};

// The target that was told, else the built-in one that rhythm and shape speak for. The shape counts by its
// mean distance over the bands, in tolerances, each band held to a limit.
TargetChoice choose_target(const Measurements& audio, const BandLevels& levels,
                           const Circumstances& circumstances, const Knowledge& known);

}  // namespace lacquer
