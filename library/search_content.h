#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// One page that can be found.
struct SearchPage {
  std::string id;    // KIND-NAME: "lesson-05", "term-boxy", "sheet-gear"
  std::string kind;  // "lesson"
  std::string title;
  std::string names{};  // other words for the same, of more weight than the rest
  std::string summary{};
  std::string body{};
  std::string course{};  // empty: of none
  std::vector<std::string> topics{};
  std::vector<std::string> stages{};  // of the mastering chain, or "before", "listen", "export"
  std::string open{};                 // the command that shows it
};

// content/search.toml.
struct SearchRules {
  std::vector<std::string> stop;
  std::vector<std::vector<std::string>> synonyms;
  std::map<std::string, double> weight;                    // of a kind
  std::map<std::string, std::vector<std::string>> topics;  // of a page's id, else of its kind
};

// Throws Error "NAME:LINE: FIELD: what is wrong; what to do".
SearchRules parse_search_rules(std::string_view text, const std::string& name);
SearchRules load_search_rules();

// Everything built in: sheets, items, stages, terms, platforms, systems, lessons and their exercises.
std::vector<SearchPage> load_search_pages(const SearchRules& rules);

}  // namespace lacquer
