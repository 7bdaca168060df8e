#include "library/sheet_content.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "judge/plan.h"
#include "library/content.h"

namespace lacquer {
namespace {

const std::string kSheet =
    "schema = 1\nkind = \"checklist\"\ntopic = \"mastering\"\ntitle = \"T\"\nsummary = \"S.\"\n"
    "[[source]]\ntitle = \"A book\"\n"
    "[[side]]\nid = \"front\"\ntitle = \"F\"\n"
    "[[side.section]]\nid = \"all\"\nform = \"items\"\n"
    "[[side.section.item]]\nid = \"one\"\ntitle = \"One\"\ntext = \"Below {levels:peak.look_dbtp}.\"\nask = "
    "\"How?\"\n"
    "[[side.section.item]]\nid = \"two\"\ntitle = \"Two\"\ntext = \"b\"\nask = \"c\"\n";

std::string_view levels(std::string_view path) {
  return path == "levels"
             ? "low_hz = 40\nrange_hz = [300, 1200]\n[peak]\nlook_dbtp = { value = -3.0, unit = \"dBTP\" }\n"
             : "";
}

std::string complaint(std::string text, const std::string& from = "", const std::string& to = "") {
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  try {
    parse_sheet(text, "one.toml", "one", levels);
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

const Sheet& sheet(const std::string& id) {
  static const std::vector<Sheet> all = load_sheets();
  return *std::find_if(all.begin(), all.end(), [&](const Sheet& one) { return one.id == id; });
}

std::vector<std::string> ids(const std::vector<SheetItem>& items) {
  std::vector<std::string> all;
  for (const SheetItem& item : items) all.push_back(item.id);
  return all;
}

TEST(SheetContent, six_sheets_are_built_in_in_the_order_they_are_listed) {
  std::vector<std::string> all;
  for (const Sheet& one : load_sheets()) all.push_back(one.id);
  EXPECT_EQ(all,
            (std::vector<std::string>{"gear", "label", "chain", "platforms", "diagnostic", "vocabulary"}));
}

TEST(SheetContent, the_diagnostic_sheet_holds_the_twelve_items_of_check) {
  std::vector<std::string> all;
  for (const SheetSection& section : sheet("diagnostic").sides[0].sections)
    for (const std::string& id : ids(section.items)) all.push_back(id);
  EXPECT_EQ(all,
            (std::vector<std::string>{"fresh-ears", "peak-level", "mono-compatibility", "source-integrity",
                                      "low-end", "harshness", "stereo-width", "translation",
                                      "platform-loudness", "true-peak-ceiling", "file-format", "playback"}));
}

TEST(SheetContent, the_chain_holds_the_planners_stages_in_order) {
  const std::vector<SheetItem>& items = sheet("chain").sides[0].sections[0].items;
  ASSERT_EQ(items.size(), kStages.size());
  for (std::size_t i = 0; i < items.size(); ++i) EXPECT_EQ(items[i].id, to_string(kStages[i]));
}

TEST(SheetContent, five_questions_three_patterns_nine_things_and_seven) {
  EXPECT_EQ(sheet("gear").sides[0].sections[0].items.size(), 5U);
  EXPECT_EQ(sheet("gear").sides[0].sections[2].items.size(), 3U);
  EXPECT_EQ(sheet("label").sides[0].sections[0].items.size(), 9U);
  EXPECT_EQ(sheet("label").sides[1].sections[0].items.size(), 7U);
  for (const SheetSide& side : sheet("label").sides)
    EXPECT_TRUE(std::any_of(side.sections[0].items.begin(), side.sections[0].items.end(),
                            [](const SheetItem& item) { return item.shared; }))
        << side.id;
}

TEST(SheetContent, figures_come_from_the_content_they_belong_to) {
  const SheetItem& peak = sheet("diagnostic").sides[0].sections[0].items[1];
  EXPECT_NE(peak.text.find("−3 dBTP"), std::string::npos) << peak.text;
  const SheetItem& harsh = sheet("diagnostic").sides[0].sections[1].items[1];
  EXPECT_NE(harsh.text.find("4 to 8 kHz"), std::string::npos) << harsh.text;
  const auto first_text = [](const std::string& text) {
    return parse_sheet(text, "one.toml", "one", levels).sides[0].sections[0].items[0].text;
  };
  std::string text = kSheet;
  EXPECT_EQ(first_text(text), "Below −3 dBTP.");
  text.replace(text.find("peak.look_dbtp"), 14, "low_hz");
  EXPECT_EQ(first_text(text), "Below 40 Hz.");
  text.replace(text.find(":low_hz"), 7, ":range_hz");
  EXPECT_EQ(first_text(text), "Below 300 Hz to 1.2 kHz.");
}

TEST(SheetContent, slips_are_refused_with_file_line_and_field) {
  EXPECT_EQ(complaint(kSheet), "no complaint");
  EXPECT_EQ(
      complaint(kSheet, "look_dbtp}", "fix_dbtp}"),
      "one.toml:17: side[0].section[0].item[0].text: there is no figure {levels:peak.fix_dbtp}; correct the "
      "file or the path");
  EXPECT_EQ(
      complaint(kSheet, "{levels:", "{other:"),
      "one.toml:17: side[0].section[0].item[0].text: there is no figure {other:peak.look_dbtp}; correct the "
      "file or the path");
  EXPECT_EQ(complaint(kSheet, "look_dbtp}", "look_dbtp"),
            "one.toml:17: side[0].section[0].item[0].text: a { is never closed; add the }");
  EXPECT_EQ(complaint(kSheet, "ask = \"How?\"\n", ""),
            "one.toml:14: side[0].section[0].item[0].ask: this form of section needs it; add it");
  EXPECT_EQ(complaint(kSheet, "id = \"two\"", "id = \"one\""),
            "one.toml:20: side[0].section[0].item[1].id: another one has the id one; choose a new one");
  EXPECT_EQ(
      complaint(kSheet, "\"mastering\"", "\"cooking\""),
      "one.toml:3: topic: it must be one of decisions, mastering, playback, listening; write one of them");
  EXPECT_EQ(
      complaint(kSheet + "colour = \"red\"\n"),
      "one.toml:24: side[0].section[0].item[1].colour: this key is unknown; remove it or correct its name");
}

TEST(SheetContent, no_text_is_left_with_a_brace_or_ends_without_a_full_stop) {
  for (const Sheet& one : load_sheets())
    for (const SheetSide& side : one.sides)
      for (const SheetSection& section : side.sections)
        for (const SheetItem& item : section.items) {
          for (const std::string& text : {item.text, item.ask})
            EXPECT_EQ(text.find_first_of("{}"), std::string::npos) << text;
          const char last = item.ask.empty() ? '.' : item.ask.back();
          EXPECT_NE(std::string(".?!").find(last), std::string::npos) << item.ask;
        }
}

}  // namespace
}  // namespace lacquer
