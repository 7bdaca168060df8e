#include "report/batch.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

BatchEntry entry(const std::string& name, double lufs, const std::string& format = "WAV") {
  BatchEntry one;
  one.name = name;
  one.format = format;
  one.integrated_lufs = lufs;
  one.true_dbtp = -1.0;
  one.judged = true;
  return one;
}

TEST(BatchLine, holds_mark_name_levels_and_what_was_found) {
  BatchEntry one = entry("a.wav", -14.2);
  EXPECT_EQ(batch_line(one, 8, {}), "\u2713 a.wav     \u221214.2 LUFS   \u22121.0 dBTP  nothing to do\n");
  one.fix = 1;
  one.look = 2;
  one.faults = {"clipping", "hum"};
  EXPECT_EQ(batch_line(one, 5, {}),
            "! a.wav  \u221214.2 LUFS   \u22121.0 dBTP  1 fix, 2 look: Clipping, Hum\n");
}

TEST(BatchLine, a_long_name_keeps_its_end) {
  const std::string line = batch_line(entry("a-very-long-folder/and-name.wav", -14.0), 12, {});
  EXPECT_NE(line.find("\u2026nd-name.wav"), std::string::npos) << line;
}

TEST(BatchLine, control_characters_are_escaped) {
  EXPECT_EQ(batch_line(entry("a\x1b[2J\xff", -14.0), 20, {}).find('\x1b'), std::string::npos);
}

TEST(BatchLine, fits_narrow_terminals_and_plain_ascii) {
  BatchEntry one = entry("name.wav", -14.0);
  one.fix = 1;
  for (const int width : {40, 60, 72, 80}) {
    const TextStyle style{false, false, width};
    const std::string line = batch_line(one, batch_name_columns({std::string(100, 'x')}, style), style);
    EXPECT_LE(static_cast<int>(line.find('\n')), width) << line;
    for (const char c : line) EXPECT_GE(c, 0);
  }
}

TEST(BatchSummary, counts_files_and_shared_faults) {
  std::vector<BatchEntry> all = {entry("a", -14.0), entry("b", -14.0), entry("c", -14.0)};
  all[0].fix = 1;
  all[0].faults = {"hum", "boxy"};
  all[1].look = 1;
  all[1].faults = {"hum"};
  const std::string text = batch_summary(all, 1, 3.0, {false, true, 120});
  EXPECT_NE(
      text.find(
          "4 files: 1 with something to fix, 1 with something to look at, 1 with nothing to do, 1 could "
          "not be checked.\n"),
      std::string::npos)
      << text;
  EXPECT_NE(text.find("Faults    Hum in 2\n"), std::string::npos) << text;
}

TEST(BatchSummary, names_the_odd_ones_out_past_the_limit) {
  const std::vector<BatchEntry> all = {entry("a", -14.0), entry("b", -13.0), entry("loud", -9.9),
                                       entry("d", -14.0), entry("mp3", -13.0, "MP3")};
  const std::string text = batch_summary(all, 0, 3.0, {});
  EXPECT_NE(text.find("\u221214.0 to \u22129.9 LUFS, 4.1 LU apart, median \u221213.0 LUFS"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("Far from the median: loud (3.1 LU louder)\n"), std::string::npos) << text;
  EXPECT_NE(text.find("4 are WAV; odd ones out: mp3 (MP3)"), std::string::npos) << text;
  EXPECT_EQ(batch_summary(all, 0, 3.2, {}).find("Far from"), std::string::npos);
}

TEST(BatchSummary, of_two_files_calls_neither_odd) {
  const std::string text = batch_summary({entry("a", -20.0), entry("b", -8.0, "MP3")}, 0, 3.0, {});
  EXPECT_EQ(text.find("Far from"), std::string::npos) << text;
  EXPECT_EQ(text.find("odd ones out"), std::string::npos) << text;
}

TEST(BatchSummary, of_files_that_all_failed_counts_them) {
  EXPECT_EQ(batch_summary({}, 2, 3.0, {}), "\n2 files: 2 could not be checked.\n");
}

TEST(BatchEntry, leaves_out_the_item_that_speaks_of_the_listener) {
  Diagnosis diagnosis;
  for (const char* id : {"fresh-ears", "low-end"}) {
    Finding finding;
    finding.id = id;
    finding.verdict = Verdict::kLook;
    diagnosis.findings.push_back(finding);
  }
  EXPECT_EQ(batch_entry("a", {}, {}, &diagnosis).look, 1);
  EXPECT_FALSE(batch_entry("a", {}, {}, nullptr).judged);
}

}  // namespace
}  // namespace lacquer
