#include "app/find_index.h"

#include <algorithm>

namespace lacquer {
namespace {

// How much a hit counts in a page's title, names, summary and body.
constexpr const char* kRank = "bm25(pages, 10.0, 6.0, 4.0, 1.0)";
// What a variant of a word counts, of the word itself.
constexpr double kPrefixWeight = 0.6;
constexpr double kSynonymWeight = 0.55;
constexpr double kSpellingWeight = 0.7;
constexpr double kPhraseWeight = 0.8;    // two words of the question side by side
constexpr std::size_t kLeastPrefix = 3;  // letters
constexpr std::size_t kMostQuestionBytes = 1000;
constexpr std::size_t kMostWords = 24;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Letters and digits make words, and every byte past ASCII; the index folds case and accents of those.
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}

std::vector<std::string> split(std::string_view text) {
  std::vector<std::string> words;
  bool in_word = false;
  for (const char raw : text) {
    const char c = lower(raw);
    if (is_letter(c)) {
      if (!in_word) words.emplace_back();
      words.back() += c;
    }
    in_word = is_letter(c);
  }
  return words;
}

std::string quoted(const std::string& words) { return "\"" + words + "\""; }  // no word has a quotation mark

bool contains(const std::vector<std::string>& list, const std::string& one) {
  return std::find(list.begin(), list.end(), one) != list.end();
}

bool passes(const SearchPage& page, const SearchFilter& filter) {
  return (filter.kind.empty() || page.kind == filter.kind) &&
         (filter.topic.empty() || contains(page.topics, filter.topic)) &&
         (filter.course.empty() || page.course == filter.course) &&
         (filter.stage.empty() || contains(page.stages, filter.stage));
}

}  // namespace

FindIndex::FindIndex(std::vector<SearchPage> pages, SearchRules rules)
    : pages_(std::move(pages)), rules_(std::move(rules)) {
  database_.run(
      "CREATE VIRTUAL TABLE pages USING fts5(title, names, summary, body, tokenize = 'porter unicode61 "
      "remove_diacritics 2')");
  Transaction transaction(database_);
  std::int64_t place = 0;
  for (const SearchPage& page : pages_) {
    Statement(database_, "INSERT INTO pages (rowid, title, names, summary, body) VALUES (?, ?, ?, ?, ?)")
        .with(place++, page.title, page.names, page.summary, page.body)
        .run();
    for (const std::string* text : {&page.title, &page.names, &page.summary, &page.body})
      for (std::string& word : split(*text)) spellings_.push_back(std::move(word));
  }
  transaction.commit();
  for (const auto& group : rules_.synonyms)
    for (const std::string& words : group)
      for (std::string& word : split(words)) spellings_.push_back(std::move(word));
  std::sort(spellings_.begin(), spellings_.end());
  spellings_.erase(std::unique(spellings_.begin(), spellings_.end()), spellings_.end());
}

FindIndex::Scores FindIndex::scores_of(const std::string& match) const {
  Scores scores;
  Statement rows(database_,
                 std::string("SELECT rowid, ") + kRank + " FROM pages WHERE pages MATCH ? LIMIT 100000");
  rows.with(match);
  // SQLite's ranks are the better the lower they are below 0.
  while (rows.step())
    scores[static_cast<std::size_t>(rows.integer(0))] = std::max(0.0, -rows.number(1).value_or(0.0));
  return scores;
}

std::vector<std::string> FindIndex::synonyms_of(const std::string& word) const {
  std::vector<std::string> others;
  for (const auto& group : rules_.synonyms) {
    if (!contains(group, word)) continue;
    for (const std::string& other : group)
      if (other != word && !contains(others, other)) others.push_back(other);
  }
  return others;
}

FindIndex::Scores FindIndex::scores_of_word(const std::string& word) const {
  Scores best = scores_of(quoted(word));
  const auto add = [&](const std::string& match, double weight) {
    for (const auto& [place, score] : scores_of(match)) best[place] = std::max(best[place], weight * score);
  };
  if (word.size() >= kLeastPrefix) add(quoted(word) + "*", kPrefixWeight);
  std::vector<std::string> spellings = {word};
  if (best.empty()) {
    spellings = spelled_like(word);
    for (const std::string& other : spellings) add(quoted(other), kSpellingWeight);
  }
  for (const std::string& spelling : spellings)
    for (const std::string& other : synonyms_of(spelling)) add(quoted(other), kSynonymWeight);
  return best;
}

std::vector<const SearchPage*> FindIndex::all(const SearchFilter& filter) const {
  std::vector<const SearchPage*> found;
  for (const SearchPage& page : pages_)
    if (passes(page, filter)) found.push_back(&page);
  return found;
}

// What is left of a question without the words that say nothing, unless these are all there is.
std::vector<std::string> FindIndex::words_of(const std::string& question) const {
  const std::vector<std::string> all = split(question.substr(0, kMostQuestionBytes));
  std::vector<std::string> words;
  for (const std::string& word : all)
    if (!contains(rules_.stop, word) && !contains(words, word) && words.size() < kMostWords)
      words.push_back(word);
  if (words.empty())
    words.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), kMostWords)));
  return words;
}

std::vector<SearchHit> FindIndex::find(const std::string& question, const SearchFilter& filter,
                                       std::size_t most) const {
  const std::vector<std::string> words = words_of(question);
  Scores total;
  std::map<std::size_t, int> matched;
  for (const std::string& word : words)
    for (const auto& [place, score] : scores_of_word(word)) {
      total[place] += score;
      ++matched[place];
    }
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string pair = words[i] + " " + words[i + 1];
    for (const auto& [place, score] : scores_of(quoted(pair))) total[place] += kPhraseWeight * score;
    for (const std::string& other : synonyms_of(pair))
      for (const auto& [place, score] : scores_of(quoted(other))) total[place] += kSynonymWeight * score;
  }
  std::vector<SearchHit> hits;
  for (const auto& [place, score] : total) {
    const SearchPage& page = pages_[place];
    if (!passes(page, filter)) continue;
    const auto weight = rules_.weight.find(page.kind);
    const double share = static_cast<double>(matched[place]) / static_cast<double>(words.size());
    hits.push_back({&page, score * share * (weight == rules_.weight.end() ? 1.0 : weight->second)});
  }
  std::stable_sort(hits.begin(), hits.end(),
                   [](const SearchHit& a, const SearchHit& b) { return a.score > b.score; });
  if (hits.size() > most) hits.resize(most);
  return hits;
}

}  // namespace lacquer
