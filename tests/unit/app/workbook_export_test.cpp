#include "app/workbook_export.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/user_workbook.h"
#include "core/error.h"
#include "support/temporary_folder.h"
#include "workbook/workbook.h"

namespace lacquer {
namespace {

// Everything that could be taken for something else on its way through a file.
std::vector<std::string> hard_texts() {
  std::string controls;
  for (char c = 0; c < 0x20; ++c) controls += c;
  return {"",
          "\n",
          "\n\n a \n",
          controls + "\x7f",
          "# heading\n> quotation\n- list: item\n## Notes\n### note\n1. one\n***\n---",
          "\\ \\n \\x41 `code` <b>bold</b> &amp; [link](x) ~~ | _ * ends in \\",
          "\xE2\x80\xA8\xE2\x80\xAE\xC2\x85 \xF0\x9F\x8E\xB9 e\xCC\x81",
          "   leading and trailing   ",
          R"({"json":"\" \\ \n"})"};
}

Entries hard_entries() {
  Entries all;
  std::int64_t at_ms = -5;
  for (const std::string& text : hard_texts()) {
    all.answers.push_back({"three-anchors", 2, at_ms, text});
    all.scores.push_back({"tap\nfirst", "# kind", at_ms, text});
    all.decisions.push_back({0, "gear", "a: b\x1b\n" + text + "x", at_ms, std::nullopt, "open", at_ms, text});
    all.notes.push_back({0, at_ms, text, text});
    at_ms += 4'000'000'000'000;
  }
  all.progress = {{"a", 1, std::nullopt}, {"b", std::nullopt, 9'007'199'254'740'993}};
  all.decisions[0].due_ms = 7;
  return all;
}

std::string refusal(const std::string& text) {
  try {
    entries_from(text);
  } catch (const Error& error) {
    return error.what();
  }
  return "nothing was refused";
}

class ExportTest : public ::testing::TestWithParam<std::string (*)(const Entries&)> {
 protected:
  std::string written(const Entries& entries) const { return GetParam()(entries); }
};

INSTANTIATE_TEST_SUITE_P(Forms, ExportTest, ::testing::Values(&entries_to_json, &entries_to_markdown));

TEST_P(ExportTest, gives_back_every_byte) {
  const Entries all = hard_entries();
  const Entries read = entries_from(written(all));
  ASSERT_EQ(read.answers.size(), all.answers.size());
  for (std::size_t i = 0; i < all.answers.size(); ++i) {
    EXPECT_EQ(read.answers[i].text, all.answers[i].text) << i;
    EXPECT_EQ(read.answers[i].answered_ms, all.answers[i].answered_ms);
    EXPECT_EQ(read.scores[i].lesson, all.scores[i].lesson);
    EXPECT_EQ(read.scores[i].document, all.scores[i].document);
    EXPECT_EQ(read.decisions[i].subject, all.decisions[i].subject);
    EXPECT_EQ(read.decisions[i].due_ms, all.decisions[i].due_ms);
    EXPECT_EQ(read.notes[i].subject, all.notes[i].subject);
    EXPECT_EQ(read.notes[i].text, all.notes[i].text);
  }
  ASSERT_EQ(read.progress.size(), 2U);
  EXPECT_FALSE(read.progress[0].done_ms);
  EXPECT_EQ(read.progress[1].done_ms, 9'007'199'254'740'993);
}

TEST_P(ExportTest, an_empty_workbook_comes_back_empty) {
  EXPECT_TRUE(entries_from(written({})).answers.empty());
}

// Every byte in turn is another one: each such file is refused, or says exactly the same.
TEST_P(ExportTest, no_changed_byte_changes_what_is_imported) {
  Entries all;
  all.answers = {{"three-anchors", 1, 1'700'000'000'000, "Kick and voice.\nThen the rest."}};
  all.progress = {{"three-anchors", 1'600'000'000'000, 1'700'000'000'000}};
  all.decisions = {{0, "gear", "limiter", 1, 2, "open", 3, "{}"}};
  all.notes = {{0, 4, "mix", "leave it"}};
  const std::string before = written(all);
  const std::string hash = entries_hash(all);
  int refused = 0;
  for (std::size_t i = 0; i < before.size(); ++i)
    for (const char other : {'x', '7', '\n', '\\', '"'}) {
      std::string changed = before;
      if (changed[i] == other) continue;
      changed[i] = other;
      try {
        ASSERT_EQ(entries_hash(entries_from(changed)), hash) << changed;
      } catch (const Error&) {
        ++refused;
      }
    }
  EXPECT_GT(refused, static_cast<int>(before.size()));
}

TEST_P(ExportTest, a_file_that_was_cut_is_refused) {
  const std::string whole = written(hard_entries());
  for (std::size_t size = 0; size + 2 < whole.size(); size += 97)
    EXPECT_THROW(entries_from(whole.substr(0, size)), Error) << size;
}

TEST(WorkbookExport, says_what_is_wrong) {
  EXPECT_NE(refusal("").find("empty"), std::string::npos);
  EXPECT_NE(refusal("Dear sir").find("does not say to be one"), std::string::npos);
  EXPECT_NE(refusal("{\"a\": 1}").find("does not say to be one"), std::string::npos);
  EXPECT_NE(refusal("{").find("not well formed"), std::string::npos);
  std::string newer = entries_to_json({});
  newer.replace(newer.find(": 1"), 3, ": 2");
  EXPECT_NE(refusal(newer).find("another version"), std::string::npos);
  newer = entries_to_markdown({});
  newer.replace(newer.find("version: 1"), 10, "version: 2");
  EXPECT_NE(refusal(newer).find("another version"), std::string::npos);
  Entries note;
  note.notes = {{0, 1, "", "leave it"}};
  for (std::string changed : {entries_to_json(note), entries_to_markdown(note)}) {
    changed.replace(changed.find("leave"), 5, "leafs");
    EXPECT_NE(refusal(changed).find("changed after"), std::string::npos);
  }
}

TEST(WorkbookExport, an_unknown_key_is_refused) {
  std::string text = entries_to_json({});
  text.replace(text.find("\"notes\": []"), 11, "\"notes\": [], \"more\": 1");
  EXPECT_NE(refusal(text).find("form is not ours"), std::string::npos);
}

TEST(WorkbookExport, deep_nesting_is_refused) {
  EXPECT_NE(refusal("{\"lacquer_workbook\": " + std::string(1'000'000, '[')).find("form is not ours"),
            std::string::npos);
}

TEST(WorkbookExport, line_ends_of_another_system_are_the_same_words) {
  const Entries all = hard_entries();
  std::string text;
  for (const char c : entries_to_markdown(all)) text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_EQ(entries_hash(entries_from(text)), entries_hash(all));
}

TEST(WorkbookExport, an_import_is_whole_and_happens_once) {
  const test::TemporaryFolder folder;
  const auto workbook = folder.path() / "workbook.sqlite";
  Entries entries;
  entries.answers = {{"a", 1, 1, "one"}};
  entries.notes = {{0, 1, "", "two"}};
  for (const char* name : {"w.md", "w.json"}) {
    const auto file = folder.path() / name;
    export_workbook(entries, file);
    const EntryCounts counts = import_workbook(file, workbook);
    const bool is_first = std::string(name) == "w.md";
    EXPECT_EQ(counts.answers + counts.notes, is_first ? 2 : 0);
  }
  entries.notes.push_back({0, 2, "", "three"});
  entries.answers.push_back({"", 1, 1, "an answer to no lesson"});
  export_workbook(entries, folder.path() / "bad.json");
  EXPECT_THROW(import_workbook(folder.path() / "bad.json", workbook), Error);
  EXPECT_EQ(read_entries(workbook).notes.size(), 1U);
}

TEST(UserWorkbook, shows_the_first_answer_beside_the_newest) {
  const CoreTrack track = load_core_track();
  const std::string lesson = track.lessons[4].id;
  Entries entries;
  entries.answers = {{lesson, 1, 1000, "one"},
                     {lesson, 1, 2000, "two"},
                     {lesson, 1, 3000, "three"},
                     {"gone", 7, 4000, "of an old lesson"}};
  entries.progress = {{lesson, 500, 3000}};
  const WorkbookReport report = workbook_report(entries, track, 5000, Times::kFromNow);
  const WorkbookLesson& shown = report.courses[0].lessons[4];
  EXPECT_TRUE(shown.is_done);
  EXPECT_EQ(shown.prompts[0].first->text, "one");
  EXPECT_EQ(shown.prompts[0].newest->text, "three");
  EXPECT_FALSE(report.courses[0].lessons[3].prompts[0].first);
  EXPECT_EQ(report.courses.back().lessons[0].prompts[0].first->text, "of an old lesson");
  EXPECT_EQ(report.summary.substr(0, 20), "1 of 30 lessons done");
  EXPECT_FALSE(blank_workbook(track).courses[0].lessons[4].prompts[0].first);
}

TEST(UserWorkbook, on_paper_nothing_depends_on_the_day_it_is_printed) {
  const CoreTrack track = load_core_track();
  Entries entries;
  entries.answers = {{track.lessons[0].id, 1, 1000, "one"}};
  entries.decisions = {{0, "gear", "limiter", 1000, 90'000'000'000, "open", 1000, "{}"}};
  EXPECT_EQ(workbook_pdf(workbook_report(entries, track, 2000, Times::kDates), Paper::kA4),
            workbook_pdf(workbook_report(entries, track, 80'000'000'000, Times::kDates), Paper::kA4));
}

}  // namespace
}  // namespace lacquer
