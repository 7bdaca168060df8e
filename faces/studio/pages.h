#pragma once

#include <optional>
#include <string_view>

namespace lacquer::studio {

struct Page {
  std::string_view bytes;
  const char* type;
};
// A file of the front end (web/), built into the program: "index.html", "assets/studio.js". None of that
// name: empty.
std::optional<Page> page(std::string_view path);

}  // namespace lacquer::studio
