#pragma once

#include <string>

#include "judge/finding.h"

namespace lacquer {

// What became of one item between two judgements of a piece, and the measurement that decided it, before and
// after, where one did; it lives in the findings.
//
// To pass is fixed, towards it is better. A mix and a master are judged by different limits, so a verdict
// alone proves nothing: where an item has a measurement outside its limit, that measurement must have moved
// the same way, by at least 0.1 units and a tenth of its distance; by it alone an item that stayed at look or
// fix is better or worse. What no measurement decides, or did not apply before, is unchanged.
struct FindingChange {
  std::string change;  // "fixed", "better", "unchanged", "worse"
  const Evidence* from = nullptr;
  const Evidence* to = nullptr;
};
FindingChange change_of(const Finding& before, const Finding& after);

// How much worse a reading became, in dB: of other units than dB and LU by their ratio. 6 dB where the item
// is worse without a reading that says by how much; 0 where it is not worse.
double loss_db(const FindingChange& change);

}  // namespace lacquer
