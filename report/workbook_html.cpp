#include "report/html_parts.h"
#include "report/svg.h"
#include "report/workbook_report.h"

namespace lacquer {
namespace {

// Each line of the user's as one of the page's.
std::string lines_html(const std::string& text) {
  std::string body;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    body += (at == 0 ? "" : "<br>\n") + escape_html(std::string_view(text).substr(at, end - at));
    at = end + 1;
  }
  return "<p>" + body + "</p>\n";
}

std::string words_html(const std::string& which, const WorkbookWords& words) {
  return html::element("p", "when", which + ", " + words.when) + "<blockquote>" + lines_html(words.text) +
         "</blockquote>\n";
}

std::string lesson_html(const WorkbookLesson& lesson) {
  std::string body = html::element("h3", "", lesson.title);
  if (!lesson.state.empty()) body += html::element("p", "when", lesson.state);
  for (const WorkbookPrompt& prompt : lesson.prompts) {
    body += html::element("p", "", prompt.prompt);
    if (prompt.first) body += words_html(prompt.newest ? "First" : "Answer", *prompt.first);
    if (prompt.newest) body += words_html("Newest", *prompt.newest);
  }
  return body;
}

std::string entries_html(std::string_view id, std::string_view heading,
                         const std::vector<WorkbookEntry>& entries) {
  if (entries.empty()) return {};
  std::string body;
  for (const WorkbookEntry& entry : entries) {
    if (!entry.heading.empty()) body += html::element("h3", "", entry.heading);
    body += html::element("p", "when", entry.when);
    if (!entry.text.empty()) body += "<blockquote>" + lines_html(entry.text) + "</blockquote>\n";
  }
  return html::section(id, heading, body);
}

}  // namespace

std::string workbook_html(const WorkbookReport& report, const std::string& version) {
  std::string body;
  for (const WorkbookCourse& course : report.courses) {
    std::string lessons;
    for (const WorkbookLesson& lesson : course.lessons) lessons += lesson_html(lesson);
    body +=
        html::section("course-" + std::to_string(&course - report.courses.data() + 1), course.title, lessons);
  }
  body += entries_html("decisions", "Decisions", report.decisions);
  body += entries_html("notes", "Notes", report.notes);
  return html::page({"Workbook", "Workbook", report.summary, version}, body);
}

}  // namespace lacquer
