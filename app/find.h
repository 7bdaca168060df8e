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
// An empty path leaves out the user's.
SearchAnswer search_everything(const std::string& question, const SearchFilter& filter,
                               const std::filesystem::path& workbook_file, std::size_t most = kMostFound);
// Every page that the filter lets through, to leaf through.
SearchAnswer browse(const SearchFilter& filter, const std::filesystem::path& workbook_file);

std::string find_text(const std::string& question, const SearchAnswer& answer, const TextStyle& style);
Json find_json(const SearchAnswer& answer);  // `find --json`

// A page to read: { id, kind, title, summary, rows: [ { label, text } ], links: [ { title, to } ] }, where
// `to` is "lessons/ID", "sheets/ID", "workbook" or "pages/ID"; null for an id that there is not.
Json found_page_json(const std::string& id, const std::filesystem::path& workbook_file);

// All pages: what is built in, and the user's own behind it.
std::vector<SearchPage> everything_to_find(const std::filesystem::path& workbook_file);
// The user's own pages.
std::vector<SearchPage> user_pages(const std::filesystem::path& workbook_file);

}  // namespace lacquer
