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

Json rendered_json(const std::optional<WordRendering>& rendered) {
  if (!rendered) return nullptr;
  Json files = Json::array();
  for (const HeardWord& one : rendered->files) {
    Json file = {{"way", text(one.way)}, {"summary", text(one.summary)}};
    put_path(file, one.path);
    file.update(times(one.when));
    file["gain_db"] = level(one.gain_db);
    file["short_of_lu"] = level(one.short_of_lu);
    files.push_back(std::move(file));
  }
  Json index;
  put_path(index, rendered->index);
  return {{"index", index}, {"files", files}};
}

}  // namespace

Json words_json(const std::vector<WordEntry>& words) {
  Json items = Json::array();
  for (const auto& [term, here, rendered] : words)
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
                     {"text", here ? text(here->text) : Json(nullptr)},
                     {"rendered", rendered_json(rendered)}});
  return items_json(items);
}

}  // namespace lacquer
