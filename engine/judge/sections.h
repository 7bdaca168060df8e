#pragma once

#include <string>
#include <vector>

#include "judge/finding.h"
#include "measure/measurements.h"

namespace lacquer {

// What makes a part of a piece, loaded by `library` from content/rules/sections.toml.
struct SectionRules {
  double least_piece_s = 0.0;     // shorter audio has no sections
  double least_s = 0.0;           // no section is shorter
  double step_lu = 0.0;           // two stretches of least_s are told apart from this step on
  double band_weight = 0.0;       // of a dB of bass or treble, squared, against a LU of loudness, squared
  double depth_lu = 0.0;          // what is further below the loudest is as quiet as that
  double contrast_lu = 0.0;       // loud and quiet parts differ by at least this
  double edge_s = 0.0;            // an intro or outro is no longer than this …
  double edge_share = 0.0;        // … nor than this share of the piece
  double drop_loudness_lu = 0.0;  // a drop comes in with at least this rise of loudness …
  double drop_bass_db = 0.0;      // … and this rise of what lies below 125 Hz
};

// The parts of a piece in order, without gaps from its start to its end; none where it is too short or of one
// kind throughout. The boundaries are good to about 2 s (of an hour of audio, to 4 s).
// The cuts minimise the squared deviations from the means of the parts, with a price on each cut
// (optimal partitioning: Jackson et al., "An algorithm for optimal partitioning of data on an interval", IEEE
// Signal Processing Letters 12(2), 2005); loud and quiet are then told apart where the variance between the
// two is greatest (Otsu 1979).
std::vector<Section> find_sections(const Measurements& audio, const SectionRules& rules);

// Where in the song something happens, for use in a sentence: "only in the intro", "only in the outro", "in
// the drops", "in the loud parts", "in one of the quiet parts". Empty where it keeps to no part, or to the
// one that is nearly everything.
std::string where_in_song(const std::vector<TimeRange>& when, const std::vector<Section>& sections);

}  // namespace lacquer
