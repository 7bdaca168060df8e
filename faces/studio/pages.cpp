#include "faces/studio/pages.h"

#include <array>
#include <utility>

#include "faces/studio/web_files.h"

namespace lacquer::studio {
namespace {

const char* type_of(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, const char*>, 5> kTypes = {{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".svg", "image/svg+xml"},
      {".json", "application/json"},
  }};
  for (const auto& [ending, type] : kTypes)
    if (path.ends_with(ending)) return type;
  return "application/octet-stream";
}

}  // namespace

std::optional<Page> page(std::string_view path) {
  for (const WebFile& file : web_files())
    if (file.path == path) return Page{file.bytes, type_of(path)};
  return std::nullopt;
}

}  // namespace lacquer::studio
