#pragma once

#include <vector>

#include "judge/tone_levels.h"
#include "judge/tone_shape.h"

namespace lacquer {

// A wanted change of tone as a few moves of an equaliser: found one after the other, each time the one that
// leaves the least (orthogonal matching pursuit, Y. Pati, R. Rezaiifar, P. Krishnaprasad, Asilomar 1993), all
// gains solved again together after each, then every move once more exchanged for the best in its place.
struct ToneFitLimits {
  int moves = 6;
  double most_cut_db = 6.0;
  double most_boost_db = 4.0;
  double least_move_db = 0.3;  // moves smaller than this are left out
};

// `wanted_db` by third-octave; bands that are NaN are no one's business. Empty where nothing is wanted.
std::vector<ToneMove> fit_moves(const BandLevels& wanted_db, const ToneFitLimits& limits);

// What the moves do together.
BandLevels response_db(const std::vector<ToneMove>& moves);

}  // namespace lacquer
