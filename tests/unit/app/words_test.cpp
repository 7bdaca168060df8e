#include "app/words.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

TEST(Words, AWordIsFoundAsPeopleTypeIt) {
  EXPECT_EQ(word_named("Boxy")->term.id, "boxy");
  EXPECT_EQ(word_named("bottom light")->term.id, "bottom-light");
  EXPECT_FALSE(word_named("qwerty"));
  EXPECT_FALSE(word_named(""));
}

TEST(Words, ATrackHasTheWordsThatWereJudgedOfIt) {
  Diagnosis diagnosis;
  diagnosis.words = {{"harsh", WordState::kExcess, 4000.0, 8000.0, 3.1, {}, "too much"},
                     {"unheard-of", WordState::kExcess, 1.0, 2.0, 1.0, {}, ""}};
  const auto words = words_of(diagnosis);
  ASSERT_EQ(words.size(), 1U);  // a word that the vocabulary does not know has nothing to explain
  EXPECT_EQ(words[0].term.id, "harsh");
  EXPECT_EQ(words[0].here->deviation_db, 3.1);
}

TEST(Words, JsonIsNullWhereNothingWasMeasured) {
  const Json item = words_json({*word_named("boxy")})["items"][0];
  EXPECT_EQ(item["low_hz"], 300);
  EXPECT_EQ(item["deviation_db"], nullptr);
  EXPECT_EQ(item["summary"], item["excess"]);
}

TEST(Words, ARangeSaysItsUnitOnce) {
  EXPECT_EQ(range_text(300, 800), "300 to 800 Hz");
  EXPECT_EQ(range_text(800, 2000), "800 Hz to 2 kHz");
  EXPECT_EQ(range_text(2000, 5000), "2 to 5 kHz");
}

}  // namespace
}  // namespace lacquer
