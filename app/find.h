#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "api/json.h"
#include "app/find_index.h"
#include "report/terminal.h"

namespace lacquer {

// One result as it is shown.
struct FoundPage {
  SearchPage page;
  std::string excerpt;  // one line
};

struct SearchAnswer {
  std::vector<FoundPage> found;  // the best first
  // Where nothing was found: each filter without which there would be something, and how much.
  struct Without {
    std::string option;  // "--kind"
    std::string value;
    std::size_t found = 0;
  };
  std::vector<Without> without;
  std::size_t without_all = 0;  // where no single filter is to blame: how much there would be without any
};

// Searches everything built in and, where there is such a file, what the user wrote, decided and checked: of
// each the newest kMostUserPages.
constexpr std::size_t kMostUserPages = 2000;
constexpr std::size_t kMostFound = 10;
SearchAnswer search_everything(const std::string& question, const SearchFilter& filter,
                               const std::filesystem::path& workbook_file);  // empty path: without the user's

std::string find_text(const std::string& question, const SearchAnswer& answer, const TextStyle& style);
Json find_json(const SearchAnswer& answer);  // `find --json`

// The user's own pages.
std::vector<SearchPage> user_pages(const std::filesystem::path& workbook_file);

}  // namespace lacquer
