#include "workbook/entries.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "support/temporary_folder.h"
#include "workbook/workbook.h"

namespace lacquer {
namespace {

class EntriesTest : public ::testing::Test {
 protected:
  std::filesystem::path file(const std::string& name = "workbook.sqlite") const {
    return folder_.path() / name;
  }
  test::TemporaryFolder folder_;
  Workbook workbook_ = Workbook::create(file());
};

template <class Work>
std::string refusal(const Work& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was refused";
}

Decision a_decision(const std::string& subject, std::int64_t made_ms, std::optional<std::int64_t> due_ms) {
  return {0, "gear", subject, made_ms, due_ms, "open", made_ms, "{}"};
}

Entries everything() {
  Entries all;
  all.answers = {{"three-anchors", 1, 1000, "first"},
                 {"three-anchors", 1, 2000, "second"},
                 {"tap-first", 2, 1500, "other\n"}};
  all.progress = {{"tap-first", std::nullopt, 1700}, {"three-anchors", 900, 2100}};
  all.scores = {{"tap-first", "tap", 1600, R"({"bpm":120})"}};
  all.decisions = {a_decision("limiter", 10, 20), a_decision("limiter", 30, std::nullopt)};
  all.notes = {{0, 5, "mix", "leave the snare alone"}};
  return all;
}

TEST_F(EntriesTest, every_answer_is_kept_and_the_first_stands_beside_the_newest) {
  EXPECT_FALSE(workbook_.first_and_newest("three-anchors", 1));
  workbook_.add_answer({"three-anchors", 1, 2000, "second"});
  workbook_.add_answer({"three-anchors", 1, 3000, "third"});
  workbook_.add_answer({"three-anchors", 1, 1000, "first"});  // brought in later: time counts
  workbook_.add_answer({"three-anchors", 2, 4000, "of another prompt"});
  workbook_.add_answer({"tap-first", 1, 500, "of another lesson"});
  const auto pair = workbook_.first_and_newest("three-anchors", 1);
  ASSERT_TRUE(pair);
  EXPECT_EQ(pair->first.text, "first");
  EXPECT_EQ(pair->newest.text, "third");
  const auto answers = workbook_.answers("three-anchors");
  ASSERT_EQ(answers.size(), 4U);
  EXPECT_EQ(answers[1].text, "second");
  EXPECT_EQ(answers[3].prompt, 2);
  EXPECT_EQ(workbook_.answers().front().text, "of another lesson");
}

TEST_F(EntriesTest, of_two_answers_in_one_millisecond_the_later_is_the_newest) {
  workbook_.add_answer({"a", 1, 1000, "one"});
  workbook_.add_answer({"a", 1, 1000, "two"});
  EXPECT_EQ(workbook_.first_and_newest("a", 1)->first.text, "one");
  EXPECT_EQ(workbook_.first_and_newest("a", 1)->newest.text, "two");
}

TEST_F(EntriesTest, text_comes_back_byte_for_byte) {
  std::string all_controls;
  for (char c = 0; c < 0x20; ++c) all_controls += c;
  const std::vector<std::string> texts = {
      "", all_controls + "\x7f", "\xE2\x80\xAE right to left \xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D",
      "\xF0\x9F\x8E\xB9 e\xCC\x81 \xEF\xBF\xBF \xF4\x8F\xBF\xBF", "'; DROP TABLE answers; --"};
  for (std::size_t i = 0; i < texts.size(); ++i)
    workbook_.add_answer({"a", 1, static_cast<std::int64_t>(i), texts[i]});
  const Workbook again = Workbook::open(file());
  const auto answers = again.answers("a");
  ASSERT_EQ(answers.size(), texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) EXPECT_EQ(answers[i].text, texts[i]) << i;
}

TEST_F(EntriesTest, a_hundred_thousand_characters_are_kept_and_one_more_is_refused) {
  std::string text;
  for (std::size_t i = 0; i < kMostTextCharacters; ++i) text += "\xF0\x9F\x8E\xB9";  // four bytes each
  workbook_.add_answer({"a", 1, 1, text});
  workbook_.add_note({0, 1, "", text});
  EXPECT_EQ(workbook_.answers("a")[0].text, text);
  EXPECT_EQ(workbook_.notes()[0].text, text);
  text += "x";
  for (const std::string& says : {refusal([&] {
                                    workbook_.add_answer({"a", 1, 2, text});
                                  }),
                                  refusal([&] {
                                    workbook_.add_note({0, 2, "", text});
                                  })}) {
    EXPECT_NE(says.find("100,001 characters"), std::string::npos) << says;
    EXPECT_NE(says.find("at most 100,000 are kept"), std::string::npos) << says;
  }
  EXPECT_EQ(workbook_.answers().size(), 1U);
  EXPECT_EQ(workbook_.notes().size(), 1U);
}

TEST_F(EntriesTest, what_is_no_unicode_is_refused) {
  for (const char* bad : {"\xff", "\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "cut \xE2\x82"}) {
    EXPECT_NE(refusal([&] { workbook_.add_answer({"a", 1, 1, bad}); }).find("UTF-8"), std::string::npos);
    EXPECT_NE(refusal([&] { workbook_.add_note({0, 1, bad, ""}); }).find("UTF-8"), std::string::npos);
    Decision decision = a_decision("x", 1, std::nullopt);
    decision.document = bad;
    EXPECT_NE(refusal([&] { workbook_.add_decision(decision); }).find("UTF-8"), std::string::npos);
  }
}

TEST_F(EntriesTest, what_is_out_of_bounds_is_refused) {
  EXPECT_NE(refusal([&] { workbook_.add_answer({"", 1, 1, "x"}); }).find("empty"), std::string::npos);
  EXPECT_NE(refusal([&] { workbook_.add_answer({"a", 0, 1, "x"}); }).find("from 1"), std::string::npos);
  EXPECT_NE(refusal([&] { workbook_.mark_lesson("", LessonState::kDone, 1); }).find("empty"),
            std::string::npos);
  EXPECT_NE(refusal([&] {
              workbook_.add_score({"a", "tap", 1, std::string(kMostDocumentBytes + 1, ' ')});
            }).find("500,001 bytes"),
            std::string::npos);
  Decision decision = a_decision("x", 1, std::nullopt);
  decision.kind = "lunch";
  EXPECT_NE(refusal([&] { workbook_.add_decision(decision); }).find("gear or a release"), std::string::npos);
}

TEST_F(EntriesTest, a_full_workbook_says_so) {
  {
    const Database database(file());
    database.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                 std::to_string(kMostEntries) + ") INSERT INTO notes SELECT i, i, '', 'x' FROM n");
  }
  EXPECT_NE(refusal([&] { workbook_.add_note({0, 1, "", "y"}); }).find("full"), std::string::npos);
  EXPECT_EQ(workbook_.notes().size(), static_cast<std::size_t>(kMostEntries));
  workbook_.add_answer({"a", 1, 1, "the rest has room"});
}

TEST_F(EntriesTest, the_first_time_a_lesson_was_started_or_done_counts) {
  workbook_.mark_lesson("b", LessonState::kStarted, 2000);
  workbook_.mark_lesson("b", LessonState::kStarted, 3000);
  workbook_.mark_lesson("a", LessonState::kDone, 4000);
  workbook_.mark_lesson("a", LessonState::kStarted, 5000);
  const auto lessons = workbook_.progress();
  ASSERT_EQ(lessons.size(), 2U);
  EXPECT_EQ(lessons[0].lesson, "a");
  EXPECT_EQ(lessons[0].done_ms, 4000);
  EXPECT_EQ(lessons[0].started_ms, 5000);
  EXPECT_EQ(lessons[1].started_ms, 2000);
  EXPECT_FALSE(lessons[1].done_ms);
}

TEST_F(EntriesTest, scores_come_in_the_order_of_time) {
  workbook_.add_score({"a", "tap", 2, "{}"});
  workbook_.add_score({"a", "tap", 1, R"({"x":1})"});
  workbook_.add_score({"b", "null-test", 3, "{}"});
  ASSERT_EQ(workbook_.scores("a").size(), 2U);
  EXPECT_EQ(workbook_.scores("a")[0].document, R"({"x":1})");
  EXPECT_EQ(workbook_.scores().size(), 3U);
}

TEST_F(EntriesTest, a_decision_is_due_until_it_is_settled) {
  const std::int64_t late = workbook_.add_decision(a_decision("late", 1, 300));
  const std::int64_t soon = workbook_.add_decision(a_decision("soon", 2, 100));
  workbook_.add_decision(a_decision("never", 3, std::nullopt));
  EXPECT_TRUE(workbook_.due_before(100).empty());
  ASSERT_EQ(workbook_.due_before(301).size(), 2U);
  EXPECT_EQ(workbook_.due_before(301)[0].id, soon);
  Decision settled = *workbook_.decision(late);
  settled.due_ms.reset();
  settled.state = "returned";
  settled.document = R"({"why":"unused"})";
  settled.changed_ms = 400;
  workbook_.update_decision(settled);
  EXPECT_EQ(workbook_.due_before(301).size(), 1U);
  EXPECT_EQ(workbook_.decision(late)->state, "returned");
  EXPECT_EQ(workbook_.decision(late)->document, settled.document);
  EXPECT_EQ(workbook_.decisions("gear").size(), 3U);
  EXPECT_TRUE(workbook_.decisions("release").empty());
  settled.id = 999;
  EXPECT_NE(refusal([&] { workbook_.update_decision(settled); }).find("not in the workbook"),
            std::string::npos);
}

TEST_F(EntriesTest, a_note_can_be_taken_away) {
  const std::int64_t id = workbook_.add_note({0, 1, "mix", "text"});
  EXPECT_TRUE(workbook_.remove_note(id));
  EXPECT_FALSE(workbook_.remove_note(id));
  EXPECT_TRUE(workbook_.notes().empty());
}

TEST_F(EntriesTest, adding_the_same_entries_twice_changes_nothing) {
  const EntryCounts first = workbook_.add(everything());
  EXPECT_EQ(first.answers, 3);
  EXPECT_EQ(first.progress, 2);
  EXPECT_EQ(first.scores, 1);
  EXPECT_EQ(first.decisions, 2);
  EXPECT_EQ(first.notes, 1);
  for (const Entries& same : {everything(), workbook_.entries()}) {
    const EntryCounts second = workbook_.add(same);
    EXPECT_EQ(second.answers + second.progress + second.scores + second.decisions + second.notes, 0);
  }
  EXPECT_EQ(workbook_.answers().size(), 3U);
  EXPECT_EQ(workbook_.notes().size(), 1U);
}

TEST_F(EntriesTest, of_two_states_of_a_decision_the_newer_stays) {
  workbook_.add(everything());
  Entries changed;
  changed.decisions = {a_decision("limiter", 10, std::nullopt)};
  changed.decisions[0].state = "kept";
  changed.decisions[0].changed_ms = 50;
  EXPECT_EQ(workbook_.add(changed).decisions, 1);
  EXPECT_EQ(workbook_.add(everything()).decisions, 0);  // the older state again
  ASSERT_EQ(workbook_.decisions().size(), 2U);
  EXPECT_EQ(workbook_.decisions()[0].state, "kept");
  EXPECT_FALSE(workbook_.decisions()[0].due_ms);
}

TEST_F(EntriesTest, one_bad_entry_keeps_all_of_them_out) {
  Entries bad = everything();
  bad.notes.push_back({0, 6, "", std::string(kMostTextCharacters + 1, 'x')});
  EXPECT_THROW(workbook_.add(bad), Error);
  EXPECT_TRUE(workbook_.answers().empty());
  EXPECT_TRUE(workbook_.decisions().empty());
}

TEST_F(EntriesTest, entries_without_room_for_all_of_them_keep_all_of_them_out) {
  {
    const Database database(file());
    database.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                 std::to_string(kMostEntries) + ") INSERT INTO notes SELECT i, i, '', 'x' FROM n");
  }
  EXPECT_THROW(workbook_.add(everything()), Error);
  EXPECT_TRUE(workbook_.answers().empty());  // though the answers themselves had room
}

}  // namespace
}  // namespace lacquer
