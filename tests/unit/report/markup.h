#pragma once

#include <cctype>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace lacquer::markup {

// A strict reader of the XML that drawings are made of, and, with the elements that HTML never closes, of
// pages. Returns what is wrong, or nothing.
inline std::string fault_in(std::string_view text, bool html) {
  const std::set<std::string, std::less<>> never_closed = {"meta", "link", "br", "img"};
  std::vector<std::string> open;
  std::set<std::string> ids;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t start = text.find('<', at);
    const std::string_view words = text.substr(at, start == std::string_view::npos ? start : start - at);
    const bool in_style = !open.empty() && open.back() == "style";
    if (!in_style && words.find('>') != std::string_view::npos) return "a loose > in the text";
    for (std::size_t a = words.find('&'); !in_style && a != std::string_view::npos;
         a = words.find('&', a + 1)) {
      const std::size_t semicolon = words.find(';', a);
      if (semicolon == std::string_view::npos || semicolon - a > 7) return "a loose & in the text";
    }
    if (start == std::string_view::npos) break;
    const std::size_t end = text.find('>', start);
    if (end == std::string_view::npos) return "a tag without an end";
    std::string_view tag = text.substr(start + 1, end - start - 1);
    at = end + 1;
    if (tag.empty()) return "an empty tag";
    if (tag[0] == '?' || tag[0] == '!') continue;
    if (tag[0] == '/') {
      if (open.empty() || open.back() != tag.substr(1))
        return "</" + std::string(tag.substr(1)) + "> closes nothing";
      open.pop_back();
      continue;
    }
    const bool closes_itself = tag.back() == '/';
    if (closes_itself) tag.remove_suffix(1);
    const std::string name(tag.substr(0, tag.find_first_of(" \n")));
    std::string_view rest = tag.substr(name.size());
    std::set<std::string> attributes;
    while (true) {
      const std::size_t word = rest.find_first_not_of(" \n");
      if (word == std::string_view::npos) break;
      rest.remove_prefix(word);
      const std::size_t equals = rest.find("=\"");
      const std::size_t quote = equals == std::string_view::npos ? equals : rest.find('"', equals + 2);
      if (quote == std::string_view::npos) return "an attribute without a value in <" + name + ">";
      const std::string key(rest.substr(0, equals));
      const std::string value(rest.substr(equals + 2, quote - equals - 2));
      if (!attributes.insert(key).second) return "the attribute " + key + " twice in <" + name + ">";
      if (key == "id" && !ids.insert(value).second) return "the id " + value + " twice";
      if (value.find('<') != std::string::npos) return "a < in an attribute of <" + name + ">";
      rest.remove_prefix(quote + 1);
    }
    if (!closes_itself && !(html && never_closed.count(name))) open.push_back(name);
  }
  return open.empty() ? "" : "<" + open.back() + "> is never closed";
}

// The first reference that does not name an id of the same document, or nothing. A source that one may follow (`<a>`)
// is none: it is asked for nothing until somebody presses it.
inline std::string dangling_reference(const std::string& text) {
  for (const std::string before : {"href=\"", "url(", "aria-labelledby=\"", "aria-describedby=\""}) {
    for (std::size_t at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
      std::size_t from = at + before.size();
      if (text.compare(from, 4, "http") == 0 && text.substr(text.rfind('<', at), 3) == "<a ") continue;
      const bool is_link = before[0] == 'h' || before[0] == 'u';
      if (is_link && text[from] != '#') return text.substr(at, 40);
      if (is_link) ++from;
      const std::string id = text.substr(from, text.find_first_of("\")", from) - from);
      if (text.find(" id=\"" + id + "\"") == std::string::npos) return text.substr(at, 40);
    }
  }
  return "";
}

}  // namespace lacquer::markup
