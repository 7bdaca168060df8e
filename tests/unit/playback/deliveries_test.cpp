#include "playback/deliveries.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

PlatformRule sender(const std::string& id, GainRule gain, double lufs, bool by_default) {
  PlatformRule rule;
  rule.id = id;
  rule.gain = gain;
  if (gain != GainRule::kNone) rule.reference_lufs = lufs;
  rule.default_mode = by_default;
  rule.codecs = {{"vorbis", 160, {}, {}}};
  return rule;
}

const std::vector<PlatformCodec> kVorbis = {{"vorbis", 160, {}, {}}};

TEST(Deliveries, name_each_platform_once) {
  const auto all =
      deliveries_of({{"vorbis", 160, {}, {}}, {"mp3", 128, {}, {}}},
                    {sender("a", GainRule::kDownOnly, -14, true), sender("a", GainRule::kNone, 0, false),
                     sender("b", GainRule::kNone, 0, true)});
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].platforms, (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(all[1].platforms.empty());
  EXPECT_EQ(all[0].id(), "vorbis-160");
  EXPECT_EQ(all[0].name(), "Vorbis 160 kbps");
}

TEST(Deliveries, the_least_turn_down_of_what_most_listeners_hear_counts) {
  const auto down = [](const std::vector<PlatformRule>& rules) {
    return least_turn_down_db(deliveries_of(kVorbis, rules)[0], rules, -9.0, -1.0);
  };
  EXPECT_NEAR(
      *down({sender("a", GainRule::kDownOnly, -14, true), sender("b", GainRule::kDownOnly, -16, true)}), 5.0,
      1e-9);
  EXPECT_EQ(*down({sender("a", GainRule::kDownOnly, -14, true), sender("b", GainRule::kNone, 0, true)}), 0.0);
  EXPECT_NEAR(*down({sender("a", GainRule::kDownOnly, -14, true), sender("a", GainRule::kNone, 0, false)}),
              5.0, 1e-9);
  EXPECT_FALSE(down({sender("a", GainRule::kDownOnly, -14, false)}));
}

}  // namespace
}  // namespace lacquer
