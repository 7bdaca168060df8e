#include "library/target_content.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "library/content.h"

namespace lacquer {
namespace {

std::string bands(const std::string& value, int count = kTargetBands) {
  std::string list = "[";
  for (int band = 0; band < count; ++band) list += value + ", ";
  return list + "]";
}

std::string learned(const std::string& levels = bands("0.0"), const std::string& tolerances = bands("3")) {
  return "schema = 1\nname = \"mine\"\nlabel = \"My records\"\nlevel_db = " + levels +
         "\ntolerance_db = " + tolerances + "\n";
}

std::string complaint(const std::string& text) {
  try {
    parse_target(text, "my.toml");
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(TargetContent, the_built_in_targets_are_three_shapes_around_their_own_middle) {
  const std::vector<TargetCurve> targets = load_targets();
  ASSERT_EQ(targets.size(), 3U);
  EXPECT_EQ(targets[0].name, "modern");
  EXPECT_EQ(targets[1].name, "bass-heavy");
  EXPECT_EQ(targets[2].name, "acoustic");
  for (const TargetCurve& target : targets) {
    double middle_db = 0.0;
    for (std::size_t band = 10; band <= 20; ++band) middle_db += target.level_db[band] / 11.0;
    EXPECT_NEAR(middle_db, 0.0, 1e-9) << target.name;
    for (const double tolerance_db : target.tolerance_db) EXPECT_GE(tolerance_db, 3.0) << target.name;
  }
  // 63 Hz and 10 kHz: bass-heavy records have more below, acoustic ones less above.
  EXPECT_GT(targets[1].level_db[5], targets[0].level_db[5] + 6.0);
  EXPECT_LT(targets[2].level_db[27], targets[0].level_db[27] - 6.0);
}

TEST(TargetContent, a_learned_curve_loads_whatever_its_level) {
  const TargetCurve flat = parse_target(learned(bands("-20.5")), "my.toml");
  EXPECT_EQ(flat.name, "mine");
  EXPECT_EQ(flat.label, "My records");
  EXPECT_EQ(flat.level_db, (std::array<double, kTargetBands>{}));
  EXPECT_EQ(flat.tolerance_db[30], 3.0);
  EXPECT_EQ(complaint(learned() + "songs = 12\nsource = \"a folder\"\n"), "no complaint");
}

TEST(TargetContent, a_broken_curve_is_refused_by_line_and_field) {
  EXPECT_EQ(complaint(learned(bands("0", 30))),
            "my.toml:4: level_db: the list must hold 31 numbers, not 30; correct it");
  EXPECT_EQ(complaint(learned(bands("0"), bands("0"))),
            "my.toml:5: tolerance_db[0]: the number must lie between 0.1 and 60; correct it");
  EXPECT_EQ(complaint(learned(bands("nan"))),
            "my.toml:4: level_db[0]: the number must be finite; write a plain number");
  EXPECT_EQ(complaint(learned("[" + bands("0") + "]")),
            "my.toml:4: level_db: the list must hold 31 numbers, not 1; correct it");
  EXPECT_EQ(complaint(learned(bands("\"0\""))),
            "my.toml:4: level_db[0]: a number is needed here; write one without quotes");
  EXPECT_EQ(complaint(learned("7")),
            "my.toml:4: level_db: a list of numbers is needed here; write one in brackets");
  EXPECT_EQ(complaint(learned() + "songs = 0\n"),
            "my.toml:6: songs: the number must lie between 1 and 1e+06; correct it");
  EXPECT_EQ(complaint(learned() + "gain = 1\n"),
            "my.toml:6: gain: this key is unknown; remove it or correct its name");
  EXPECT_EQ(complaint("schema = 1\nname = \"My Own\"\nlabel = \"x\""),
            "my.toml:2: name: a name has lower-case letters, digits, - and _ only; correct it");
  EXPECT_EQ(complaint("schema = 2\nname = \"a\""),
            "my.toml:1: schema: the number must lie between 1 and 1; correct it");
  EXPECT_NE(complaint("schema = [").find("my.toml:1: "), std::string::npos);
}

TEST(TargetContent, built_in_content_without_a_grade_or_a_curve_is_refused) {
  const auto refusal = [](const std::string& text) {
    try {
      parse_targets(text, "targets.toml");
    } catch (const Error& error) {
      return std::string(error.what());
    }
    return std::string("no complaint");
  };
  const std::string curve = "label = \"x\"\npercussive = true\nsource = \"y\"\nlevel_db = " + bands("0") +
                            "\ntolerance_db = " + bands("3") + "\n";
  EXPECT_EQ(refusal("schema = 1\n[target.a]\ngrade = \"house\"\n" + curve), "no complaint");
  EXPECT_EQ(refusal("schema = 1\n[target.a]\ngrade = \"guess\"\n" + curve),
            "targets.toml:3: target.a.grade: it must be one of published, vendor, house; write one of them");
  EXPECT_EQ(refusal("schema = 1\n[target]\n"), "targets.toml:2: target: no target is given; add one");
}

}  // namespace
}  // namespace lacquer
