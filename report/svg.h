#pragma once

#include <string>
#include <string_view>

#include "report/palette.h"

namespace lacquer {

// Cairo numbers the ids of an SVG from counters that live as long as the process. This numbers them anew, in
// the order in which they appear, as PREFIX-1, PREFIX-2, …, with all references to them.
std::string renumber_svg_ids(std::string_view svg, std::string_view prefix);

// A drawing made by to_svg, as an element of a page: colours of the light theme become the page's custom
// properties (var(--ink), …), a title and a description say in words what the picture shows, and the size
// follows the page. `id` is the id of the element; title and description are plain text.
std::string inline_svg(std::string_view svg, std::string_view id, std::string_view css_class,
                       std::string_view title, std::string_view description);

// A drawing made by to_svg in the colours of another theme.
std::string svg_in(std::string_view svg, const Theme& theme);

// Text between tags or in a quoted attribute: page_text (report/utf8.h) with & < > " ' as entities.
std::string escape_html(std::string_view text);

}  // namespace lacquer
