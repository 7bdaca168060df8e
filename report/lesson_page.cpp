#include "report/lesson_page.h"

#include <algorithm>
#include <array>

#include "report/format.h"
#include "report/html_parts.h"
#include "report/lesson_blocks.h"
#include "report/lesson_chart.h"
#include "report/svg.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

// A run of text between two marks of its kind; what has no second mark stays as it is.
std::string inline_html(std::string_view text) {
  struct Mark {
    std::string_view mark;
    const char* tag;
  };
  static constexpr std::array<Mark, 3> kMarks = {{{"**", "strong"}, {"*", "em"}, {"`", "code"}}};
  std::string html;
  std::size_t plain = 0;
  for (std::size_t at = 0; at < text.size();) {
    bool found = false;
    for (const auto& [mark, tag] : kMarks) {
      if (text.substr(at, mark.size()) != mark) continue;
      const std::size_t end = text.find(mark, at + mark.size());
      if (end == std::string_view::npos || end == at + mark.size()) continue;
      html += escape_html(text.substr(plain, at - plain));
      const std::string_view inside = text.substr(at + mark.size(), end - at - mark.size());
      html += std::string("<") + tag + ">" + (mark == "`" ? escape_html(inside) : inline_html(inside)) +
              "</" + tag + ">";
      plain = at = end + mark.size();
      found = true;
      break;
    }
    if (!found) ++at;
  }
  return html + escape_html(text.substr(plain));
}

std::string card(std::string_view name, std::string_view text) {
  return "<p><b>" + escape_html(name) + "</b> " + escape_html(text) + "</p>\n";
}

// What someone wrote, with their own line breaks.
std::string quoted_html(std::string_view text) {
  std::string html = "<blockquote>";
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    html += (at == 0 ? "" : "<br>") + escape_html(text.substr(at, end - at));
    at = end + 1;
  }
  return html + "</blockquote>\n";
}

std::string on_one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

std::string written_html(const std::vector<WrittenAnswer>& answers) {
  std::string html;
  for (const WrittenAnswer& one : answers) {
    html += html::element("h3", "", one.prompt);
    if (one.newest.empty()) {
      html += html::element("p", "note", "Nothing written yet.");
      continue;
    }
    if (one.first.empty()) {
      html += quoted_html(one.newest);
      continue;
    }
    html += "<div class=\"two\"><div>" + html::element("p", "note", "First") + quoted_html(one.first) +
            "</div><div>" + html::element("p", "note", "Newest") + quoted_html(one.newest) + "</div></div>\n";
  }
  return html;
}

std::string gathered_html(const std::vector<GatheredLesson>& gathered) {
  std::string html;
  for (const GatheredLesson& one : gathered) {
    html += "<div class=\"decision\">" +
            html::element("h3", "", std::to_string(one.number) + ". " + one.title) +
            html::element("p", "note", one.decide);
    for (const WrittenAnswer& written : one.written)
      html += html::element("p", "asked", written.prompt) + quoted_html(written.newest);
    if (!one.found.empty()) html += html::element("p", "found", one.found);
    html += "</div>\n";
  }
  return html;
}

constexpr std::string_view kLessonStyle = R"css(<style>
.lesson{max-width:44rem}
.lesson p+p,.lesson p+ol,.lesson ol+p,.lesson p+ul,.lesson ul+p{margin-top:.875rem}
.lesson ol,.lesson ul{padding-left:1.5rem}
.lesson li+li{margin-top:.375rem}
.lesson h3{margin:1.5rem 0 .375rem}
code{font:500 .9em/1.4 "JetBrains Mono","DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
blockquote{margin:.25rem 0 0;padding-left:.875rem;border-left:2px solid var(--accent);white-space:pre-wrap;overflow-wrap:anywhere}
.two{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
.decision{padding:1rem 0;border-bottom:1px solid var(--hairline);break-inside:avoid}
.decision h3{margin-top:0}
.decision .asked{margin-top:.75rem;font-weight:600}
.decision .found{margin-top:.75rem}
figure{margin:2rem 0;max-width:44rem}
.card{max-width:44rem;display:grid;gap:.5rem}
@media (max-width:40rem){.two{grid-template-columns:1fr;gap:.75rem}}
</style>
)css";

std::string drawing_html(const LessonPage& page) {
  if (page.drawing == nullptr) return {};
  const std::string svg = to_svg(lesson_chart_width(), lesson_chart_height(*page.drawing), page.drawing->id,
                                 [&](Canvas& canvas) { draw_lesson(canvas, *page.drawing); });
  return "<figure>" +
         inline_svg(svg, page.drawing->id, "chart", page.lesson.title, page.lesson.drawing_caption) +
         html::element("figcaption", "", page.lesson.drawing_caption) + "</figure>\n";
}

void put_written(TextPage& text, const LessonPage& page) {
  int number = 0;
  for (const WrittenAnswer& one : page.answers) {
    text.paragraph(0, std::to_string(++number) + ". ", one.prompt);
    if (!one.first.empty()) text.paragraph(3, "first:  ", on_one_line(one.first));
    if (!one.newest.empty())
      text.paragraph(3, one.first.empty() ? "you:    " : "newest: ", on_one_line(one.newest));
  }
}

}  // namespace

std::string lesson_markdown_html(std::string_view markdown) {
  std::string html, list;
  const auto close = [&] {
    if (!list.empty()) html += "</" + list + ">\n";
    list.clear();
  };
  for (const LessonBlock& block : blocks_of(markdown)) {
    const std::string wanted = block.mark.empty() ? "" : block.mark == "-" ? "ul" : "ol";
    if (wanted != list) {
      close();
      if (!wanted.empty()) html += "<" + wanted + ">\n";
      list = wanted;
    }
    html += wanted.empty() ? "<p>" + inline_html(block.text) + "</p>\n"
                           : "<li>" + inline_html(block.text) + "</li>\n";
  }
  close();
  return html;
}

std::string lesson_html(const LessonPage& page) {
  const Lesson& lesson = page.lesson;
  std::string body = std::string(kLessonStyle) + html::element("p", "lead", lesson.summary) +
                     "<div class=\"card\">" + card("Decide:", lesson.decide) + card("Today:", lesson.today) +
                     card("Done when:", lesson.done_when) + "</div>\n";
  for (std::size_t i = 0; i < lesson.sections.size(); ++i) {
    const LessonSection& section = lesson.sections[i];
    const std::string text = "<div class=\"lesson\">" + lesson_markdown_html(section.text) + "</div>\n";
    // The drawing belongs to what it explains.
    const std::string drawing = i == 2 ? drawing_html(page) : "";
    body += section.heading.empty()
                ? "<section class=\"lesson\">" + lesson_markdown_html(section.text) + "</section>\n"
                : html::section("part-" + std::to_string(i), section.heading, text + drawing);
  }
  std::string exercise = "<div class=\"lesson\">" + html::element("p", "", lesson.exercise.instructions) +
                         html::element("p", "note", lesson.exercise.score);
  if (!page.newest_found.empty()) {
    if (page.first_found != page.newest_found) exercise += card("First:", page.first_found);
    exercise += card(page.first_found != page.newest_found ? "Newest:" : "Found:", page.newest_found);
  }
  body += html::section("exercise", "The exercise", exercise + "</div>\n");
  body += html::section("workbook", "What you wrote",
                        "<div class=\"lesson\">" + written_html(page.answers) + "</div>\n");
  if (!page.gathered.empty())
    body += html::section("decisions", "How you work",
                          "<div class=\"lesson\">" + gathered_html(page.gathered) + "</div>\n");
  if (!page.terms.empty()) {
    std::string terms;
    for (const auto& [word, meaning] : page.terms) terms += card(word + ":", meaning);
    body += html::section("terms", "Words", "<div class=\"card\">" + terms + "</div>\n");
  }
  std::string sources = "<ul class=\"lesson\">";
  for (const LessonSource& source : lesson.sources)
    sources += "<li><a href=\"" + escape_html(source.url) + "\" rel=\"noopener\">" +
               escape_html(source.title) + "</a></li>\n";
  body += html::section("sources", "Sources", sources + "</ul>\n");
  const html::PageHead head{"Lesson " + std::to_string(lesson.number), lesson.title,
                            course_title(lesson.course) + " · " + minutes_text(lesson), page.version};
  return html::page(head, body);
}

std::string lesson_text(const LessonPage& page, const TextStyle& style) {
  const Lesson& lesson = page.lesson;
  TextPage text(style);
  text.paragraph(0, std::to_string(lesson.number) + "  ", lesson.title, Tone::kStrong, Tone::kStrong);
  text.paragraph(0, "", course_title(lesson.course) + " · " + minutes_text(lesson), Tone::kQuiet);
  text.blank();
  text.paragraph(0, "decide     ", lesson.decide);
  text.paragraph(0, "today      ", lesson.today);
  text.paragraph(0, "done when  ", lesson.done_when);
  for (std::size_t i = 0; i < lesson.sections.size(); ++i) {
    const LessonSection& section = lesson.sections[i];
    text.blank();
    if (!section.heading.empty()) {
      text.paragraph(0, "", section.heading, Tone::kStrong);
      text.blank();
    }
    bool first = true, in_list = false;
    for (const LessonBlock& block : blocks_of(section.text)) {
      if (!first && !(in_list && !block.mark.empty())) text.blank();
      text.paragraph(block.mark.empty() ? 0 : 2, block.mark.empty() ? "" : block.mark + " ",
                     plain_text(block.text));
      first = false;
      in_list = !block.mark.empty();
    }
    if (i == 2 && page.drawing != nullptr) {
      text.blank();
      text.paragraph(0, "drawing  ", lesson.drawing_caption, Tone::kQuiet);
    }
  }
  text.blank();
  text.paragraph(0, "", "The exercise", Tone::kStrong);
  text.blank();
  text.paragraph(0, "", lesson.exercise.instructions);
  text.paragraph(0, "", lesson.exercise.score, Tone::kQuiet);
  if (!page.newest_found.empty() && page.first_found != page.newest_found)
    text.paragraph(0, "first   ", page.first_found);
  if (!page.newest_found.empty()) text.paragraph(0, "newest  ", page.newest_found);
  text.blank();
  text.paragraph(0, "", "For the workbook", Tone::kStrong);
  text.blank();
  put_written(text, page);
  return text.take();
}

}  // namespace lacquer
