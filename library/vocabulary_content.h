#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/vocabulary.h"
#include "session/range_listening.h"

namespace lacquer {

// content/vocabulary.toml: every [term.ID] with `cluster`, `range_hz = [low, high]`, `names` (excess, normal
// or deficiency), `measured_by`, the three texts, `instruments`; optional `excess_db` (above 0),
// `deficiency_db` (below 0), `also` (a list of { range_hz, at_least_db or at_most_db }), `disagreement`,
// `opposite` (another term). A term that names an excess needs excess_db, one that names a deficiency
// deficiency_db, one that names a normal state both. Throws Error "NAME:LINE: FIELD: what is wrong; what to
// do".
std::vector<VocabularyTerm> parse_vocabulary(std::string_view text, const std::string& name);

// [listening] of the same file: `seconds`, `boost_db` and `cut_db`, within the bounds of RangeListening.
// Throws Error.
RangeListening parse_range_listening(std::string_view text, const std::string& name);

}  // namespace lacquer
