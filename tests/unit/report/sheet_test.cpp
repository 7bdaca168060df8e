#include "report/sheet.h"

#include <gtest/gtest.h>

#include "library/content.h"
#include "report/utf8.h"
#include "tests/unit/report/markup.h"
#include "tests/unit/report/page_fault.h"
#include "tests/unit/report/samples.h"

namespace lacquer {
namespace {

// A track with something to say to every item.
SheetTrack track() {
  const CheckReport report = samples::rich_check();
  SheetTrack track{"a piece with a rather long name that somebody exported in a hurry, version 7 (final).wav",
                   report.measurements, report.diagnosis, Plan{}};
  static constexpr std::array<const char*, 12> kIds = {
      "fresh-ears",   "peak-level",  "mono-compatibility", "source-integrity",  "low-end",     "harshness",
      "stereo-width", "translation", "platform-loudness",  "true-peak-ceiling", "file-format", "playback"};
  for (std::size_t i = 0; i < kIds.size(); ++i) track.diagnosis.findings[i].id = kIds[i];
  for (std::size_t i = 0; i < kStages.size(); ++i) {
    PlanStage& stage = track.plan->stages[i];
    stage.stage = kStages[i];
    stage.state = i % 3 == 0 ? StageState::kOn : i % 3 == 1 ? StageState::kOffered : StageState::kOff;
    stage.reason =
        "Between 300 and 800 Hz it stands 4.1 dB over the target through most of the piece, and the "
        "trial brought it 2.4 dB nearer without moving anything else by more than 0.3 dB.";
  }
  return track;
}

std::vector<PrintedSheet> sheets(bool filled) {
  std::vector<PrintedSheet> all;
  for (const Sheet& sheet : load_sheets()) {
    all.push_back({sheet, load_platforms(), load_vocabulary()});
    if (filled) all.back().track = track();
  }
  return all;
}

TEST(Sheets, no_text_is_overfull_on_either_paper_with_or_without_a_track) {
  for (const bool filled : {false, true})
    for (const PrintedSheet& sheet : sheets(filled))
      for (const Paper paper : {Paper::kA4, Paper::kLetter}) {
        const std::vector<Draw> pages = sheet_pages(sheet);
        EXPECT_LE(pages.size(), 2U);
        for (std::size_t i = 0; i < pages.size(); ++i)
          EXPECT_EQ(samples::page_fault(pages[i], page_size(paper)), "")
              << sheet.sheet.id << (filled ? ", filled, page " : ", page ") << i + 1
              << (paper == Paper::kA4 ? ", A4" : ", Letter");
      }
}

TEST(Sheets, a_text_too_long_for_its_page_would_be_noticed) {
  PrintedSheet sheet = sheets(false)[0];
  std::string& text = sheet.sheet.sides[0].sections[0].items[0].text;
  const std::string sentence = text;
  for (int i = 0; i < 40; ++i) text += " " + sentence;
  EXPECT_NE(samples::page_fault(sheet_pages(sheet)[0], page_size(Paper::kA4)), "");
}

TEST(Sheets, the_same_sheet_gives_the_same_bytes_and_says_what_it_is) {
  for (const bool filled : {false, true})
    for (const PrintedSheet& sheet : sheets(filled)) {
      const std::string pdf = sheet_pdf(sheet, Paper::kA4);
      EXPECT_EQ(pdf, sheet_pdf(sheet, Paper::kA4)) << sheet.sheet.id;
      EXPECT_NE(pdf, sheet_pdf(sheet, Paper::kLetter)) << sheet.sheet.id;
      EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
      EXPECT_NE(pdf.find("/Title"), std::string::npos);
      EXPECT_NE(pdf.find("(Lacquer)"), std::string::npos);
      EXPECT_NE(pdf.find("20000101000000Z"), std::string::npos) << "no clock";
      EXPECT_NE(pdf.find("/StructTreeRoot"), std::string::npos) << "a reading order";
    }
}

TEST(Sheets, drawings_are_well_formed_and_one_for_each_page) {
  for (const PrintedSheet& sheet : {sheets(false)[0], sheets(true)[4]}) {
    const std::vector<std::string> svgs = sheet_svgs(sheet, Paper::kLetter);
    EXPECT_EQ(svgs.size(), sheet_pages(sheet).size());
    for (const std::string& svg : svgs) {
      EXPECT_EQ(markup::fault_in(svg, false), "") << sheet.sheet.id;
      EXPECT_EQ(markup::dangling_reference(svg), "") << sheet.sheet.id;
      EXPECT_EQ(svg.find("nan"), std::string::npos) << sheet.sheet.id;
    }
  }
}

TEST(Sheets, a_page_for_a_screen_is_well_formed_and_holds_the_words) {
  const std::string page = sheet_html(sheets(true)[5], "0.1.0", Paper::kA4);
  EXPECT_EQ(markup::fault_in(page, true), "");
  EXPECT_EQ(markup::dangling_reference(page), "");
  EXPECT_NE(page.find("The same in words"), std::string::npos);
}

TEST(Sheets, a_track_without_sound_leaves_its_results_out) {
  for (PrintedSheet& sheet : sheets(false)) {
    const CheckReport empty = samples::empty_check();
    sheet.track = SheetTrack{"silence.wav", empty.measurements, empty.diagnosis, std::nullopt};
    for (const Draw& page : sheet_pages(sheet))
      EXPECT_EQ(samples::page_fault(page, page_size(Paper::kA4)), "") << sheet.sheet.id;
  }
}

TEST(Sheets, the_terminal_tells_every_item_within_its_width) {
  for (const PrintedSheet& sheet : sheets(true)) {
    const std::string text = sheet_text(sheet, {false, true, 72});
    for (const SheetSide& side : sheet.sheet.sides)
      for (const SheetSection& section : side.sections)
        for (const SheetItem& item : section.items)
          EXPECT_NE(text.find(item.title.substr(0, 20)), std::string::npos) << item.title;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      EXPECT_LE(display_width(text.substr(at, end - at)), 72);
      at = end + 1;
    }
  }
}

TEST(Sheets, a_filled_diagnostic_says_the_verdicts_and_a_filled_chain_the_plan) {
  const std::vector<PrintedSheet> all = sheets(true);
  EXPECT_NE(sheet_text(all[4], {}).find("Turn the master fader down"), std::string::npos);
  EXPECT_NE(sheet_text(all[2], {}).find("offered: Between 300 and 800 Hz"), std::string::npos);
  EXPECT_NE(sheet_text(all[5], {}).find("Here: "), std::string::npos);
}

}  // namespace
}  // namespace lacquer
