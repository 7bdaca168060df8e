#include "report/text_page.h"
#include "report/utf8.h"
#include "report/workbook_report.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostShownBytes = 1200;  // of an answer or a note

// The beginning of a long text, cut between characters.
std::string beginning(const std::string& text) {
  if (text.size() <= kMostShownBytes) return text;
  std::size_t end = kMostShownBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "… (the rest: lacquer workbook --pdf F)";
}

// Each line of the user's as a paragraph.
void put_lines(TextPage& page, int indent, const std::string& all) {
  const std::string text = beginning(all);
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end == at && end < text.size())
      page.blank();
    else
      page.paragraph(indent, "", std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
}

bool is_begun(const WorkbookLesson& lesson) {
  return !lesson.state.empty() ||
         std::any_of(lesson.prompts.begin(), lesson.prompts.end(),
                     [](const WorkbookPrompt& one) { return one.first.has_value(); });
}

void put_words(TextPage& page, const std::string& which, const WorkbookWords& words) {
  page.paragraph(6, which, words.when, Tone::kQuiet);
  put_lines(page, 14, words.text);
}

void put_lesson(TextPage& page, const WorkbookLesson& lesson) {
  page.paragraph(0, "", lesson.title + (lesson.state.empty() ? "" : ", " + lesson.state), Tone::kStrong);
  for (const WorkbookPrompt& prompt : lesson.prompts) {
    page.paragraph(4, "", prompt.prompt, Tone::kQuiet);
    if (prompt.first) put_words(page, prompt.newest ? "first   " : "answer  ", *prompt.first);
    if (prompt.newest) put_words(page, "newest  ", *prompt.newest);
  }
}

void put_entries(TextPage& page, const std::string& heading, const std::vector<WorkbookEntry>& entries) {
  if (entries.empty()) return;
  page.heading(heading);
  for (const WorkbookEntry& entry : entries) {
    page.paragraph(0, "", entry.heading + (entry.heading.empty() ? "" : ", ") + entry.when, Tone::kStrong);
    if (!entry.text.empty()) put_lines(page, 4, entry.text);
  }
}

}  // namespace

std::string workbook_text(const WorkbookReport& report, const TextStyle& style) {
  TextPage page(style);
  for (const std::string& one : report.due) page.paragraph(0, "due  ", one, Tone::kStrong, Tone::kNotice);
  if (!report.due.empty()) page.blank();
  page.paragraph(0, "", report.summary);
  for (const WorkbookCourse& course : report.courses) {
    bool is_first = true;
    for (const WorkbookLesson& lesson : course.lessons) {
      if (!is_begun(lesson)) continue;
      if (is_first) page.heading(course.title);
      is_first = false;
      put_lesson(page, lesson);
    }
  }
  put_entries(page, "Decisions", report.decisions);
  put_entries(page, "Notes", report.notes);
  return page.take();
}

}  // namespace lacquer
