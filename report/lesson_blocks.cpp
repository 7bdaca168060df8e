#include "report/lesson_blocks.h"

#include <algorithm>

namespace lacquer {
namespace {

std::size_t mark_length(std::string_view line) {
  if (line.substr(0, 2) == "- ") return 2;
  std::size_t digits = 0;
  while (digits < line.size() && line[digits] >= '0' && line[digits] <= '9') ++digits;
  return digits > 0 && line.substr(digits, 2) == ". " ? digits + 2 : 0;
}

}  // namespace

std::vector<LessonBlock> blocks_of(std::string_view markdown) {
  std::vector<LessonBlock> blocks;
  bool open = false;
  for (std::size_t at = 0; at < markdown.size();) {
    const std::size_t end = std::min(markdown.find('\n', at), markdown.size());
    const std::string_view line = markdown.substr(at, end - at);
    at = end + 1;
    const std::size_t mark = mark_length(line);
    if (line.empty()) {
      open = false;
    } else if (mark > 0 || !open) {
      blocks.push_back(
          {std::string(line.substr(0, mark > 0 ? mark - 1 : 0)), std::string(line.substr(mark))});
      open = true;
    } else {
      blocks.back().text += " " + std::string(line);
    }
  }
  return blocks;
}

std::string plain_text(std::string_view text) {
  std::string plain;
  for (const char c : text)
    if (c != '*') plain += c;
  return plain;
}

std::string minutes_text(const Lesson& lesson) {
  return std::to_string(lesson.read_minutes) + " min to read, " + std::to_string(lesson.do_minutes) +
         " to do";
}

std::string course_title(const std::string& id) {
  return id == "where-you-stand"     ? "Where you stand"
         : id == "how-sound-behaves" ? "How sound behaves"
                                     : "Building the beat";
}

}  // namespace lacquer
