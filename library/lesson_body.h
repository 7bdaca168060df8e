#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/lesson_content.h"

namespace lacquer {

struct LessonSentence {
  std::string words;  // in lower case, without punctuation, one blank between two words
  int line = 0;       // of its paragraph's first line in the file
};

struct LessonBody {
  std::vector<LessonSection> sections;
  int words = 0;  // of the text; headings and the marks of lists do not count
  std::vector<LessonSentence> sentences;
};

// The Markdown below the front matter; `first_line` is its first line's number in the file. Throws Error
// "NAME:LINE: body: …" for what parse_lesson rules out.
LessonBody parse_lesson_body(std::string_view text, const std::string& name, int first_line);

}  // namespace lacquer
