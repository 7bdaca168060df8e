#include "library/vocabulary_content.h"

#include <algorithm>
#include <array>

#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array kStates = {WordState::kExcess, WordState::kNormal, WordState::kDeficiency};
constexpr std::array<std::string_view, 5> kClusters = {"low", "low-mid", "mid", "high-mid", "high"};
constexpr std::array<std::string_view, 6> kMeasures = {"level",     "rumble", "crest",
                                                       "resonance", "bursts", "tilt"};
constexpr double kMostDb = 40.0;

template <std::size_t Count>
std::string one_of(const TableReader& table, std::string_view key,
                   const std::array<std::string_view, Count>& values) {
  std::string text = table.text(key);
  if (std::find(values.begin(), values.end(), text) != values.end()) return text;
  std::string choices;
  for (const std::string_view value : values) choices += (choices.empty() ? "" : ", ") + std::string(value);
  table.fail(key, "it must be one of " + choices + "; write one of them");
}

WordState read_state(const TableReader& table) {
  const std::string text = table.text("names");
  for (const WordState state : kStates)
    if (to_string(state) == text) return state;
  table.fail("names", "it must be one of excess, normal, deficiency; write one of them");
}

std::array<double, 2> read_range(const TableReader& table) {
  const std::vector<double> range = table.numbers("range_hz", 2, 5.0, 30000.0);
  if (range[0] >= range[1])
    table.fail("range_hz", "the first frequency must lie below the second; correct one of the two");
  return {range[0], range[1]};
}

VocabularyTerm::Condition read_condition(const TableReader& table) {
  table.allow_only({"range_hz", "at_least_db", "at_most_db"});
  const auto [low_hz, high_hz] = read_range(table);
  VocabularyTerm::Condition condition{low_hz, high_hz,
                                      table.optional_number("at_least_db", -kMostDb, kMostDb),
                                      table.optional_number("at_most_db", -kMostDb, kMostDb)};
  if (condition.at_least_db.has_value() == condition.at_most_db.has_value())
    table.fail("range_hz", "a condition has either at_least_db or at_most_db; give one of them");
  return condition;
}

void check_limits(const TableReader& table, const VocabularyTerm& term) {
  if (term.names != WordState::kDeficiency && !term.excess_db)
    table.fail("excess_db", "this key is missing for a word of this kind; add it");
  if (term.names != WordState::kExcess && !term.deficiency_db)
    table.fail("deficiency_db", "this key is missing for a word of this kind; add it");
}

VocabularyTerm read_term(const TableReader& table, const std::string& id) {
  table.allow_only({"cluster", "range_hz", "names", "excess_db", "deficiency_db", "also", "measured_by",
                    "excess", "normal", "deficiency", "instruments", "disagreement", "opposite"});
  VocabularyTerm term;
  term.id = id;
  term.cluster = one_of(table, "cluster", kClusters);
  const auto [low_hz, high_hz] = read_range(table);
  term.low_hz = low_hz;
  term.high_hz = high_hz;
  term.names = read_state(table);
  term.excess_db = table.optional_number("excess_db", 0.1, kMostDb);
  term.deficiency_db = table.optional_number("deficiency_db", -kMostDb, -0.1);
  if (table.has("also"))
    for (const TableReader& condition : table.tables("also")) term.also.push_back(read_condition(condition));
  term.measured_by = one_of(table, "measured_by", kMeasures);
  term.excess = table.text("excess");
  term.normal = table.text("normal");
  term.deficiency = table.text("deficiency");
  term.instruments = table.text("instruments");
  term.disagreement = table.text_or_empty("disagreement");
  term.opposite = table.text_or_empty("opposite");
  check_limits(table, term);
  return term;
}

}  // namespace

std::vector<VocabularyTerm> parse_vocabulary(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "listening", "term"});
  file.integer("schema", 1, 1);
  const TableReader tables = file.table("term");
  std::vector<VocabularyTerm> terms;
  for (const std::string& id : tables.keys_in_file_order()) terms.push_back(read_term(tables.table(id), id));
  for (const VocabularyTerm& term : terms)
    if (!term.opposite.empty() && std::none_of(terms.begin(), terms.end(), [&](const VocabularyTerm& other) {
          return other.id == term.opposite;
        }))
      tables.table(term.id).fail("opposite", "no term has this name; correct it");
  return terms;
}

RangeListening parse_range_listening(std::string_view text, const std::string& name) {
  constexpr double kMostListeningDb = 24.0;
  const toml::table parsed = parse_toml(text, name);
  const TableReader table = TableReader(parsed, name, "").table("listening");
  table.allow_only({"seconds", "boost_db", "cut_db"});
  return {table.number("seconds", kLeastClipS, kMostClipS), table.number("boost_db", 1.0, kMostListeningDb),
          table.number("cut_db", 1.0, kMostListeningDb)};
}

}  // namespace lacquer
