#include <algorithm>
#include <array>
#include <cstdlib>
#include <numeric>

#include "app/find_index.h"

namespace lacquer {
namespace {

constexpr std::size_t kLeastCorrected = 4;  // letters; shorter words are too much alike
constexpr std::size_t kLongWord = 8;        // from here on two slips are forgiven
constexpr std::size_t kMostSpellings = 3;

}  // namespace

// Optimal string alignment: an edit distance with swaps of neighbours.
int spelling_distance(std::string_view a, std::string_view b, int most) {
  const auto gap = static_cast<int>(a.size()) - static_cast<int>(b.size());
  if (std::abs(gap) > most) return most + 1;
  std::vector<int> before(b.size() + 1);
  std::vector<int> row(b.size() + 1);
  std::vector<int> two_before(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_before.swap(before);
    before.swap(row);
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t k = 1; k <= b.size(); ++k) {
      const int change = a[i - 1] == b[k - 1] ? 0 : 1;
      row[k] = std::min({before[k] + 1, row[k - 1] + 1, before[k - 1] + change});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1])
        row[k] = std::min(row[k], two_before[k - 2] + 1);
      least = std::min(least, row[k]);
    }
    if (least > most) return most + 1;
  }
  return std::min(row[b.size()], most + 1);
}

std::vector<std::string> FindIndex::spelled_like(const std::string& word) const {
  if (word.size() < kLeastCorrected) return {};
  const int most = word.size() < kLongWord ? 1 : 2;
  std::vector<std::pair<int, std::string>> found;
  for (const std::string& other : spellings_)
    if (const int distance = spelling_distance(word, other, most); distance <= most)
      found.emplace_back(distance, other);
  std::sort(found.begin(), found.end());
  std::vector<std::string> words;
  for (const auto& [distance, other] : found)
    if (distance == found.front().first && words.size() < kMostSpellings) words.push_back(other);
  return words;
}

}  // namespace lacquer
