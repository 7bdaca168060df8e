#include "library/system_content.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "library/content.h"

namespace lacquer {
namespace {

constexpr const char* kHead = R"(schema = 1
collected = "2026-11"
[noise.room]
name = "a quiet room"
source = "test"
third_octave_db = [[20, 47], [20000, 3]]
[system.monitors]
name = "Monitors"
basis = "definition"
confidence = "high"
curve = [[20, 0], [20000, 0]]
mono_below_hz = 0
width_above = 1
limit_db = 0
music_dba = 78
noise_dba = 30
noise = "room"
source = "test"
)";
constexpr const char* kPhone = R"([system.phone]
name = "Phone"
basis = "model"
confidence = "low"
curve = [[20, -60], [300, -3], [1000, 0]]
mono_below_hz = 20000
width_above = 0
limit_db = 8
music_dba = 70
noise_dba = 50
noise = "room"
source = "test"
)";

std::string complaint(const std::string& from, const std::string& to) {
  std::string text = std::string(kHead) + kPhone;
  const std::size_t at = text.rfind(from);
  EXPECT_NE(at, std::string::npos) << from;
  text.replace(at, from.size(), to);
  try {
    parse_systems(text, "mine.toml");
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing";
}

TEST(SystemContent, WhatIsBuiltInHoldsTheSystemsPeopleListenOn) {
  const std::vector<PlaybackSystem> systems = load_systems();
  std::vector<std::string> ids;
  for (const PlaybackSystem& system : systems) ids.push_back(system.id);
  EXPECT_EQ(ids.front(), "monitors");
  for (const char* id : {"over-ear", "in-ear", "earbuds", "phone", "phone-basic", "laptop", "laptop-premium",
                         "bluetooth", "car", "club", "tv", "kitchen"})
    EXPECT_NE(std::find(ids.begin(), ids.end(), id), ids.end()) << id;
}

TEST(SystemContent, NoiseIsScaledToItsLevel) {
  const std::vector<PlaybackSystem> systems = parse_systems(std::string(kHead) + kPhone, "mine.toml");
  ASSERT_EQ(systems.size(), 2U);
  EXPECT_NEAR(a_weighted_db(systems[1].noise_db), 50.0, 1e-9);
  EXPECT_TRUE(systems[1].is_mono());
}

TEST(SystemContent, EveryMistakeNamesFileLineAndField) {
  const std::pair<std::pair<const char*, const char*>, const char*> cases[] = {
      {{"limit_db = 8\n", ""}, "mine.toml:19: system.phone.limit_db: "},
      {{"limit_db = 8", "limit_db = 99"}, "mine.toml:26: system.phone.limit_db: "},
      {{"limit_db = 8", "limit_db = \"much\""}, "mine.toml:26: system.phone.limit_db: "},
      {{"limit_db = 8", "limit_db = nan"}, "mine.toml:26: system.phone.limit_db: "},
      {{"limit_db = 8", "limit = 8"}, "mine.toml:26: system.phone.limit: "},
      {{"[300, -3]", "[10, -3]"}, "mine.toml:23: system.phone.curve: "},
      {{"[300, -3]", "[300]"}, "mine.toml:23: system.phone.curve[1]: "},
      {{"[300, -3]", "[300, -300]"}, "mine.toml:23: system.phone.curve[1][1]: "},
      {{"[1000, 0]", "[1000, -20]"}, "mine.toml:23: system.phone.curve: "},
      {{"width_above = 0", "width_above = 1"}, "mine.toml:25: system.phone.width_above: "},
      {{"noise_dba = 50", "noise_dba = 75"}, "mine.toml:28: system.phone.noise_dba: "},
      {{"noise = \"room\"", "noise = \"sea\""}, "mine.toml:29: system.phone.noise: "},
      {{"basis = \"model\"", "basis = \"hearsay\""}, "mine.toml:21: system.phone.basis: "},
      {{"limit_db = 8", "limit_db = 8\nnear_side_db = 3"}, "mine.toml:27: system.phone.near_side_db: "},
      {{"curve = [[20, -60], [300, -3], [1000, 0]]", "curve_as = \"tablet\""},
       "mine.toml:23: system.phone.curve_as: "},
  };
  for (const auto& [change, expected] : cases)
    EXPECT_EQ(complaint(change.first, change.second).substr(0, std::string(expected).size()), expected);
}

TEST(SystemContent, TheReferenceMustBeLevel) {
  std::string text = kHead;
  text.replace(text.find("[20000, 0]]"), 11, "[20000, 1]]");
  EXPECT_THROW(parse_systems(text, "mine.toml"), Error);
}

}  // namespace
}  // namespace lacquer
