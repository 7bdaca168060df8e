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

std::size_t pages(const std::string& pdf) {
  std::size_t count = 0;
  for (std::size_t at = pdf.find("/Type /Page\n"); at != std::string::npos;
       at = pdf.find("/Type /Page\n", at + 1))
    ++count;
  return count;
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
  const std::size_t few = pages(once);
  ASSERT_GT(few, 0U);
  std::string words;
  while (words.size() < 30'000) words += "word after word ";
  EXPECT_GT(pages(workbook_pdf(a_report(words), Paper::kLetter)), few + 4);
}

TEST(WorkbookReport, words_longer_than_a_line_and_odd_ones_are_printed) {
  std::string wide;
  for (int i = 0; i < 3000; ++i) wide += "\xE4\xB8\x96";
  EXPECT_GT(pages(workbook_pdf(a_report(wide), Paper::kA4)), 2U);
  EXPECT_GT(pages(workbook_pdf(a_report(std::string(20'000, 'W')), Paper::kA4)), 4U);
  std::string odd = "\n\n\n";
  for (char c = 1; c < 0x20; ++c) odd += c;
  EXPECT_EQ(pages(workbook_pdf(a_report(odd + std::string(5, ' ')), Paper::kA4)), 2U);
}

}  // namespace
}  // namespace lacquer
