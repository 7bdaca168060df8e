#include "report/workbook_report.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

WorkbookReport a_report(const std::string& answer) {
  WorkbookReport report;
  report.summary = "1 of 30 lessons done.";
  report.courses = {{"Where you stand",
                     {{"1  One sentence",
                       "done today 14:10",
                       true,
                       {{"I will know it is done when …", WorkbookWords{"2026-11-01 10:00", answer},
                         WorkbookWords{"today 14:10", "newest"}},
                        {"I keep it open because …", std::nullopt, std::nullopt}}},
                      {"2  Not begun", "", false, {{"Prompt", std::nullopt, std::nullopt}}}}}};
  report.notes = {{"mix", "today 14:12", "a note"}};
  return report;
}

std::size_t pages(const std::string& answer, Paper paper = Paper::kA4) {
  return workbook_pages(a_report(answer), paper).size();
}

// Whether all letters of all pages stay within the margins.
bool fits(const std::string& answer) {
  const PageSize size = page_size(Paper::kA4);
  constexpr double kSlack = 1.0;  // side bearings
  bool inside = true;
  for (const Draw& page : workbook_pages(a_report(answer), Paper::kA4))
    to_pdf(size.width_pt, size.height_pt, [&](Canvas& canvas) {
      page(canvas);
      for (const Box& box : canvas.text_boxes())
        inside = inside && box.left >= kPageMargin_pt - kSlack &&
                 box.right <= size.width_pt - kPageMargin_pt + kSlack && box.top >= kPageMargin_pt - kSlack &&
                 box.bottom <= size.height_pt - kPageMargin_pt + kSlack;
    });
  return inside;
}

TEST(WorkbookReport, the_terminal_gets_no_control_characters_and_no_lesson_that_was_not_begun) {
  const std::string text = workbook_text(a_report("bad \x1b[2J \x07 \xE2\x80\xAE end"), {false, true, 80});
  EXPECT_EQ(text.find('\x1b'), std::string::npos);
  EXPECT_EQ(text.find('\x07'), std::string::npos);
  EXPECT_EQ(text.find("\xE2\x80\xAE"), std::string::npos);
  EXPECT_NE(text.find("\\x1b[2J"), std::string::npos);
  EXPECT_NE(text.find("newest"), std::string::npos);
  EXPECT_EQ(text.find("Not begun"), std::string::npos);
}

TEST(WorkbookReport, a_long_answer_is_cut_on_the_terminal_between_characters) {
  std::string answer;
  for (int i = 0; i < 100'000; ++i) answer += "\xF0\x9F\x8E\xB9";
  const std::string text = workbook_text(a_report(answer), {false, true, 80});
  EXPECT_LT(text.size(), 10'000U);
  EXPECT_EQ(text.find("\\x"), std::string::npos);
  EXPECT_NE(text.find("the rest"), std::string::npos);
}

TEST(WorkbookReport, a_page_is_escaped) {
  const std::string html = workbook_html(a_report("<script>alert(1)</script>\nsecond"), "0.1");
  EXPECT_EQ(html.find("<script>"), std::string::npos);
  EXPECT_NE(html.find("&lt;script&gt;"), std::string::npos);
  EXPECT_NE(html.find("<br>\nsecond"), std::string::npos);
}

TEST(WorkbookReport, print_is_the_same_each_time_and_grows_with_the_answer) {
  const std::string once = workbook_pdf(a_report("short"), Paper::kA4);
  EXPECT_EQ(once, workbook_pdf(a_report("short"), Paper::kA4));
  const std::size_t few = pages("short");
  std::string words;
  while (words.size() < 30'000) words += "word after word ";
  EXPECT_GT(pages(words), few + 4);
  EXPECT_GE(pages(words, Paper::kLetter), pages(words));
  EXPECT_TRUE(fits(words));
}

TEST(WorkbookReport, words_longer_than_a_line_and_odd_ones_are_printed) {
  std::string wide;
  for (int i = 0; i < 9000; ++i) wide += "\xE4\xB8\x96";
  EXPECT_GT(pages(wide), 2U);
  EXPECT_TRUE(fits(wide));
  EXPECT_GT(pages(std::string(20'000, 'W')), 4U);
  EXPECT_TRUE(fits(std::string(20'000, 'W')));
  std::string odd = "\n\n\n";
  for (char c = 1; c < 0x20; ++c) odd += c;
  EXPECT_TRUE(fits(odd + std::string(5, ' ')));
}

}  // namespace
}  // namespace lacquer
