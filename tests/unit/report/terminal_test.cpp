#include "report/terminal.h"

#include <gtest/gtest.h>

#include <sstream>

#include "report/utf8.h"
#include "tests/unit/report/samples.h"

namespace lacquer {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::string without_colour(std::string text) {
  for (std::size_t at = text.find('\x1b'); at != std::string::npos; at = text.find('\x1b')) {
    text.erase(at, text.find('m', at) + 1 - at);
  }
  return text;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

PlanReport plan_report() {
  const MasterReport master = samples::master();
  return {master.version,       master.file_name,     master.source,
          master.result.before, samples::diagnosis(), master.result.plan};
}

std::vector<std::string> all_reports(const TextStyle& style) {
  CheckReport check = samples::check();
  MasterReport master = samples::master();
  PlanReport plan = plan_report();
  std::string long_name;
  for (int i = 0; i < 40; ++i) long_name += "日本語Ж_";
  check.file_name = long_name + samples::kHostile;
  check.diagnosis.findings[1].evidence[0].metric = "a_" + long_name;
  check.diagnosis.findings[1].evidence[0].unit = long_name;
  check.diagnosis.findings[2].title = long_name;
  check.diagnosis.faults[0].id = long_name;
  master.output_path = "/" + long_name;
  master.report_paths = {master.output_path};
  master.result.items[0].change = long_name;
  master.result.verified[0].claim = long_name;
  master.result.plan.stages[6].parameters[0].id = long_name;
  plan.plan.why = plan.plan.stages[0].reason = samples::kHostile + long_name;
  CheckReport rich = samples::rich_check();
  rich.diagnosis.words[1].term = rich.diagnosis.words[1].text = samples::kHostile + long_name;
  rich.diagnosis.target->why = rich.diagnosis.faults[0].why = samples::kHostile + long_name;
  return {check_text(rich, style),
          check_text(check, style),
          plan_text(plan, style),
          master_text(master, style),
          check_text(samples::check(), style),
          check_text(samples::empty_check(), style)};
}

TEST(Terminal, NoLineIsWiderThanTheTerminal) {
  for (const int width : {40, 80, 120}) {
    for (const bool unicode : {true, false}) {
      for (const bool colour : {true, false}) {
        for (const std::string& text : all_reports({colour, unicode, width})) {
          for (const std::string& line : lines_of(without_colour(text))) {
            EXPECT_LE(display_width(line), width) << line;
          }
        }
      }
    }
  }
}

TEST(Terminal, WithoutColourThereIsNoEscapeWhateverTheNamesHold) {
  for (const std::string& text : all_reports({false, true, 80})) {
    EXPECT_FALSE(holds(text, "\x1b"));
    EXPECT_FALSE(holds(text, "\u202e"));
    EXPECT_EQ(valid_utf8(text), text);
  }
  CheckReport report = samples::check();
  report.file_name = "a\nb\x1b[2J.wav";
  EXPECT_TRUE(holds(check_text(report, {}), "a\\nb\\x1b[2J.wav: "));
}

TEST(Terminal, ColourChangesNothingButColour) {
  const std::string plain = check_text(samples::check(), {false, true, 80});
  const std::string coloured = check_text(samples::check(), {true, true, 80});
  EXPECT_NE(plain, coloured);
  EXPECT_EQ(plain, without_colour(coloured));
}

TEST(Terminal, AsciiIsAscii) {
  for (const std::string& text : all_reports({false, false, 80})) {
    for (const char c : text) EXPECT_TRUE(c == '\n' || (c >= ' ' && c <= '~')) << static_cast<int>(c);
  }
}

TEST(Terminal, TheFirstLineSaysWhatTheTrackNeeds) {
  EXPECT_EQ(lines_of(check_text(samples::check(), {}))[0],
            "A song.wav: Fix the mix before mastering: Title of item 2.");
  CheckReport fine = samples::check();
  fine.diagnosis = samples::diagnosis(Verdict::kPass);
  EXPECT_EQ(lines_of(check_text(fine, {}))[0], "A song.wav: Nothing to do: all twelve items pass.");
}

TEST(Terminal, AnItemShowsItsVerdictInWordsItsEvidenceItsTimesAndWhatToDo) {
  const std::string text = check_text(samples::check(), {});
  for (const char* part : {" 2  ! fix     Title of item 2", " 3  \u2713 pass    Title of item 3",
                           "limit \u22121.0 dBTP, 1.3 dB past", "44,100  Hz", "at   0:12, 1:05\u20131:07",
                           "do   Turn the master fader", "play 0:30\u20130:45: on a telephone",
                           "\u2022 look  DC offset (sure)"}) {
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  }
}

TEST(Terminal, MissingValuesAreDashes) {
  const std::string text = check_text(samples::empty_check(), {});
  EXPECT_TRUE(holds(text, "Integrated  \u2014"));
  for (const char* wrong : {"nan", "inf", " 0.0", "\u22120.0"}) EXPECT_FALSE(holds(text, wrong)) << wrong;
}

TEST(Terminal, AMasterShowsBeforeAndAfterAndWhereItLies) {
  const std::string text = master_text(samples::master(), {});
  for (const char* part :
       {"Integrated  \u221214.0   \u221211.8    +2.2  LUFS", "7  \u25cf applied   Limiting (always last)",
        "5  \u25cb offered   Saturation (optional)", "Release 120 ms", "fix \u2192 pass",
        "\u2713 holds  true_peak", "master  /music/A song.master.wav", "report  /music/A song.master.html"}) {
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  }
}

TEST(Terminal, WhatLoudnessBuysIsATableWithTheLandingMarked) {
  const MasterReport report = samples::master();
  const std::string text = master_text(report, {});
  EXPECT_NE(text.find("What loudness buys"), std::string::npos);
  // -11.8 LUFS lies nearest to the step at -12.0: 2.0 dB limited, 2.5 dB of PSR and 3.0 dB of crest lost.
  const std::size_t at = text.find(">  \u221212.0");
  ASSERT_NE(at, std::string::npos) << text;
  EXPECT_EQ(text.find(">  ", at + 1), std::string::npos) << "one step only";
  const std::string line = text.substr(at, text.find('\n', at) - at);
  for (const char* part : {"2.0 dB", "2.5 dB", "3.0 dB", "1.0 dB", "1.2"})
    EXPECT_NE(line.find(part), std::string::npos) << line;
  EXPECT_NE(text.find("too dear, only costs"), std::string::npos);
}

TEST(Terminal, APreviewNamesItsThreeFilesAndNoMaster) {
  MasterReport report = samples::master();
  report.output_path.clear();
  report.report_paths.clear();
  report.preview_note = "0:48–1:18: it is the loudest here";
  report.preview_paths = {"a.preview.wav", "a.preview-a-mix.wav", "a.preview-b-master.wav"};
  const std::string text = master_text(report, {});
  for (const std::string& path : report.preview_paths) EXPECT_NE(text.find(path), std::string::npos) << path;
  EXPECT_NE(text.find("it is the loudest here"), std::string::npos);
  EXPECT_EQ(text.find("\nmaster  "), std::string::npos);
}

TEST(Terminal, ABrokenPromiseIsSaid) {
  MasterReport report = samples::master();
  report.result.verified.push_back({"integrated = -11.8 LUFS", -11.2, false});
  const std::string text = master_text(report, {});
  EXPECT_TRUE(holds(text, "1 promise does not")) << text;
  EXPECT_TRUE(holds(text, "! fails  integrated"));
}

TEST(Terminal, WhatToDoComesBeforeTheTwelveItemsAndEachIsStillListed) {
  const std::string text = check_text(samples::rich_check(), {});
  const std::size_t to_do = text.find("What to do, in this order");
  const std::size_t twelve = text.find("Before anything is switched on");
  ASSERT_NE(to_do, std::string::npos);
  EXPECT_LT(to_do, twelve);
  EXPECT_LT(text.find("Turn the master fader"), twelve);
  const std::string rest = text.substr(twelve);
  EXPECT_TRUE(holds(rest, " 2  ! fix     Title of item 2 (above)"));
  for (int n = 1; n <= 12; ++n)
    EXPECT_TRUE(holds(rest, (n < 10 ? "\n " : "\n") + std::to_string(n) + "  ")) << n;
}

TEST(Terminal, ItSaysWhatItJudgedAgainstWhatStandsOutAndHowSureItIs) {
  const std::string text = check_text(samples::rich_check(), {});
  for (const char* part :
       {"Judged against: modern (guessed): It has a steady beat",
        "boxy   +4.1 dB, 300\u2013800 Hz, 0:20\u20130:52", "dull   \u22125.2 dB, 4\u201316 kHz",
        "! fix   Boxy (fairly sure)", "fairly sure; to be done in mastering",
        "limit 3.0 dB, just past by 0.4 dB", "limit 1.5 dB, just inside by 0.2 dB",
        "Past the tolerance of modern:", "target  \u2500", "above   ", "below   "}) {
    EXPECT_TRUE(holds(text, part)) << part << "\n" << text;
  }
  EXPECT_FALSE(holds(text, "warm"));
}

TEST(Terminal, TheToneIsDrawnInAsciiTooAndNotWhereThereIsNoRoom) {
  const std::string text = check_text(samples::rich_check(), {false, false, 80});
  EXPECT_TRUE(holds(text, "target  ------"));
  EXPECT_TRUE(holds(text, "++++++++"));
  EXPECT_FALSE(holds(check_text(samples::rich_check(), {false, false, 60}), "target  ---"));
}

TEST(Terminal, NothingIsInventedWithoutATargetOrWords) {
  for (const CheckReport& report : {samples::check(), samples::empty_check()}) {
    const std::string text = check_text(report, {});
    for (const char* part : {"Judged against", "The tone", "olerance", "above  "})
      EXPECT_FALSE(holds(text, part)) << part;
  }
}

}  // namespace
}  // namespace lacquer
