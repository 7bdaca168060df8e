#include <algorithm>
#include <cmath>
#include <map>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"

namespace lacquer {
namespace {

std::optional<double> measure_named(const Measurements& measured, const std::string& id) {
  if (id == "sample_dbfs") return measured.peak.sample_dbfs;
  if (id == "true_dbtp") return measured.peak.true_dbtp;
  if (id == "integrated_lufs") return measured.loudness.integrated_lufs;
  if (id == "short_term_max_lufs") return measured.loudness.short_term_max_lufs;
  return measured.dynamics ? measured.dynamics->plr_db : std::nullopt;
}

std::pair<std::string, std::string> name_and_unit(const std::string& id) {
  static const std::map<std::string, std::pair<std::string, std::string>> names = {
      {"sample_dbfs", {"sample peak", "dBFS"}},
      {"true_dbtp", {"true peak", "dBTP"}},
      {"integrated_lufs", {"integrated loudness", "LUFS"}},
      {"short_term_max_lufs", {"highest short-term loudness", "LUFS"}},
      {"plr_db", {"PLR", "dB"}}};
  return names.at(id);
}

std::string question_id(std::size_t file, const std::string& measure) {
  std::string id = "file-" + std::to_string(file + 1) + "-" + measure;
  std::replace(id.begin(), id.end(), '_', '-');
  return id;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  const auto count = static_cast<std::size_t>(count_of(run.exercise(), "files"));
  need_files(run, count, count, "a drum loop, a pad, a master and a mix");
  Preparation preparation;
  for (std::size_t i = 0; i < count; ++i) {
    const Measurements measured = measure_sound(whole_file(run.files[i], run.progress));
    for (const std::string& id : texts_of(run.exercise(), "measures")) {
      const std::optional<double> value = measure_named(measured, id);
      if (!value)
        throw FileError(run.files[i],
                        Error("it is too short for every meter to read it; hand over at least 10 s"));
      const auto [name, unit] = name_and_unit(id);
      preparation.hidden[question_id(i, id)] = *value;
      preparation.questions.push_back(
          {question_id(i, id),
           run.files[i].filename().string() + ": your guess of the " + name + " in " + unit + ":",
           AnswerForm::kNumber});
    }
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const auto count = static_cast<std::size_t>(count_of(scoring.exercise(), "files"));
  const auto counted_from = count - static_cast<std::size_t>(count_of(scoring.exercise(), "counted"));
  const double tolerance = number_of(scoring.exercise(), "tolerance_db");
  Outcome outcome;
  int within = 0, asked = 0;
  double worst = 0.0;
  std::string worst_at;
  for (std::size_t i = 0; i < count; ++i)
    for (const std::string& id : texts_of(scoring.exercise(), "measures")) {
      const double guess = scoring.answers.needed_number(question_id(i, id));
      const double value = scoring.hidden.at(question_id(i, id)).get<double>();
      const auto [name, unit] = name_and_unit(id);
      outcome.readings.push_back({"File " + std::to_string(i + 1) + ", " + name,
                                  quantity(value, unit) + ", your guess " + quantity(guess, unit)});
      if (std::abs(guess - value) > worst) {
        worst = std::abs(guess - value);
        worst_at = name + " of file " + std::to_string(i + 1);
      }
      if (i < counted_from) continue;
      ++asked;
      if (std::abs(guess - value) <= tolerance) ++within;
    }
  outcome.passed = within == asked;
  outcome.verdict = std::to_string(within) + " of the " + std::to_string(asked) +
                    " guesses that count lie within " + quantity(tolerance, "dB", 0) +
                    "; furthest off was the " + worst_at + ", by " + quantity(worst, "dB") + ".";
  outcome.kept["within"] = within;
  return outcome;
}

}  // namespace

const ExerciseProgram kPredictExercise = {"predict", first, prepare, score};

}  // namespace lacquer
