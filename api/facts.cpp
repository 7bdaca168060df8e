#include "api/facts.h"

#include "api/version.h"
#include "chain/stage_parameters.h"

namespace lacquer {
namespace {

Json parameters_json(Stage stage) {
  Json list = Json::array();
  for (const ParameterInfo& one : parameters_of(stage)) {
    Json choices = Json::array();
    for (const std::string_view choice : one.choices) choices.push_back(choice);
    list.push_back({{"id", one.id},
                    {"name", one.name},
                    {"unit", one.unit},
                    {"min", one.min},
                    {"max", one.max},
                    {"fallback", one.fallback},
                    {"sentence", one.sentence},
                    {"choices", std::move(choices)}});
  }
  return list;
}

Json stages_json() {
  Json list = Json::array();
  for (const Stage stage : kStages)
    list.push_back({{"id", to_string(stage)},
                    {"title", title(stage)},
                    {"tag", tag(stage)},
                    {"parameters", parameters_json(stage)}});
  return list;
}

Json words_of(const Knowledge& known) {
  Json list = Json::array();
  for (const VocabularyTerm& term : known.vocabulary)
    list.push_back({{"id", term.id},
                    {"cluster", term.cluster},
                    {"low_hz", term.low_hz},
                    {"high_hz", term.high_hz},
                    {"names", to_string(term.names)},
                    {"excess", term.excess},
                    {"normal", term.normal},
                    {"deficiency", term.deficiency},
                    {"instruments", term.instruments},
                    {"opposite", term.opposite.empty() ? Json(nullptr) : Json(term.opposite)}});
  return list;
}

}  // namespace

Json facts_json(const Knowledge& known) {
  Json systems = Json::array();
  for (const PlaybackSystem& system : known.systems)
    systems.push_back({{"id", system.id}, {"name", system.name}});
  return {{"schema", 1},
          {"version", version()},
          {"stages", stages_json()},
          {"words", words_of(known)},
          {"systems", std::move(systems)}};
}

}  // namespace lacquer
