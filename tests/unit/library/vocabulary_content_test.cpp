#include "library/vocabulary_content.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/error.h"
#include "library/content.h"

namespace lacquer {
namespace {

const std::string kTerm =
    "schema = 1\n[term.boxy]\ncluster = \"mid\"\nrange_hz = [300, 800]\nnames = \"excess\"\nexcess_db = 3.0\n"
    "measured_by = \"level\"\nexcess = \"a\"\nnormal = \"b\"\ndeficiency = \"c\"\ninstruments = \"d\"\n";

std::string complaint(std::string text, const std::string& from = "", const std::string& to = "") {
  if (!from.empty()) text.replace(text.find(from), from.size(), to);
  try {
    parse_vocabulary(text, "words.toml");
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

TEST(VocabularyContent, the_built_in_words_keep_the_fixed_ranges) {
  const std::vector<VocabularyTerm> terms = load_vocabulary();
  EXPECT_EQ(terms.size(), 34U);
  const auto range = [&](const char* id) {
    const auto found =
        std::find_if(terms.begin(), terms.end(), [&](const VocabularyTerm& term) { return term.id == id; });
    return found == terms.end() ? std::pair(0.0, 0.0) : std::pair(found->low_hz, found->high_hz);
  };
  EXPECT_EQ(range("boxy"), std::pair(300.0, 800.0));
  EXPECT_EQ(range("nasal"), std::pair(1000.0, 3000.0));
  EXPECT_EQ(range("muddy"), std::pair(100.0, 300.0));
  EXPECT_EQ(range("harsh"), std::pair(4000.0, 8000.0));
  EXPECT_EQ(range("air").first, 10000.0);
}

TEST(VocabularyContent, slips_are_refused_with_file_line_and_field) {
  EXPECT_EQ(complaint(kTerm), "no complaint");
  EXPECT_EQ(
      complaint(kTerm, "[300, 800]", "[800, 300]"),
      "words.toml:4: term.boxy.range_hz: the first frequency must lie below the second; correct one of the "
      "two");
  EXPECT_EQ(complaint(kTerm, "\"excess\"\n", "\"much\"\n"),
            "words.toml:5: term.boxy.names: it must be one of excess, normal, deficiency; write one of them");
  EXPECT_EQ(complaint(kTerm, "excess_db = 3.0\n", ""),
            "words.toml:2: term.boxy.excess_db: this key is missing for a word of this kind; add it");
  EXPECT_EQ(complaint(kTerm + "opposite = \"round\"\n"),
            "words.toml:12: term.boxy.opposite: no term has this name; correct it");
  EXPECT_EQ(complaint(kTerm + "colour = \"red\"\n"),
            "words.toml:12: term.boxy.colour: this key is unknown; remove it or correct its name");
}

TEST(VocabularyContent, how_a_word_is_made_audible_is_bounded) {
  const RangeListening how = load_range_listening();
  EXPECT_EQ(how.boost_db, 9.0);
  EXPECT_EQ(how.cut_db, 12.0);
  EXPECT_THROW(parse_range_listening("[listening]\nseconds = 40\nboost_db = 9\ncut_db = 9\n", "w"), Error);
  EXPECT_THROW(parse_range_listening("[listening]\nseconds = 12\nboost_db = 90\ncut_db = 9\n", "w"), Error);
  EXPECT_THROW(parse_range_listening(kTerm, "w"), Error);
}

TEST(TonalRules, the_built_in_rules_load_and_a_contradiction_is_refused) {
  const TonalRules rules = load_rules().tonal;
  EXPECT_EQ(rules.broad.over_tolerance_db.look, 1.0);
  EXPECT_EQ(rules.broad.over_tolerance_db.fix, 4.0);
  EXPECT_THROW(parse_tonal_rules("schema = 1\n", "tonal.toml"), Error);
}

}  // namespace
}  // namespace lacquer
