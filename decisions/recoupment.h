#pragma once

#include <optional>

namespace lacquer {

// When an advance is earned back. Money in one currency, whichever; shares from 0 to 1.
struct Deal {
  double advance = 0.0;
  double share = 0.5;                  // the artist's, above 0
  double costs = 0.0;                  // recoupable
  std::optional<double> per_stream{};  // what the label receives for one; above 0
  std::optional<double> per_unit{};
};

// What has to come in before the artist is paid for the first time.
struct Recoupment {
  double receipts = 0.0;
  std::optional<double> streams{};  // of these alone
  std::optional<double> units{};
};

// Costs come off the top, and the advance off the artist's share: advance / share + costs. As on the sheet
// "Label, or on your own".
Recoupment recouped_off_the_top(const Deal& deal);
// Costs and advance both come off the artist's share: (advance + costs) / share.
Recoupment recouped_from_share(const Deal& deal);

}  // namespace lacquer
