#include "app/find.h"

#include <algorithm>
#include <array>

#include "api/json_values.h"
#include "report/format.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

constexpr std::size_t kExcerptBytes = 160;

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

// As much of a text as fits one or two lines, cut between words where there are any.
std::string shortened(const std::string& text, std::size_t from = 0) {
  while (from < text.size() && is_continuation(text[from])) ++from;
  std::size_t end = std::min(text.size(), from + kExcerptBytes);
  if (end < text.size()) {
    const std::size_t space = text.rfind(' ', end);
    if (space != std::string::npos && space > from) end = space;
    while (end > from && is_continuation(text[end])) --end;
  }
  std::string cut = (from > 0 ? "…" : "") + text.substr(from, end - from) + (end < text.size() ? "…" : "");
  std::replace(cut.begin(), cut.end(), '\n', ' ');
  return cut;
}

std::string lower_case(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Where in the user's own words the question is met.
std::string excerpt_of(const SearchPage& page, const std::string& question) {
  if (!page.summary.empty()) return shortened(page.summary);
  constexpr std::size_t kLeastWord = 4;
  constexpr std::size_t kBefore = 40;
  const std::string body = lower_case(page.body);
  const std::string asked = lower_case(question);
  for (std::size_t at = 0; at < asked.size();) {
    const std::size_t end = std::min(asked.find(' ', at), asked.size());
    const std::size_t place =
        end - at >= kLeastWord ? body.find(asked.substr(at, end - at)) : std::string::npos;
    if (place != std::string::npos) {
      const std::size_t from = place > kBefore ? body.find(' ', place - kBefore) : 0;
      return shortened(page.body, from >= place ? 0 : from);
    }
    at = end + 1;
  }
  return shortened(page.body);
}

struct FilterPart {
  const char* option;
  std::string SearchFilter::*value;
};
constexpr std::array<FilterPart, 4> kFilterParts = {{{"--kind", &SearchFilter::kind},
                                                     {"--topic", &SearchFilter::topic},
                                                     {"--course", &SearchFilter::course},
                                                     {"--stage", &SearchFilter::stage}}};

std::vector<SearchAnswer::Without> without_each(const FindIndex& index, const std::string& question,
                                                const SearchFilter& filter) {
  std::vector<SearchAnswer::Without> all;
  for (const FilterPart& part : kFilterParts) {
    if ((filter.*part.value).empty()) continue;
    SearchFilter rest = filter;
    (rest.*part.value).clear();
    const std::size_t found = index.find(question, rest, kMostUserPages).size();
    if (found > 0) all.push_back({part.option, filter.*part.value, found});
  }
  return all;
}

const SearchRules& built_in_rules() {
  static const SearchRules rules = load_search_rules();
  return rules;
}

FindIndex index_of_everything(const std::filesystem::path& workbook_file) {
  return {everything_to_find(workbook_file), built_in_rules()};
}

}  // namespace

std::vector<SearchPage> everything_to_find(const std::filesystem::path& workbook_file) {
  static const std::vector<SearchPage> built_in = load_search_pages(built_in_rules());
  std::vector<SearchPage> pages = built_in;
  if (!workbook_file.empty())
    for (SearchPage& page : user_pages(workbook_file)) pages.push_back(std::move(page));
  return pages;
}

SearchAnswer search_everything(const std::string& question, const SearchFilter& filter,
                               const std::filesystem::path& workbook_file, std::size_t most) {
  const FindIndex index = index_of_everything(workbook_file);
  SearchAnswer answer;
  for (const SearchHit& hit : index.find(question, filter, most))
    answer.found.push_back({*hit.page, excerpt_of(*hit.page, question)});
  if (answer.found.empty()) answer.without = without_each(index, question, filter);
  if (answer.found.empty() && answer.without.empty())
    answer.without_all = index.find(question, {}, kMostUserPages).size();
  return answer;
}

SearchAnswer browse(const SearchFilter& filter, const std::filesystem::path& workbook_file) {
  const FindIndex index = index_of_everything(workbook_file);
  SearchAnswer answer;
  for (const SearchPage* page : index.all(filter)) answer.found.push_back({*page, excerpt_of(*page, "")});
  if (!answer.found.empty()) return answer;
  for (const FilterPart& part : kFilterParts) {
    if ((filter.*part.value).empty()) continue;
    SearchFilter rest = filter;
    (rest.*part.value).clear();
    if (const std::size_t found = index.all(rest).size(); found > 0)
      answer.without.push_back({part.option, filter.*part.value, found});
  }
  return answer;
}

std::string find_text(const std::string& question, const SearchAnswer& answer, const TextStyle& style) {
  constexpr std::size_t kKindColumn = 10;
  TextPage page(style);
  for (const FoundPage& one : answer.found) {
    std::string lead = one.page.kind;
    lead.resize(std::max(lead.size() + 2, kKindColumn), ' ');
    page.paragraph(0, lead, one.page.title, Tone::kStrong);
    if (!one.excerpt.empty() && one.excerpt != one.page.title)
      page.paragraph(static_cast<int>(kKindColumn), "", one.excerpt);
    page.paragraph(static_cast<int>(kKindColumn), "", one.page.open, Tone::kQuiet);
  }
  if (!answer.found.empty()) return page.take();
  page.paragraph(0, "", "Nothing is found for \"" + shortened(question) + "\".");
  for (const SearchAnswer::Without& one : answer.without)
    page.paragraph(0, "",
                   "Without " + one.option + " " + one.value + " there " + (one.found == 1 ? "is " : "are ") +
                       counted(one.found, "result", "results") + ".");
  if (answer.without_all > 0)
    page.paragraph(0, "",
                   "Without any of the filters there " +
                       std::string(answer.without_all == 1 ? "is " : "are ") +
                       counted(answer.without_all, "result", "results") + ".");
  else if (answer.without.empty())
    page.paragraph(0, "", "Try fewer or other words; lacquer sheets and lacquer words list what there is.");
  return page.take();
}

Json find_json(const SearchAnswer& answer) {
  Json items = Json::array();
  const auto texts = [](const std::vector<std::string>& all) {
    Json list = Json::array();
    for (const std::string& one : all) list.push_back(text(one));
    return list;
  };
  for (const auto& [page, excerpt] : answer.found)
    items.push_back({{"id", text(page.id)},
                     {"kind", text(page.kind)},
                     {"topic", page.topics.empty() ? Json() : text(page.topics.front())},
                     {"title", text(page.title)},
                     {"summary", text(excerpt)},
                     {"topics", texts(page.topics)},
                     {"course", page.course.empty() ? Json() : text(page.course)},
                     {"stages", texts(page.stages)},
                     {"open", text(page.open)}});
  return items_json(items);
}

}  // namespace lacquer
