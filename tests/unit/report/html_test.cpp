#include "report/html.h"

#include <gtest/gtest.h>

#include "report/track_documents.h"
#include "report/utf8.h"
#include "tests/unit/report/markup.h"
#include "tests/unit/report/samples.h"

namespace lacquer {
namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

// What a reader sees: no tags, no styles, no drawings.
std::string visible(const std::string& html) {
  std::string out;
  std::size_t at = html.find("<body>");
  while (at < html.size()) {
    if (html.compare(at, 4, "<svg") == 0) {
      at = html.find("</svg>", at) + 6;
    } else if (html[at] == '<') {
      at = html.find('>', at) + 1;
      out += ' ';
    } else {
      out += html[at++];
    }
  }
  return out;
}

TEST(Html, PagesAreWellFormedWithUniqueIds) {
  for (const std::string& page : {check_html(samples::check()), check_html(samples::empty_check()),
                                  check_html(samples::rich_check()), master_html(samples::master())}) {
    EXPECT_EQ(markup::fault_in(page, true), "");
    EXPECT_EQ(markup::dangling_reference(page), "");
    EXPECT_EQ(valid_utf8(page), page);
  }
}

TEST(Html, APlanSaysWhatLoudnessBuysAndCosts) {
  const MasterReport master = samples::master();
  PlanReport report{"0.1.0",
                    "A song.wav",
                    samples::source(),
                    samples::measured(),
                    samples::diagnosis(),
                    master.result.plan,
                    samples::what_loudness_buys()};
  const std::string page = document_html(plan_document(report));
  EXPECT_EQ(markup::fault_in(page, true), "");
  const std::string text = visible(page);
  EXPECT_TRUE(holds(text, "What loudness buys"));
  EXPECT_TRUE(holds(text, "too dear, only costs"));
  report.curve = {};
  EXPECT_FALSE(holds(document_html(plan_document(report)), "What loudness buys"));
}

TEST(Html, TheSameReportGivesTheSameBytes) {
  const std::string first = check_html(samples::check());
  const std::string master = master_html(samples::master());
  EXPECT_EQ(first, check_html(samples::check()));
  EXPECT_EQ(master, master_html(samples::master()));
}

TEST(Html, APageAsksNobodyForAnything) {
  for (const std::string& page : {check_html(samples::check()), master_html(samples::master())}) {
    for (const char* outside : {"http", "//", "<script", "<link", "@import", "src=", "<iframe"}) {
      EXPECT_FALSE(holds(page, outside)) << outside;
    }
  }
}

TEST(Html, HostileTextStaysText) {
  CheckReport report = samples::rich_check();
  report.diagnosis.target->curve.name = report.diagnosis.target->why = samples::kHostile;
  report.diagnosis.words[0].term = report.diagnosis.words[0].text = samples::kHostile;
  report.diagnosis.sections[0].name = samples::kHostile;
  report.file_name = samples::kHostile;
  report.version = samples::kHostile;
  report.source.container = report.source.codec = report.source.channel_layout = samples::kHostile;
  report.diagnosis.role.why = samples::kHostile;
  report.diagnosis.findings[1].title = samples::kHostile;
  report.diagnosis.findings[1].why = samples::kHostile;
  report.diagnosis.findings[1].action = samples::kHostile;
  report.diagnosis.findings[1].evidence[0] = {samples::kHostile, 1.0, samples::kHostile, 2.0, 3.0};
  report.diagnosis.findings[7].listen->how = samples::kHostile;
  report.diagnosis.faults[0].id = report.diagnosis.faults[0].why = samples::kHostile;
  report.platforms[0].name = report.platforms[2].limited_by = samples::kHostile;
  MasterReport master = samples::master();
  master.file_name = master.output_path = samples::kHostile;
  master.result.plan.why = master.result.plan.stages[6].reason = samples::kHostile;
  master.result.plan.stages[6].parameters[0].id = samples::kHostile;
  master.result.items[0].id = master.result.items[0].change = samples::kHostile;
  master.result.verified[0].claim = samples::kHostile;
  for (const std::string& page : {check_html(report), master_html(master)}) {
    EXPECT_FALSE(holds(page, "<img"));
    EXPECT_FALSE(holds(page, "onerror=\"alert"));
    EXPECT_FALSE(holds(page, "\x1b"));
    EXPECT_FALSE(holds(page, "\u202e"));
    EXPECT_EQ(valid_utf8(page), page);
    EXPECT_EQ(markup::fault_in(page, true), "");
    EXPECT_TRUE(holds(page, "&lt;img"));
  }
}

TEST(Html, MissingValuesAreDashesAndNeverInventedNumbers) {
  const std::string text = visible(check_html(samples::empty_check()));
  EXPECT_TRUE(holds(text, "\u2014"));
  for (const char* wrong : {"nan", "inf", "0.0 ", "\u22120.0"}) EXPECT_FALSE(holds(text, wrong)) << wrong;
}

TEST(Html, AllTwelveItemsAreThereInThreeStagesWithVerdictsInWords) {
  const std::string page = check_html(samples::check());
  EXPECT_EQ(count(page, "<article class=\"item"), 13u);  // and one fault
  for (int n = 1; n <= 12; ++n) EXPECT_TRUE(holds(page, "Title of item " + std::to_string(n))) << n;
  const std::string text = visible(page);
  for (const char* part :
       {"Before anything is switched on", "The diagnostic listen", "Before export", "fix", "pass",
        "1.3 dB past", "\u22121.0 dBTP", "0:12, 1:05\u20131:07", "Turn the master fader", "0:30\u20130:45"}) {
    EXPECT_TRUE(holds(text, part)) << part;
  }
}

TEST(Html, TheFirstSentenceSaysWhatToDoAlsoWhenThatIsNothing) {
  EXPECT_TRUE(holds(check_html(samples::check()), "Fix the mix before mastering: Title of item 2."));
  CheckReport fine = samples::check();
  fine.diagnosis = samples::diagnosis(Verdict::kPass);
  EXPECT_TRUE(holds(check_html(fine), "Nothing to do: all twelve items pass."));
}

TEST(Html, AMasterReportShowsWhatChangedAndWhatHolds) {
  const std::string page = master_html(samples::master());
  const std::string text = visible(page);
  for (const char* part : {"\u221211.8 LUFS", "+2.2 LU", "fixed (Limiting)", "fix \u2192 pass", "holds",
                           "Release 120 ms", "not targets", "/music/A song.master.wav"}) {
    EXPECT_TRUE(holds(text, part)) << part;
  }
  EXPECT_TRUE(holds(page, "<li class=\"on\">"));
  EXPECT_TRUE(holds(page, "<li class=\"offered\">"));
  EXPECT_EQ(count(page, "<li class=\"off\">"), 5u);
}

TEST(Html, EveryChartHasATitleAndItsNumbersInWords) {
  const std::string page = master_html(samples::master());
  EXPECT_EQ(count(page, "role=\"img\""), count(page, "<desc id="));
  EXPECT_EQ(count(page, "role=\"img\""), 10u);  // five charts, each for a page and for a telephone
  EXPECT_TRUE(holds(page, "Integrated \u221214.0 LUFS, loudest short-term \u221210.5 LUFS"));
}

TEST(Html, TheOutlineHasOneTitleAndALanguage) {
  const std::string page = check_html(samples::check());
  EXPECT_EQ(count(page, "<h1"), 1u);
  EXPECT_EQ(count(page, "<main"), 1u);
  EXPECT_TRUE(holds(page, "<html lang=\"en\">"));
  EXPECT_EQ(count(page, "<th>"), 0u) << "every heading of a table says what it heads";
}

TEST(Html, WhatItWasJudgedAgainstAndWhatStandsOutIsSaid) {
  const std::string text = visible(check_html(samples::rich_check()));
  for (const char* part : {"Judged against: modern (guessed): It has a steady beat", "Words that stand out",
                           "boxy", "+4.1 dB, 300\u2013800 Hz, 0:20\u20130:52", "A blanket over everything.",
                           "fairly sure", "just past by 0.4 dB", "just inside by 0.2 dB",
                           "Do, in mastering:", "Past the tolerance of modern:"}) {
    EXPECT_TRUE(holds(text, part)) << part;
  }
  EXPECT_FALSE(holds(text, "Comfortable body.")) << "what is normal does not stand out";
}

TEST(Html, NothingIsInventedWithoutATargetWordsOrSections) {
  for (CheckReport report : {samples::check(), samples::empty_check()}) {
    report.platforms.clear();  // where levels are said not to be targets
    const std::string text = visible(check_html(report));
    for (const char* part : {"Judged against", "Words that stand out", "olerance", "target"})
      EXPECT_FALSE(holds(text, part)) << part;
  }
  EXPECT_FALSE(holds(check_html(samples::empty_check()), "class=\"strip"));
}

TEST(Html, WhatToDoComesFirstAndLeadsToItsItem) {
  const std::string page = check_html(samples::rich_check());
  const std::size_t fix = page.find("<a href=\"#item-2\">");
  const std::size_t look = page.find("<a href=\"#item-5\">");
  ASSERT_NE(look, std::string::npos);
  EXPECT_LT(fix, look);
  EXPECT_LT(look, page.find("<article class=\"item"));
  EXPECT_EQ(check_html(samples::empty_check()).find("href=\"#item"), std::string::npos);
}

TEST(Html, AFindingShowsWhereInTheSongItApplies) {
  // 30 to 60 s of 95 s, in thousandths of the strip.
  EXPECT_TRUE(
      holds(check_html(samples::rich_check()), "<rect class=\"spot\" x=\"316\" y=\"1\" width=\"316\""));
}

TEST(Html, MarksAndSectionsAreThereInWords) {
  const std::string text = visible(check_html(samples::rich_check()));
  for (const char* part : {"Every mark and section in words", "5 Low end", "To play, by item", "Intro",
                           "0:00\u20130:11, \u221222.0 LUFS"})
    EXPECT_TRUE(holds(text, part)) << part;
}

}  // namespace
}  // namespace lacquer
