#include "app/due.h"

#include <gtest/gtest.h>

#include "app/gear.h"
#include "app/moment.h"
#include "core/error.h"
#include "support/temporary_folder.h"

namespace lacquer {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
const Day kAsked = *day_from("2026-11-22");

std::int64_t noon(Day day) { return day_ms(day) + kDayMs / 2; }

GearAnswers limiter() {
  GearAnswers a;
  a.device = "limiter";
  a.stays_if = "it holds the peaks";
  return a;
}

class Due : public testing::Test {
 protected:
  Decision keep(const GearAnswers& answers, Day day) {
    return keep_gear(weigh_gear(answers, file_, noon(day)), file_, noon(day));
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_.path() / "workbook.sqlite";
};

TEST_F(Due, nothing_is_due_before_its_day_and_everything_after_it) {
  EXPECT_TRUE(due_decisions(file_, kAsked).empty()) << "no workbook yet";
  keep(limiter(), kAsked);
  EXPECT_TRUE(due_decisions(file_, kAsked + Days(29)).empty());
  EXPECT_EQ(due_decisions(file_, kAsked + Days(30)).size(), 1U);
  EXPECT_EQ(due_decisions(file_, kAsked + Days(300)).size(), 1U);
}

TEST_F(Due, asking_again_about_the_same_device_does_not_move_the_day) {
  const Decision first = keep(limiter(), kAsked);
  const Decision again = keep(limiter(), kAsked + Days(20));
  EXPECT_EQ(again.id, first.id);
  EXPECT_EQ(again.due_ms, first.due_ms);
  EXPECT_EQ(gear_decisions(file_).size(), 1U);
}

TEST_F(Due, bought_begins_the_test_and_returned_ends_it) {
  const Decision kept = keep(limiter(), kAsked);
  const Decision bought = close_gear(kept.id, "bought", file_, noon(kAsked + Days(3)));
  EXPECT_EQ(day_at(*bought.due_ms), kAsked + Days(33));
  EXPECT_NE(
      due_text(bought, kAsked + Days(33)).find("the test is due today (it stays if it holds the peaks)"),
      std::string::npos)
      << due_text(bought, kAsked + Days(33));
  EXPECT_EQ(calendar_event(bought)->summary, "Test: does it stay? limiter");
  const Decision returned = close_gear(kept.id, "returned", file_, noon(kAsked + Days(33)));
  EXPECT_FALSE(calendar_event(returned));
  EXPECT_TRUE(due_decisions(file_, kAsked + Days(100)).empty());
  EXPECT_THROW(close_gear(kept.id, "kept", file_, noon(kAsked + Days(34))), Error);
  EXPECT_THROW(close_gear(99, "kept", file_, noon(kAsked)), Error);
}

TEST_F(Due, a_settled_device_asked_about_again_is_a_new_decision) {
  const Decision first = keep(limiter(), kAsked);
  close_gear(first.id, "dropped", file_, noon(kAsked));
  EXPECT_NE(keep(limiter(), kAsked + Days(1)).id, first.id);
}

TEST_F(Due, a_document_of_another_making_is_told_all_the_same) {
  for (const char* document : {"{}", "[1]", "{\"title\": 3, \"is_test\": \"yes\"}", "null"}) {
    Decision strange{1,      kReleaseKind, "/albums/blue", noon(kAsked), day_ms(kAsked),
                     "open", noon(kAsked), document};
    EXPECT_NE(due_text(strange, kAsked).find("/albums/blue"), std::string::npos);
    EXPECT_TRUE(calendar_event(strange));
  }
}

TEST(Moment, a_day_and_its_point_are_each_others) {
  EXPECT_EQ(day_at(day_ms(kAsked)), kAsked);
  EXPECT_EQ(day_at(day_ms(kAsked) + kDayMs - 1), kAsked);
  EXPECT_EQ(day_text(day_at(-1)), "1969-12-31");
}

}  // namespace
}  // namespace lacquer
