#include "library/embedded.h"
#include "library/search_content.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr double kMostWeight = 2.0;

// A list of lists of words, each of two or more.
std::vector<std::vector<std::string>> read_synonyms(const toml::table& parsed, const std::string& name,
                                                    const TableReader& file) {
  std::vector<std::vector<std::string>> groups;
  const toml::array* all = parsed["synonyms"].as_array();
  if (all == nullptr) file.fail("synonyms", "a list of lists is needed; add it");
  for (const toml::node& one : *all) {
    const toml::array* words = one.as_array();
    if (words == nullptr || words->size() < 2)
      content_error(name, one.source(), "synonyms", "each line needs two words or more; complete it");
    groups.emplace_back();
    for (const toml::node& word : *words) {
      const toml::value<std::string>* text = word.as_string();
      if (text == nullptr || text->get().empty())
        content_error(name, word.source(), "synonyms", "words in quotation marks are needed; correct it");
      groups.back().push_back(text->get());
    }
  }
  return groups;
}

}  // namespace

SearchRules parse_search_rules(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "stop", "synonyms", "weight", "topics"});
  file.integer("schema", 1, 1);
  SearchRules rules;
  rules.stop = file.texts("stop");
  rules.synonyms = read_synonyms(parsed, name, file);
  const TableReader weights = file.table("weight");
  for (const std::string& kind : weights.keys_in_file_order())
    rules.weight[kind] = weights.number(kind, 0.0, kMostWeight);
  const TableReader topics = file.table("topics");
  for (const std::string& page : topics.keys_in_file_order()) rules.topics[page] = topics.texts(page);
  return rules;
}

SearchRules load_search_rules() {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "search.toml") return parse_search_rules(file.text, "search.toml");
  return {};
}

}  // namespace lacquer
