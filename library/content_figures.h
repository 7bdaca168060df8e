#pragma once

#include <string>
#include <string_view>

#include "library/sheet_content.h"

namespace lacquer {

// The text with every "{FILE:dotted.path}" replaced by that figure and its unit. The unit is the table's
// `unit`, or the ending of the key ("_dbtp"); two frequencies are a range. Throws Error with one sentence.
std::string with_figures(std::string_view text, const ContentText& content);

}  // namespace lacquer
