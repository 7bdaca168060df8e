#include "decisions/recoupment.h"

namespace lacquer {
namespace {

Recoupment reached(const Deal& deal, double receipts) {
  const auto count = [&](const std::optional<double>& each) {
    return each ? std::optional(receipts / *each) : std::nullopt;
  };
  return {receipts, count(deal.per_stream), count(deal.per_unit)};
}

}  // namespace

Recoupment recouped_off_the_top(const Deal& deal) {
  return reached(deal, deal.advance / deal.share + deal.costs);
}

Recoupment recouped_from_share(const Deal& deal) {
  return reached(deal, (deal.advance + deal.costs) / deal.share);
}

}  // namespace lacquer
