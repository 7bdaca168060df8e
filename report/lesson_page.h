#pragma once

#include <string>
#include <vector>

#include "library/lesson_content.h"
#include "report/document.h"
#include "report/terminal.h"

namespace lacquer {

// A lesson to read.

struct WrittenAnswer {
  std::string prompt;
  std::string first{};   // empty where the newest is the only one
  std::string newest{};  // empty where nothing was written
};

// What the learner decided in an earlier lesson.
struct GatheredLesson {
  int number = 0;
  std::string title{};
  std::string decide{};
  std::string found{};  // what the exercise said at last; may be empty
  std::vector<WrittenAnswer> written{};
};

struct LessonPage {
  const Lesson& lesson;
  const LessonDrawing* drawing = nullptr;
  std::vector<WrittenAnswer> answers{};
  std::string first_found{};  // what the exercise said the first time, and at last; may be empty
  std::string newest_found{};
  std::vector<std::pair<std::string, std::string>> terms{};  // word, meaning
  std::vector<GatheredLesson> gathered{};                    // of the last lesson
  std::string version{};
};

// One self-contained page, as in report/html.h.
std::string lesson_html(const LessonPage& page);
// At the style's width; the drawing by its caption.
std::string lesson_text(const LessonPage& page, const TextStyle& style);

// For paper, with lines to write on where a prompt has no answer. `page` must outlive it.
Document lesson_document(const LessonPage& page);

// The Markdown that lessons are written in: paragraphs, lists, *emphasis*, **words** and `code`. As HTML, all
// else escaped.
std::string lesson_markdown_html(std::string_view markdown);

}  // namespace lacquer
