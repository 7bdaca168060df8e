#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "app/file_hash.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"
#include "session/exercises/difference.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostStems = 32;
constexpr double kHourMs = 3'600'000.0;

std::vector<Question> first(const Lesson& lesson) {
  std::vector<Question> questions;
  for (int i = 1; i <= count_of(lesson.exercise, "predictions"); ++i)
    questions.push_back({"prediction-" + std::to_string(i), "Something that you expect to hear tomorrow:"});
  return questions;
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 2, kMostStems + 1, "the stems, then the mix");
  std::vector<Sound> stems = stems_of(run, 0, run.files.size());
  Sound mix = std::move(stems.back());
  stems.pop_back();
  if (!level_of(mix).lufs)
    throw FileError(run.files.back(), Error("there is nothing in it to listen to; check the export"));
  std::vector<const Sound*> parts;
  for (const Sound& stem : stems) parts.push_back(&stem);
  if (mix.audio.channels() == 2) parts.push_back(nullptr);
  const Sound silence{AudioBuffer(mix.audio.channels(), 1), mix.rate_hz};  // makes the sum as wide as the mix
  if (mix.audio.channels() == 2) parts.back() = &silence;
  const Sound sum = sum_of(parts);
  const Difference rest = about(run.files.back(), [&] { return difference_of(sum, mix); });
  Preparation preparation;
  preparation.readings = {{"Stems", std::to_string(stems.size())},
                          {"Rest", rest.level_dbfs ? quantity(rest.level_dbfs, "dBFS") : "digital silence"}};
  if (rest.level_dbfs) {
    Sound heard = rest.rest;
    match_loudness({&heard}, kClipLufs);
    run.put("rest.wav", "what is left of the stems after subtracting the mix, raised until it can be heard",
            heard);
    preparation.readings.push_back({"Strongest at", clock(rest.loudest_at_s)});
  }
  preparation.hidden["residual_dbfs"] = rest.level_dbfs ? Json(*rest.level_dbfs) : Json(nullptr);
  preparation.hidden["sha256"] = FileHash(run.files.back()).get();
  for (int i = 1; i <= count_of(run.exercise(), "predictions"); ++i)
    preparation.questions.push_back(
        {"heard-" + std::to_string(i),
         "After the gap: \"" + run.answers.text("prediction-" + std::to_string(i)) + "\". Was it there?",
         AnswerForm::kChoice,
         {"yes", "partly", "no"}});
  Question notes{"first-listen", "After the gap, before any meter: what do you hear?"};
  notes.many = true;
  preparation.questions.push_back(notes);
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const double gap_h = static_cast<double>(scoring.now_ms - scoring.made_ms) / kHourMs;
  const double wanted = number_of(scoring.exercise(), "gap_h");
  if (gap_h < wanted)
    throw Error("only " + quantity(gap_h, "hours") + " have passed since the bounce; come back after " +
                quantity(wanted, "hours", 0) + ", and nothing you wrote is lost");
  const Json& level = scoring.hidden.at("residual_dbfs");
  const bool cancels =
      level.is_null() || level.get<double>() <= number_of(scoring.exercise(), "residual_dbfs");
  Outcome outcome;
  outcome.passed = cancels;
  for (int i = 1; i <= count_of(scoring.exercise(), "predictions"); ++i)
    outcome.readings.push_back({scoring.answers.text("prediction-" + std::to_string(i)),
                                lower(scoring.answers.text("heard-" + std::to_string(i)))});
  for (const std::string& note : scoring.answers.all("first-listen"))
    outcome.readings.push_back({"First listen", note});
  outcome.readings.push_back(
      {"Rest", level.is_null() ? "digital silence" : quantity(level.get<double>(), "dBFS")});
  outcome.verdict =
      quantity(gap_h, "hours") + " lie between the bounce and the listening. " +
      (cancels ? "The stems are the mix." : "The stems do not add up to the mix; listen to rest.wav.");
  outcome.kept["sha256"] = scoring.hidden.at("sha256");
  return outcome;
}

}  // namespace

const ExerciseProgram kStemSumExercise = {"stem-sum", first, prepare, score};

}  // namespace lacquer
