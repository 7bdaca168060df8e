#pragma once

#include <string>
#include <vector>

#include "report/html_parts.h"

namespace lacquer {

// A page for a screen that shows printed pages as drawings, with their words below. `title` names them for
// who cannot see them; `after` is HTML for the end of the page.
std::string pages_html(const html::PageHead& head, const std::vector<std::string>& svgs,
                       const std::string& title, const std::string& text, const std::string& after = {});

}  // namespace lacquer
