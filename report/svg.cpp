#include "report/svg.h"

#include <charconv>
#include <map>
#include <optional>

#include "report/palette.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

std::string attribute(std::string_view name, std::string_view value) {
  std::string text(1, ' ');
  text.append(name).append("=\"").append(escape_html(value)).append("\"");
  return text;
}

std::map<std::string, std::string, std::less<>> new_ids(std::string_view svg, std::string_view prefix) {
  std::map<std::string, std::string, std::less<>> ids;
  constexpr std::string_view kId = " id=\"";
  for (std::size_t at = svg.find(kId); at != std::string_view::npos; at = svg.find(kId, at)) {
    at += kId.size();
    const std::size_t end = svg.find('"', at);
    if (end == std::string_view::npos) break;
    ids.emplace(svg.substr(at, end - at), std::string(prefix) + "-" + std::to_string(ids.size() + 1));
    at = end;
  }
  return ids;
}

// One of the three numbers of rgb(1%,2%,3%), as 0 to 255; moves `at` past it and the character behind the
// "%".
std::optional<std::uint8_t> percent(std::string_view text, std::size_t& at) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), value);
  if (error != std::errc() || !(value >= 0.0 && value <= 100.0)) return std::nullopt;
  at = static_cast<std::size_t>(end - text.data()) + 2;
  return static_cast<std::uint8_t>(std::lround(value * 2.55));
}

std::optional<Ink> role_of(std::string_view colour) {
  std::size_t at = 0;
  const auto red = percent(colour, at);
  if (!red || at >= colour.size()) return std::nullopt;
  const auto green = percent(colour, at);
  if (!green || at >= colour.size()) return std::nullopt;
  const auto blue = percent(colour, at);
  if (!blue) return std::nullopt;
  for (std::size_t i = 0; i < kInkCount; ++i) {
    if (light_theme().colours[i] == Rgb{*red, *green, *blue}) return static_cast<Ink>(i);
  }
  return std::nullopt;
}

// Every colour of the light theme as `colour_of` its role says it.
template <class ColourOf>
std::string recoloured(std::string_view svg, const ColourOf& colour_of) {
  constexpr std::string_view kRgb = "rgb(";
  std::string out;
  std::size_t at = 0;
  while (true) {
    const std::size_t found = svg.find(kRgb, at);
    const std::size_t end = found == std::string_view::npos ? found : svg.find(')', found);
    if (end == std::string_view::npos) return out.append(svg.substr(at));
    const auto role = role_of(svg.substr(found + kRgb.size(), end - found - kRgb.size()));
    out.append(svg.substr(at, found - at));
    out.append(role ? colour_of(*role) : std::string(svg.substr(found, end + 1 - found)));
    at = end + 1;
  }
}

std::string with_custom_properties(std::string_view svg) {
  return recoloured(svg, [](Ink role) { return "var(" + css_name(role) + ")"; });
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string_view between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t start = text.find(before);
  if (start == std::string_view::npos) return {};
  const std::size_t from = start + before.size();
  const std::size_t end = text.find(after, from);
  return end == std::string_view::npos ? std::string_view() : text.substr(from, end - from);
}

}  // namespace

std::string renumber_svg_ids(std::string_view svg, std::string_view prefix) {
  const auto ids = new_ids(svg, prefix);
  std::string out;
  std::size_t at = 0;
  while (at < svg.size()) {
    // An id appears as id="X", as "#X" and as url(#X).
    const std::size_t definition = svg.find(" id=\"", at);
    const std::size_t reference = svg.find('#', at);
    const std::size_t found = std::min(definition, reference);
    if (found == std::string_view::npos) break;
    const std::size_t start = found + (found == definition ? 5 : 1);
    const std::size_t end = std::min(svg.find_first_of("\")", start), svg.size());
    const auto known = ids.find(svg.substr(start, end - start));
    out.append(svg.substr(at, start - at));
    out.append(known == ids.end() ? svg.substr(start, end - start) : std::string_view(known->second));
    at = end;
  }
  return out.append(svg.substr(std::min(at, svg.size())));
}

std::string svg_in(std::string_view svg, const Theme& theme) {
  return recoloured(svg, [&](Ink role) { return css_hex(theme[role]); });
}

std::string inline_svg(std::string_view svg, std::string_view id, std::string_view css_class,
                       std::string_view title, std::string_view description) {
  const std::size_t root = svg.find("<svg");
  const std::size_t open_end = root == std::string_view::npos ? root : svg.find('>', root);
  if (open_end == std::string_view::npos) return {};
  const std::string title_id = std::string(id) + "-title";
  const std::string text_id = std::string(id) + "-text";
  std::string out = "<svg" + attribute("id", id) + attribute("class", css_class) + attribute("role", "img") +
                    attribute("viewBox", between(svg.substr(root, open_end - root), "viewBox=\"", "\"")) +
                    attribute("aria-labelledby", title_id) + attribute("aria-describedby", text_id) + ">\n";
  out += "<title" + attribute("id", title_id) + ">" + escape_html(title) + "</title>";
  out += "<desc" + attribute("id", text_id) + ">" + escape_html(description) + "</desc>";
  std::string body = with_custom_properties(svg.substr(open_end + 1));
  // A page needs neither the namespace nor the older form of a reference (SVG 2, "Linking").
  replace_all(body, "xlink:href=", "href=");
  return out + body;
}

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : page_text(text)) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

}  // namespace lacquer
