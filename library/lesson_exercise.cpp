#include "library/lesson_exercise.h"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace lacquer {
namespace {

constexpr std::array<std::pair<std::string_view, ParameterType>, 5> kTypes = {
    {{"number", ParameterType::kNumber},
     {"count", ParameterType::kCount},
     {"numbers", ParameterType::kNumbers},
     {"text", ParameterType::kText},
     {"texts", ParameterType::kTexts}}};
constexpr double kFarthest = 1e6;

ParameterType read_type(const TableReader& table) {
  const std::string text = table.text("type");
  for (const auto& [name, type] : kTypes)
    if (name == text) return type;
  table.fail("type", "it must be one of number, count, numbers, text, texts; write one of them");
}

bool is_text(ParameterType type) { return type == ParameterType::kText || type == ParameterType::kTexts; }

ExerciseParameter read_parameter(const TableReader& table, const std::string& id) {
  ExerciseParameter parameter;
  parameter.id = id;
  parameter.type = read_type(table);
  parameter.optional = table.has("optional") && table.boolean("optional");
  if (is_text(parameter.type)) {
    table.allow_only({"type", "choices", "optional"});
    if (table.has("choices")) parameter.choices = table.texts("choices");
    return parameter;
  }
  table.allow_only({"type", "unit", "range", "optional"});
  parameter.unit = table.text("unit");
  const std::vector<double> range = table.numbers("range", 2, -kFarthest, kFarthest);
  if (range[0] >= range[1])
    table.fail("range", "the first number must lie below the second; correct one of the two");
  parameter.least = range[0];
  parameter.most = range[1];
  return parameter;
}

ExerciseKind read_kind(const TableReader& table, const std::string& id) {
  table.allow_only({"does", "needs", "gives", "parameters"});
  ExerciseKind kind{id, table.text("does"), table.texts("needs"), table.texts("gives"), {}};
  if (kind.gives.empty()) table.fail("gives", "something must be kept of the answers; name it");
  const TableReader parameters = table.table("parameters");
  for (const std::string& name : parameters.keys_in_file_order())
    kind.parameters.push_back(read_parameter(parameters.table(name), name));
  return kind;
}

void check_choice(const TableReader& table, const ExerciseParameter& parameter, const std::string& text) {
  const std::vector<std::string>& choices = parameter.choices;
  if (!choices.empty() && std::find(choices.begin(), choices.end(), text) == choices.end())
    table.fail(parameter.id, text + " is none of the choices of this kind of exercise; write one of them");
}

ExerciseValue read_value(const TableReader& table, const ExerciseParameter& parameter) {
  const std::string& id = parameter.id;
  switch (parameter.type) {
    case ParameterType::kNumber:
      return table.number(id, parameter.least, parameter.most);
    case ParameterType::kCount:
      table.integer(id, static_cast<int>(parameter.least), static_cast<int>(parameter.most));
      return table.number(id, parameter.least, parameter.most);
    case ParameterType::kNumbers:
      return table.numbers(id, parameter.least, parameter.most);
    case ParameterType::kTexts: {
      std::vector<std::string> texts = table.texts(id);
      if (texts.empty()) table.fail(id, "the list is empty; fill it");
      for (const std::string& text : texts) check_choice(table, parameter, text);
      return texts;
    }
    case ParameterType::kText:
      break;
  }
  std::string text = table.text(id);
  check_choice(table, parameter, text);
  return text;
}

}  // namespace

const ExerciseValue& LessonExercise::at(std::string_view id) const {
  for (const auto& [name, value] : parameters)
    if (name == id) return value;
  throw std::out_of_range("the exercise " + kind + " has no parameter " + std::string(id));
}

std::vector<ExerciseKind> parse_exercise_kinds(std::string_view text, const std::string& name) {
  return read_tables(text, name, "kind", read_kind);
}

LessonExercise read_exercise(const TableReader& table, const std::vector<ExerciseKind>& kinds) {
  table.allow_only({"kind", "instructions", "score", "parameters"});
  LessonExercise exercise{table.text("kind"), table.text("instructions"), table.text("score"), {}};
  const auto kind = std::find_if(kinds.begin(), kinds.end(),
                                 [&](const ExerciseKind& one) { return one.id == exercise.kind; });
  if (kind == kinds.end())
    table.fail("kind", "exercises.toml has no kind of this name; correct it or add the kind there");
  const TableReader parameters = table.table("parameters");
  for (const std::string& id : parameters.keys_in_file_order())
    if (std::none_of(kind->parameters.begin(), kind->parameters.end(),
                     [&](const ExerciseParameter& parameter) { return parameter.id == id; }))
      parameters.fail(id, "this kind of exercise has no such parameter; remove it or correct its name");
  for (const ExerciseParameter& parameter : kind->parameters)
    if (parameters.has(parameter.id) || !parameter.optional)
      exercise.parameters.emplace_back(parameter.id, read_value(parameters, parameter));
  return exercise;
}

}  // namespace lacquer
