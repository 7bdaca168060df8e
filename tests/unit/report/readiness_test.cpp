#include "report/readiness.h"

#include <gtest/gtest.h>

#include "tests/unit/report/markup.h"
#include "tests/unit/report/page_fault.h"

namespace lacquer {
namespace {

// `lines` for each of seven parts, with names as long as files may be called.
Readiness readiness(std::size_t lines, std::size_t signers = 3) {
  Readiness r;
  r.title = "Blue Hours, a rather long title of a release that somebody made in one winter (Deluxe Edition)";
  r.summary = "Not ready: 7 things to fix, 21 things to look at.";
  r.facts = {"Nightline, on Nightline", "Release Friday 2027-01-29, in 68 days"};
  const std::string name =
      "a piece with a rather long name that somebody exported in a hurry, version 7 (final)";
  const Verdict verdicts[] = {Verdict::kFix, Verdict::kLook, Verdict::kListen, Verdict::kPass,
                              Verdict::kNotApplicable};
  for (int part = 0; part < 7; ++part) {
    ReadinessPart into{"The metadata are complete", {}};
    for (std::size_t i = 0; i < lines; ++i)
      into.lines.push_back(
          {verdicts[i % 5], i % 3 == 0 ? "" : name,
           "The composition adds up to 99.99 %, which is told in a sentence that goes on for longer "
           "than one line of the page can hold, as sentences about money do.",
           i % 2 == 0 ? "" : "Agree who has the missing 0.01 %."});
    r.parts.push_back(into);
  }
  r.schedule.title = "Back from release day";
  r.schedule.form = SheetForm::kTimeline;
  for (int i = 0; i < 9; ++i) {
    SheetItem step;
    step.id = i == 6 ? "release" : "step";
    step.title = "\u22128 weeks";
    step.text = "upload, codes, artwork";
    step.ask = i == 0 ? "2026-12-04 done" : "2026-12-04";
    r.schedule.items.push_back(step);
  }
  r.signers.assign(signers, "Ada Writer-Somebody of the Nightline Collective, Publishing");
  r.credits = {"What can be measured was measured; rights and contracts were not. Not legal advice."};
  return r;
}

TEST(Readiness, no_text_is_overfull_however_many_lines_there_are) {
  for (const std::size_t lines : {0U, 1U, 6U, 40U})
    for (const Paper paper : {Paper::kA4, Paper::kLetter}) {
      const Readiness r = readiness(lines);
      const std::vector<Draw> pages = readiness_pages(r, paper);
      for (std::size_t i = 0; i < pages.size(); ++i) {
        const std::string fault = samples::page_fault(pages[i], page_size(paper));
        if (i > 0 && i + 1 == pages.size() && fault == "hardly any text") continue;  // the rest may be short
        EXPECT_EQ(fault, "") << lines << " lines, page " << i + 1;
      }
    }
  EXPECT_EQ(readiness_pages(readiness(1), Paper::kA4).size(), 1U);
  EXPECT_GT(readiness_pages(readiness(40), Paper::kA4).size(), 10U);
}

TEST(Readiness, a_text_of_any_length_is_cut_to_a_page) {
  Readiness r = readiness(2);
  const std::string word(3'000, 'x');
  std::string words;
  for (int i = 0; i < 1'000; ++i) words += "word ";
  for (std::string* text : {&r.title, &r.facts[0], &r.parts[0].lines[0].what, &r.parts[1].lines[1].about,
                            &r.parts[2].lines[1].action, &r.signers[0]}) {
    *text = word;
    for (const Draw& page : readiness_pages(r, Paper::kA4))
      EXPECT_EQ(samples::page_fault(page, page_size(Paper::kA4), 1), "");
    *text = words;
    for (const Draw& page : readiness_pages(r, Paper::kA4))
      EXPECT_EQ(samples::page_fault(page, page_size(Paper::kA4), 1), "");
  }
}

TEST(Readiness, the_same_release_gives_the_same_bytes) {
  const Readiness r = readiness(5);
  EXPECT_EQ(readiness_pdf(r, Paper::kA4), readiness_pdf(r, Paper::kA4));
  EXPECT_NE(readiness_pdf(r, Paper::kA4), readiness_pdf(r, Paper::kLetter));
}

TEST(Readiness, the_page_for_a_screen_is_well_formed_whatever_the_texts_hold) {
  Readiness r = readiness(3);
  r.title = "<b>&\"'\x1b[31m\xff";
  r.parts[0].lines[0].what = "</svg><script>";
  const std::string page = readiness_html(r, "the <same> in words", "0.1.0", Paper::kA4);
  EXPECT_EQ(markup::fault_in(page, true), "");
  EXPECT_EQ(markup::dangling_reference(page), "");
  EXPECT_EQ(page.find("<script>"), std::string::npos);
}

}  // namespace
}  // namespace lacquer
