#include "api/words.h"

#include "api/json_values.h"

namespace lacquer {
namespace {

const std::string& sound(const VocabularyTerm& term, WordState state) {
  return state == WordState::kExcess   ? term.excess
         : state == WordState::kNormal ? term.normal
                                       : term.deficiency;
}

Json text_or_null(const std::string& value) { return value.empty() ? Json(nullptr) : text(value); }

}  // namespace

Json words_json(const std::vector<WordEntry>& words) {
  Json items = Json::array();
  for (const auto& [term, here] : words)
    items.push_back({{"id", text(term.id)},
                     {"kind", "word"},
                     {"topic", text(term.cluster)},
                     {"title", text(term.id)},
                     {"summary", text(sound(term, term.names))},
                     {"low_hz", hertz(term.low_hz)},
                     {"high_hz", hertz(term.high_hz)},
                     {"names", to_string(term.names)},
                     {"excess", text(term.excess)},
                     {"normal", text(term.normal)},
                     {"deficiency", text(term.deficiency)},
                     {"instruments", text(term.instruments)},
                     {"disagreement", text_or_null(term.disagreement)},
                     {"opposite", text_or_null(term.opposite)},
                     {"state", here ? Json(to_string(here->state)) : Json(nullptr)},
                     {"deviation_db", here ? level(here->deviation_db) : Json(nullptr)},
                     {"when", here ? times(here->when) : Json(nullptr)},
                     {"text", here ? text(here->text) : Json(nullptr)}});
  return items_json(items);
}

}  // namespace lacquer
