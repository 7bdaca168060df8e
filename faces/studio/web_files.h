#pragma once

#include <span>
#include <string_view>

namespace lacquer::studio {

// The front end as `npm run build` made it, built into the program by faces/studio/CMakeLists.txt.
struct WebFile {
  std::string_view path;
  std::string_view bytes;
};
std::span<const WebFile> web_files();

}  // namespace lacquer::studio
