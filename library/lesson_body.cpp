#include "library/lesson_body.h"

#include <algorithm>
#include <array>
#include <sstream>

#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr int kLeastWords = 600;
constexpr int kMostWords = 1000;
constexpr int kMostInSentence = 50;
constexpr double kMostOnAverage = 18.0;

// The headings in order; the fourth section is about sound or about a picture.
constexpr std::array<std::array<std::string_view, 2>, 5> kHeadings = {
    {{"Why it matters on your own records", ""},
     {"How to do it", ""},
     {"What to listen for", "What to look at"},
     {"Today", ""},
     {"In the workbook", ""}}};

[[noreturn]] void fail(const std::string& name, int line, const std::string& problem) {
  toml::source_region at;
  at.begin.line = static_cast<toml::source_index>(line);
  content_error(name, at, "body", problem);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A letter or digit; every byte of a character beyond ASCII counts as one.
bool in_word(char c) {
  return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 128;
}

// "1. " or "- " at the head of a line: its length, or 0.
std::size_t list_mark(std::string_view line) {
  if (line.substr(0, 2) == "- ") return 2;
  const auto digits =
      static_cast<std::size_t>(std::find_if_not(line.begin(), line.end(), is_digit) - line.begin());
  return digits > 0 && line.substr(digits, 2) == ". " ? digits + 2 : 0;
}

std::string plain(std::string_view word) {
  std::string result;
  for (const char c : word)
    if (in_word(c)) result += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return result;
}

bool ends_sentence(std::string_view word) {
  while (!word.empty() && (word.back() == '*' || word.back() == '"' || word.back() == ')'))
    word.remove_suffix(1);
  return !word.empty() && (word.back() == '.' || word.back() == '?' || word.back() == '!');
}

class Reader {
 public:
  Reader(const std::string& name, int first_line) : name_(name), line_(first_line) {
    body_.sections.emplace_back();
  }

  void add(std::string_view line) {
    if (line.substr(0, 1) == "#")
      begin_section(line);
    else
      add_text(line);
    ++line_;
  }

  LessonBody finish() {
    end_section();
    if (body_.sections.size() != kHeadings.size() + 1)
      fail(name_, line_, "the section \"" + expected() + "\" is missing; add it");
    if (body_.words < kLeastWords || body_.words > kMostWords)
      fail(name_, line_,
           "the text has " + std::to_string(body_.words) + " words, and 600 to 1000 are wanted; " +
               (body_.words < kLeastWords ? "say more" : "say less"));
    if (body_.words > kMostOnAverage * static_cast<double>(body_.sentences.size()))
      fail(name_, line_, "the sentences have more than 18 words on average; divide some");
    return std::move(body_);
  }

 private:
  std::string expected() const { return std::string(kHeadings[body_.sections.size() - 1][0]); }

  void begin_section(std::string_view line) {
    end_section();
    if (body_.sections.size() > kHeadings.size())
      fail(name_, line_, "no heading may follow \"In the workbook\"; remove it");
    const auto& allowed = kHeadings[body_.sections.size() - 1];
    const std::string_view heading = line.substr(0, 3) == "## " ? line.substr(3) : "";
    if (heading.empty() || std::find(allowed.begin(), allowed.end(), heading) == allowed.end())
      fail(name_, line_,
           "the section \"" + expected() + "\" is expected here; put the sections in their order");
    body_.sections.push_back({std::string(heading), {}});
  }

  void end_section() {
    end_sentence();
    std::string& text = body_.sections.back().text;
    const std::size_t first = text.find_first_not_of('\n');
    if (first == std::string::npos) fail(name_, line_, "the section above holds no text; write it");
    text = text.substr(first, text.find_last_not_of('\n') + 1 - first);
  }

  void add_text(std::string_view line) {
    body_.sections.back().text += std::string(line) + "\n";
    const std::size_t mark = list_mark(line);
    if (line.empty() || mark > 0) end_sentence();
    std::istringstream words{std::string(line.substr(mark))};
    for (std::string word; words >> word;) add_word(word);
  }

  void add_word(const std::string& word) {
    if (in_sentence_ == 0) sentence_.line = line_;
    ++body_.words;
    ++in_sentence_;
    const std::string letters = plain(word);
    if (!letters.empty()) sentence_.words += (sentence_.words.empty() ? "" : " ") + letters;
    if (ends_sentence(word)) end_sentence();
  }

  void end_sentence() {
    if (in_sentence_ == 0) return;
    if (in_sentence_ > kMostInSentence)
      fail(name_, sentence_.line,
           "a sentence here has " + std::to_string(in_sentence_) + " words, and 50 are the most; divide it");
    body_.sentences.push_back(std::exchange(sentence_, {}));
    in_sentence_ = 0;
  }

  const std::string& name_;
  int line_;
  LessonBody body_;
  LessonSentence sentence_;
  int in_sentence_ = 0;
};

}  // namespace

LessonBody parse_lesson_body(std::string_view text, const std::string& name, int first_line) {
  Reader reader(name, first_line);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    reader.add(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return reader.finish();
}

}  // namespace lacquer
