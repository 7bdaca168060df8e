#include "playback/ceiling_search.h"

#include <gtest/gtest.h>

#include <cmath>

#include "core/noise.h"
#include "support/signals.h"

namespace lacquer {
namespace {

TEST(CeilingSearch, keeps_the_first_ceiling_where_it_holds) {
  const auto found = search_ceiling({-1.0, 0.0, -12.0}, [](double c) { return c + 0.5; });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->ceiling_dbtp, -1.0);
  EXPECT_EQ(found->tries, 1);
}

TEST(CeilingSearch, lowers_it_by_what_the_codec_adds) {
  for (const double added : {1.05, 1.7, 3.0, 6.0}) {
    const auto found = search_ceiling({-1.0, 0.0, -12.0}, [&](double c) { return c + added; });
    ASSERT_TRUE(found) << added;
    EXPECT_LE(*found->decoded_dbtp, 0.0);
    EXPECT_NEAR(found->ceiling_dbtp, -added, kCeilingSlackDb);
  }
}

TEST(CeilingSearch, what_it_returns_was_tried_and_held_also_where_the_codec_is_noisy) {
  NoiseGenerator noise(test::test_seed(21));
  for (int i = 0; i < 300; ++i) {
    const double added = 0.5 + 3.0 * noise.uniform();
    const double slope = 0.7 + 0.6 * noise.uniform();
    std::vector<std::pair<double, double>> tried;
    const auto found = search_ceiling({-1.0, 0.0, -12.0}, [&](double c) {
      tried.emplace_back(c, slope * (c + 1.0) - 1.0 + added + 0.2 * (noise.uniform() - 0.5));
      return tried.back().second;
    });
    ASSERT_TRUE(found);
    EXPECT_LE(tried.size(), static_cast<std::size_t>(kMostTries));
    const auto same = [&](const auto& one) { return one.first == found->ceiling_dbtp; };
    const auto at = std::find_if(tried.begin(), tried.end(), same);
    ASSERT_NE(at, tried.end());
    EXPECT_LE(at->second, 0.0);
    EXPECT_GT(at->second, -1.0) << "lower than it had to be";
  }
}

TEST(CeilingSearch, says_so_where_no_ceiling_holds) {
  EXPECT_FALSE(search_ceiling({-1.0, 0.0, -12.0}, [](double) { return 1.0; }));
}

// As where every ceiling is met by a harder drive: what is over shrinks slowly.
TEST(CeilingSearch, a_codec_that_adds_more_under_each_lower_ceiling_is_still_answered) {
  const auto found = search_ceiling({-1.0, 0.0, -12.0}, [](double c) { return 0.2 * c + 1.4; });
  ASSERT_TRUE(found);
  EXPECT_LE(found->ceiling_dbtp, -7.0);
  EXPECT_LE(*found->decoded_dbtp, 0.0);
}

TEST(CeilingSearch, the_lowest_ceiling_is_tried_before_it_gives_up) {
  double lowest = 0.0;
  EXPECT_FALSE(search_ceiling({-1.0, 0.0, -12.0}, [&](double c) {
    lowest = std::min(lowest, c);
    return 0.05;
  }));
  EXPECT_EQ(lowest, -12.0);
}

TEST(CeilingSearch, silence_holds_under_any_ceiling) {
  const auto found = search_ceiling({-1.0, 0.0, -12.0}, [](double) { return std::nullopt; });
  ASSERT_TRUE(found);
  EXPECT_EQ(found->ceiling_dbtp, -1.0);
  EXPECT_FALSE(found->decoded_dbtp);
}

}  // namespace
}  // namespace lacquer
