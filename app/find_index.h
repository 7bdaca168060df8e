#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "library/search_content.h"
#include "workbook/sqlite.h"

namespace lacquer {

// What a search is limited to; empty: by nothing.
struct SearchFilter {
  std::string kind{};
  std::string topic{};
  std::string course{};
  std::string stage{};
};

struct SearchHit {
  const SearchPage* page = nullptr;
  double score = 0.0;
};

// Pages in a full-text index in memory (SQLite FTS5: words by their stems, accents folded), and the questions
// asked of it. Every word of a question counts by the best of: the word itself, words that begin with it,
// synonyms, and where it is found nowhere, the words that are spelled most like it.
class FindIndex {
 public:
  FindIndex(std::vector<SearchPage> pages, SearchRules rules);

  // The best first; only pages that the filter lets through.
  std::vector<SearchHit> find(const std::string& question, const SearchFilter& filter,
                              std::size_t most) const;
  // Every page that the filter lets through, in the order they were given.
  std::vector<const SearchPage*> all(const SearchFilter& filter) const;

 private:
  using Scores = std::map<std::size_t, double>;  // of a page, by its place

  Scores scores_of(const std::string& match) const;
  Scores scores_of_word(const std::string& word) const;
  std::vector<std::string> synonyms_of(const std::string& word) const;
  std::vector<std::string> spelled_like(const std::string& word) const;
  std::vector<std::string> words_of(const std::string& question) const;

  std::vector<SearchPage> pages_;
  SearchRules rules_;
  std::vector<std::string> spellings_;  // every word there is, sorted
  Database database_;
};

// How many letters must be put in, taken out, changed or swapped with a neighbour to make one of the other;
// `most` + 1 where it is more than that.
int spelling_distance(std::string_view a, std::string_view b, int most);

}  // namespace lacquer
