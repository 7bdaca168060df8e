#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "library/lesson_content.h"

namespace lacquer {

// What a lesson's page, its text and its paper share.

// One block of a section's text: a paragraph, or one entry of a list.
struct LessonBlock {
  std::string mark;  // "1.", "-", or empty
  std::string text;
};
std::vector<LessonBlock> blocks_of(std::string_view markdown);

// The marks of emphasis go, which need letters of their own; those of commands stay.
std::string plain_text(std::string_view text);

std::string minutes_text(const Lesson& lesson);  // "6 min to read, 35 to do"
std::string course_title(const std::string& id);

}  // namespace lacquer
