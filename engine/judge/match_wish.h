#pragma once

#include <array>

#include "judge/chain_rules.h"
#include "judge/reference_sound.h"
#include "judge/target.h"
#include "judge/tone_levels.h"
#include "measure/measurements.h"

namespace lacquer {

// Why a third-octave does not go the way that was asked for.
enum class MatchHold {
  kNone,
  kNothing,  // nothing was recorded there that could be raised
  kNoise,    // what is there is faint and as steady as noise
  kLimit     // the move ends at its limit
};

// How each third-octave is to move to bring a piece nearer to a reference: the level of what the channels
// share, and of the sides against it. 0 where it is left; never NaN.
struct MatchWish {
  BandLevels tone_db{};
  BandLevels width_db{};
  std::array<MatchHold, kTargetBands> held{};
  // The piece and the reference as far as both are known from 40 Hz to 16 kHz, else NaN.
  BandLevels tone_distance_db{};
  BandLevels width_distance_db{};  // reference less piece; to no wider than the rules allow

  // What the whole does to the level of both channels together, given the piece's own sides.
  BandLevels response_db(const BandLevels& side_to_mid_db) const;
};

// The share `amount` (0 to 1) of the distance, within the rules. First the width, by how far the reference's
// sides stand against its middle; then the tone, so that both together have the level wanted. Below 40 Hz and
// above 16 kHz a cut goes on and a boost does not: what lies there differs between records for reasons of its
// own.
MatchWish wish_for(const Measurements& audio, const TargetCurve& reference, const ReferenceSound& sound,
                   double amount, bool with_width, const ChainRules& rules);

}  // namespace lacquer
