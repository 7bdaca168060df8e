#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// Text from outside (file names, tags, edited plans) made safe to show. None of these fails on any bytes.

// Bytes that are not UTF-8 become U+FFFD.
std::string valid_utf8(std::string_view bytes);

// For pages: valid UTF-8 on one line; control characters and the marks that turn the direction of writing
// (U+202A to U+202E, U+2066 to U+2069) become U+FFFD.
std::string page_text(std::string_view bytes);

// For terminals: as page_text, but such characters show as \n, \t, \x1b or \u{202e}, and bytes that are not
// UTF-8 as \xff, so that a name can still be told.
std::string terminal_text(std::string_view bytes);

// The nearest plain ASCII: dashes, minus signs, quotation marks and arrows by their usual spelling, else "?".
std::string to_ascii(std::string_view utf8);

// Columns on a terminal: two for wide East Asian characters, none for combining marks.
int display_width(std::string_view utf8);

// Lines of at most `width` columns (at least 1), broken at spaces, and inside words longer than a line. Runs
// of spaces become one. Text without a word gives no line.
std::vector<std::string> wrap(std::string_view utf8, int width);

}  // namespace lacquer
