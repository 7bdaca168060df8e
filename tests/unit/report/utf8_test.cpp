#include "report/utf8.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

TEST(Utf8, BadBytesAndControlsAreReplacedInPagesAndSpelledOutOnTerminals) {
  EXPECT_EQ(page_text("a\xff"
                      "b\n\x1b\u202e"),
            "a\ufffd"
            "b\ufffd\ufffd\ufffd");
  EXPECT_EQ(terminal_text("a\xff"
                          "b\n\x1b\u202e\x7f"),
            "a\\xffb\\n\\x1b\\u{202e}\\x7f");
  EXPECT_EQ(page_text(std::string_view("a\0b", 3)),
            "a\ufffd"
            "b");
  EXPECT_EQ(terminal_text("\xc2"), "\\xc2");                             // cut in the middle of a character
  EXPECT_EQ(page_text("\xed\xa0\x80").find('\xed'), std::string::npos);  // a surrogate is no character
  EXPECT_EQ(page_text("Ж 日本 é"), "Ж 日本 é");
}

TEST(Utf8, WidthCountsColumnsNotBytes) {
  EXPECT_EQ(display_width("abc"), 3);
  EXPECT_EQ(display_width("−é"), 2);
  EXPECT_EQ(display_width("日本"), 4);
  EXPECT_EQ(display_width("e\u0301"), 1);
}

TEST(Utf8, LinesBreakAtSpacesAndInsideWordsThatAreTooLong) {
  EXPECT_EQ(wrap("one two  three", 7), (std::vector<std::string>{"one two", "three"}));
  EXPECT_EQ(wrap("abcdefgh", 3), (std::vector<std::string>{"abc", "def", "gh"}));
  EXPECT_EQ(wrap("日本語", 5), (std::vector<std::string>{"日本", "語"}));
  EXPECT_EQ(wrap("   ", 5), (std::vector<std::string>{}));
  EXPECT_EQ(wrap("日本", 1), (std::vector<std::string>{"日", "本"}));
}

TEST(Utf8, NoLineIsWiderThanAskedWhateverTheText) {
  const std::string text = "Ein Wort für Übermäßiges, 日本語の長い名前, and some e\u0301clairs−in−a−row…";
  for (int width = 2; width < 40; ++width) {
    std::string joined;
    for (const std::string& line : wrap(text, width)) {
      EXPECT_LE(display_width(line), width) << line;
      EXPECT_EQ(valid_utf8(line), line) << "a character was cut";
      joined += line;
    }
    std::string letters = text;
    std::erase(letters, ' ');
    std::erase(joined, ' ');
    EXPECT_EQ(joined, letters);
  }
}

TEST(Utf8, AsciiKeepsTheMeaningOfTypography) {
  EXPECT_EQ(to_ascii("−14 – ‘a’ … → ≤"), "-14 - 'a' ... -> <=");
  EXPECT_EQ(to_ascii("日"), "?");
}

}  // namespace
}  // namespace lacquer
