#include "report/document.h"

#include <gtest/gtest.h>

#include "report/playback_reports.h"
#include "report/systems_report.h"
#include "report/track_documents.h"
#include "tests/unit/report/markup.h"
#include "tests/unit/report/page_fault.h"
#include "tests/unit/report/samples.h"

namespace lacquer {
namespace {

PlanReport planned() {
  const MasterReport master = samples::master();
  return {"0.1.0",           "A song.wav", samples::source(), samples::measured(), samples::diagnosis(),
          master.result.plan};
}

// Enough of a table to fill several pages, with texts of several lines.
Document long_table(std::size_t rows) {
  Table table{"Numbers", {{"Name"}, {"Value", true}, {"Words"}}, {}, Table::Shape::kStacked};
  for (std::size_t i = 0; i < rows; ++i)
    table.rows.push_back({"row", std::to_string(i) + ".0 dB",
                          "Several words that go on for so long that they take more than one line of the "
                          "page on which they stand, as reasons do."});
  return {"Report", "A song.wav", "WAV", "0.1.0", {{"numbers", "Numbers", {std::move(table)}}}};
}

std::vector<Box> boxes_of(const Draw& page) {
  std::vector<Box> boxes;
  const PageSize size = page_size(Paper::kA4);
  to_pdf(size.width_pt, size.height_pt, [&](Canvas& canvas) {
    page(canvas);
    boxes = canvas.text_boxes();
  });
  return boxes;
}

TEST(Document, no_text_meets_another_or_the_edge_of_either_paper) {
  const CheckReport check = samples::check();
  const CheckReport rich = samples::rich_check();
  const CheckReport empty = samples::empty_check();
  const PlanReport plan = planned();
  const MasterReport master = samples::master();
  for (const Document& document : {check_document(check), check_document(rich), check_document(empty),
                                   plan_document(plan), master_document(master), long_table(90)})
    for (const Paper paper : {Paper::kA4, Paper::kLetter})
      for (const Draw& page : document_pages(document, paper))
        EXPECT_EQ(samples::page_fault(page, page_size(paper), 3), "") << document.kind;
}

TEST(Document, the_same_document_gives_the_same_bytes_and_says_what_it_is) {
  const CheckReport report = samples::rich_check();
  const std::string pdf = document_pdf(check_document(report));
  EXPECT_EQ(pdf, document_pdf(check_document(report)));
  EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
  EXPECT_NE(pdf.find("/Outlines"), std::string::npos) << "bookmarks";
  EXPECT_NE(pdf.find("/StructTreeRoot"), std::string::npos) << "the structure for who cannot see it";
}

TEST(Document, a_long_table_goes_on_with_its_head_on_every_page) {
  const Document document = long_table(90);
  const auto pages = document_pages(document, Paper::kA4);
  ASSERT_GE(pages.size(), 3U);
  // From the second page on: the head of three cells on one line at the top, then rows.
  for (std::size_t page = 1; page < pages.size(); ++page) {
    const std::vector<Box> boxes = boxes_of(pages[page]);
    ASSERT_GT(boxes.size(), 6U);
    const double head_height = boxes[0].bottom - boxes[0].top;
    const double row_height = boxes[3].bottom - boxes[3].top;
    EXPECT_LT(head_height, row_height) << "labels are set smaller than what stands below them";
    EXPECT_NEAR(boxes[0].bottom, boxes[2].bottom, 0.01);
  }
}

TEST(Document, no_heading_stands_alone_at_the_foot_of_a_page) {
  Document document = long_table(1);
  // Sections of a heading and a line each: a page is full after some of them.
  for (int i = 0; i < 60; ++i)
    document.sections.push_back(
        {"s" + std::to_string(i), "Heading", {Paragraph{Paragraph::Kind::kNote, "A line."}}});
  for (const Draw& page : document_pages(document, Paper::kA4)) {
    const std::vector<Box> boxes = boxes_of(page);
    // The two texts of the foot come last; before them stands a line, which is set smaller than a heading.
    const Box& last = boxes.at(boxes.size() - 3);
    const double height = last.bottom - last.top;
    EXPECT_LT(height, 0.97 * 11.0);
  }
}

TEST(Document, a_column_of_long_texts_leaves_the_others_their_width) {
  const std::vector<Box> boxes = boxes_of(document_pages(long_table(1), Paper::kA4).front());
  for (const Box& box : boxes) EXPECT_GT(box.right - box.left, 2.0);
}

TEST(Document, hostile_text_is_set_as_text_and_breaks_nothing) {
  Document document = long_table(3);
  document.name = document.meta = document.kind = samples::kHostile;
  std::get<Table>(document.sections[0].parts[0]).rows[0] = {samples::kHostile, samples::kHostile,
                                                            std::string(5000, 'w')};
  document.sections[0].heading = samples::kHostile;
  for (const Draw& page : document_pages(document, Paper::kA4))
    EXPECT_EQ(samples::page_fault(page, page_size(Paper::kA4), 3), "");
  EXPECT_EQ(markup::fault_in(document_html(document), true), "");
}

TEST(Document, a_chart_too_high_for_the_page_is_set_smaller) {
  Document document = long_table(1);
  document.sections[0].parts.emplace_back(
      Figure{"tall", "Tall", "", "", [](double) { return 3000.0; },
             [](Canvas& canvas) {
               canvas.text({10.0, canvas.height() - 4.0}, "the foot of it", {40.0, Ink::kInk});
             }});
  for (const Draw& page : document_pages(document, Paper::kA4))
    for (const Box& box : boxes_of(page))
      EXPECT_LT(box.bottom, page_size(Paper::kA4).height_pt - kPageMargin_pt + 0.6);
}

}  // namespace
}  // namespace lacquer
