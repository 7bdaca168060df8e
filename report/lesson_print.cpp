#include <algorithm>

#include "report/lesson_blocks.h"
#include "report/lesson_chart.h"
#include "report/lesson_page.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

using Kind = Paragraph::Kind;

constexpr int kLinesForAnAnswer = 4;

// As plain_text(), without the marks of commands too: on paper nobody copies them.
std::string printed_text(std::string_view text) {
  std::string printed = plain_text(text);
  std::erase(printed, '`');
  return printed;
}

void put_named(DocumentSection& section, const std::string& name, const std::string& text) {
  if (text.empty()) return;
  section.parts.push_back(Paragraph{Kind::kName, name});
  section.parts.push_back(Paragraph{Kind::kWhy, text});
}

// What someone wrote, of any length, in pieces that a page can hold.
void put_answer(DocumentSection& section, const std::string& before, const std::string& text) {
  constexpr int kMostColumns = 1000;
  std::string lead = before;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    for (const std::string& piece : wrap(page_text(text.substr(at, end - at)), kMostColumns)) {
      section.parts.push_back(Paragraph{Kind::kText, lead + piece});
      lead.clear();
    }
    at = end + 1;
  }
}

DocumentSection section_document(const LessonPage& page, std::size_t index) {
  const LessonSection& from = page.lesson.sections[index];
  DocumentSection section{"part-" + std::to_string(index), from.heading, {}};
  for (const LessonBlock& block : blocks_of(from.text))
    section.parts.push_back(
        Paragraph{Kind::kText, printed_text(block.text), block.mark == "-" ? "•" : block.mark});
  if (index == 2 && page.drawing != nullptr) {
    const LessonDrawing& drawing = *page.drawing;
    const double shape = lesson_chart_height(drawing) / lesson_chart_width();
    section.parts.push_back(Figure{drawing.id, page.lesson.title, page.lesson.drawing_caption,
                                   page.lesson.drawing_caption,
                                   [shape](double width_pt) { return width_pt * shape; },
                                   [&drawing](Canvas& canvas) { draw_lesson(canvas, drawing); }});
  }
  return section;
}

DocumentSection written_document(const LessonPage& page) {
  DocumentSection section{"workbook", "For the workbook", {}};
  for (const WrittenAnswer& one : page.answers) {
    section.parts.push_back(Paragraph{Kind::kName, one.prompt});
    if (!one.first.empty()) put_answer(section, "First: ", one.first);
    if (one.newest.empty())
      section.parts.push_back(WritingLines{kLinesForAnAnswer});
    else
      put_answer(section, one.first.empty() ? "" : "Newest: ", one.newest);
  }
  return section;
}

DocumentSection gathered_document(const LessonPage& page) {
  DocumentSection section{"decisions", "How you work", {}};
  for (const GatheredLesson& one : page.gathered) {
    section.parts.push_back(Paragraph{Kind::kName, std::to_string(one.number) + ". " + one.title});
    section.parts.push_back(Paragraph{Kind::kMeta, one.decide});
    for (const WrittenAnswer& written : one.written)
      put_answer(section, written.prompt + " ", written.newest);
    if (!one.found.empty()) section.parts.push_back(Paragraph{Kind::kText, one.found});
  }
  return section;
}

}  // namespace

Document lesson_document(const LessonPage& page) {
  const Lesson& lesson = page.lesson;
  Document document{"Lesson " + std::to_string(lesson.number),
                    lesson.title,
                    course_title(lesson.course) + " · " + minutes_text(lesson),
                    page.version,
                    {}};
  DocumentSection opening{"opening", "", {Paragraph{Kind::kLead, lesson.summary}}};
  put_named(opening, "Decide", lesson.decide);
  put_named(opening, "Today", lesson.today);
  put_named(opening, "Done when", lesson.done_when);
  document.sections.push_back(std::move(opening));
  for (std::size_t i = 0; i < lesson.sections.size(); ++i)
    document.sections.push_back(section_document(page, i));
  DocumentSection exercise{"exercise", "The exercise", {}};
  exercise.parts.push_back(Paragraph{Kind::kText, printed_text(lesson.exercise.instructions)});
  exercise.parts.push_back(Paragraph{Kind::kNote, lesson.exercise.score});
  if (page.first_found != page.newest_found) put_named(exercise, "First", page.first_found);
  put_named(exercise, page.first_found != page.newest_found ? "Newest" : "Found", page.newest_found);
  document.sections.push_back(std::move(exercise));
  document.sections.push_back(written_document(page));
  if (!page.gathered.empty()) document.sections.push_back(gathered_document(page));
  DocumentSection terms{"terms", "Words", {}};
  for (const auto& [word, meaning] : page.terms)
    terms.parts.push_back(Paragraph{Kind::kNote, word + ": " + meaning});
  if (!terms.parts.empty()) document.sections.push_back(std::move(terms));
  DocumentSection sources{"sources", "Sources", {}};
  for (const LessonSource& source : lesson.sources)
    sources.parts.push_back(Paragraph{Kind::kNote, source.title + " (" + source.url + ")"});
  document.sections.push_back(std::move(sources));
  return document;
}

}  // namespace lacquer
