#include "app/exercises/exercise.h"

#include <algorithm>
#include <cmath>

#include "app/exercises/programs.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostAnswer = 100'000;  // bytes
constexpr std::size_t kMostAnswers = 2'000;

std::string choices_text(const std::vector<std::string>& choices) {
  return choices.size() < 2 ? join(choices, "")
                            : join({choices.begin(), choices.end() - 1}, ", ") + " or " + choices.back();
}

void check_one(const Question& question, const std::string& text) {
  if (text.size() > kMostAnswer)
    throw Error(question.id + ": the answer is longer than 100,000 bytes; shorten it");
  if (question.form == AnswerForm::kChoice &&
      std::find(question.choices.begin(), question.choices.end(), lower(text)) == question.choices.end())
    throw Error(question.id + ": \"" + text.substr(0, 60) + "\" is not one of the answers; it takes " +
                choices_text(question.choices));
}

}  // namespace

bool Answers::has(std::string_view id) const { return !text(id).empty(); }

std::string Answers::text(std::string_view id) const {
  for (auto said = said_.rbegin(); said != said_.rend(); ++said)
    if (said->first == id) return said->second;
  return {};
}

std::optional<double> Answers::number(std::string_view id) const {
  std::string words = text(id);
  if (words.empty()) return std::nullopt;
  if (words.compare(0, 3, "\xe2\x88\x92") == 0) words = "-" + words.substr(3);  // a true minus sign
  std::size_t used = 0;
  double value = NAN;
  try {
    value = std::stod(words, &used);
  } catch (const std::exception&) {
    used = 0;
  }
  if (used != words.size() || !std::isfinite(value))
    throw Error(std::string(id) + ": \"" + words.substr(0, 60) +
                "\" is no number; write one such as -14 or 0.5");
  return value;
}

double Answers::needed_number(std::string_view id) const {
  const std::optional<double> value = number(id);
  if (!value) throw Error(std::string(id) + " is missing; answer it");
  return *value;
}

std::vector<std::string> Answers::all(std::string_view id) const {
  std::vector<std::string> texts;
  for (const auto& [which, text] : said_)
    if (which == id && !text.empty()) texts.push_back(text);
  return texts;
}

void check_answers(const std::vector<Question>& questions, const Answers& answers) {
  if (answers.said().size() > kMostAnswers) throw Error("there are more than 2,000 answers; give fewer");
  for (const auto& said : answers.said()) {
    const std::string& id = said.first;
    const auto asked =
        std::find_if(questions.begin(), questions.end(), [&](const Question& one) { return one.id == id; });
    if (asked == questions.end())
      throw Error("\"" + id.substr(0, 60) + "\" is no question of this exercise; it asks for " +
                  (questions.empty() ? "nothing" : questions.front().id) +
                  (questions.size() > 1 ? " and others, which running it lists" : ""));
    if (!said.second.empty()) check_one(*asked, said.second);
  }
  for (const Question& question : questions) {
    if (!question.optional && !answers.has(question.id))
      throw Error(question.id + " is not answered yet; add it (" + question.text + ")");
    if (question.form == AnswerForm::kNumber) answers.number(question.id);
  }
}

Reading reading(std::string label, std::optional<double> value, std::string_view unit, int decimals) {
  return {std::move(label), quantity(value, unit, decimals)};
}

const ExerciseProgram& program_of(const Lesson& lesson) {
  for (const ExerciseProgram* one : exercise_programs())
    if (one->kind == lesson.exercise.kind) return *one;
  throw Error("the exercise " + lesson.exercise.kind + " is not built into this program; update it");
}

double number_of(const LessonExercise& exercise, std::string_view id) {
  return std::get<double>(exercise.at(id));
}
int count_of(const LessonExercise& exercise, std::string_view id) {
  return static_cast<int>(std::lround(number_of(exercise, id)));
}
const std::vector<double>& numbers_of(const LessonExercise& exercise, std::string_view id) {
  return std::get<std::vector<double>>(exercise.at(id));
}
const std::string& text_of(const LessonExercise& exercise, std::string_view id) {
  return std::get<std::string>(exercise.at(id));
}
const std::vector<std::string>& texts_of(const LessonExercise& exercise, std::string_view id) {
  return std::get<std::vector<std::string>>(exercise.at(id));
}
bool has_parameter(const LessonExercise& exercise, std::string_view id) {
  return std::any_of(exercise.parameters.begin(), exercise.parameters.end(),
                     [&](const auto& one) { return one.first == id; });
}

std::string two_digits(int number) { return (number < 10 ? "0" : "") + std::to_string(number); }

std::string id_of(std::string_view words) {
  std::string id = lower(words);
  std::replace(id.begin(), id.end(), ' ', '-');
  return id;
}

std::optional<double> seconds_of(std::string_view clock) {
  double total = 0.0;
  const std::vector<std::string> parts = split(clock, ":");
  if (parts.empty() || parts.size() > 3) return std::nullopt;
  for (const std::string& part : parts) {
    if (part.empty() || part.find_first_not_of("0123456789.") != std::string::npos || part.size() > 12 ||
        std::count(part.begin(), part.end(), '.') > 1 || part == ".")
      return std::nullopt;
    total = 60.0 * total + std::stod(part);
  }
  return total;
}

std::vector<std::string> split(std::string_view text, std::string_view separators) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, at), text.size());
    const std::string_view part = text.substr(at, end - at);
    const std::size_t from = part.find_first_not_of(" \t\n");
    if (from != std::string_view::npos)
      parts.emplace_back(part.substr(from, part.find_last_not_of(" \t\n") + 1 - from));
    at = end + 1;
  }
  return parts;
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return result;
}

std::vector<std::size_t> shuffled(std::size_t count, NoiseGenerator& noise) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[static_cast<std::size_t>(noise.uniform() * static_cast<double>(i))]);
  return order;
}

bool is_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (const std::size_t at : {0U, 1U, 2U, 3U, 5U, 6U, 8U, 9U})
    if (text[at] < '0' || text[at] > '9') return false;
  const int month = (text[5] - '0') * 10 + text[6] - '0';
  const int day = (text[8] - '0') * 10 + text[9] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

// H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
int days_of(std::string_view date) {
  if (!is_date(date))
    throw Error("\"" + std::string(date.substr(0, 40)) + "\" is no date; write it as 2026-11-22");
  const int year = std::stoi(std::string(date.substr(0, 4)));
  const int month = std::stoi(std::string(date.substr(5, 2)));
  const int day = std::stoi(std::string(date.substr(8, 2)));
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const int of_era = y - era * 400;
  const int of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

}  // namespace lacquer
