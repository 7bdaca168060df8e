#include "decisions/recoupment.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

// Worked by hand: 2,000 / 0.5 + 1,500 = 5,500; / 0.003 = 1,833,333.
TEST(Recoupment, off_the_top_is_as_on_the_sheet) {
  const Recoupment found = recouped_off_the_top({2000.0, 0.5, 1500.0, 0.003, 5.0});
  EXPECT_NEAR(found.receipts, 5500.0, 1e-9);
  EXPECT_NEAR(*found.streams, 1'833'333.3, 0.1);
  EXPECT_NEAR(*found.units, 1100.0, 1e-9);
}

TEST(Recoupment, from_the_share_takes_longer_by_the_costs_over_the_share) {
  const Deal deal{2000.0, 0.5, 1500.0, 0.003, std::nullopt};
  EXPECT_NEAR(recouped_from_share(deal).receipts, 7000.0, 1e-9);
  EXPECT_FALSE(recouped_from_share(deal).units);
}

// Played month by month instead of by formula: the label's books, receipt by receipt.
TEST(Recoupment, agrees_with_the_books_kept_receipt_by_receipt) {
  const Deal deal{300.0, 0.2, 450.0, 1.0, std::nullopt};
  double costs = deal.costs;
  double advance = deal.advance;
  long streams = 0;
  while (advance > 1e-9) {
    ++streams;
    double in = *deal.per_stream;
    const double off_the_top = std::min(in, costs);
    costs -= off_the_top;
    in -= off_the_top;
    advance -= in * deal.share;
  }
  EXPECT_NEAR(static_cast<double>(streams), *recouped_off_the_top(deal).streams, 1.0);
}

}  // namespace
}  // namespace lacquer
