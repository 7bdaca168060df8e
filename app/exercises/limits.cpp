#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"

namespace lacquer {
namespace {

std::vector<Question> first(const Lesson& lesson) {
  std::vector<Question> questions;
  for (const std::string& limit : texts_of(lesson.exercise, "limits"))
    questions.push_back({"limit-" + limit, "Your limit of " + limit + ":",
                         limit == "tools" ? AnswerForm::kText : AnswerForm::kNumber});
  return questions;
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "the sketch");
  const Sound sketch = whole_file(run.files[0], run.progress);
  Preparation preparation;
  preparation.readings.push_back({"Sketch", duration(sketch.seconds())});
  preparation.hidden["seconds"] = sketch.seconds();
  preparation.questions = {
      {"tempo", "Its tempo in beats a minute:", AnswerForm::kNumber},
      {"minutes", "Minutes it took:", AnswerForm::kNumber},
      {"tracks", "Tracks it has:", AnswerForm::kNumber},
      {"tools", "Did the limit of tools hold?", AnswerForm::kChoice, {"held", "broken"}}};
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const double tempo = scoring.answers.needed_number("tempo");
  if (!(tempo >= 20.0 && tempo <= 400.0)) throw Error("tempo: it takes 20 to 400 beats a minute; correct it");
  const double bars = scoring.hidden.at("seconds").get<double>() * tempo / 60.0 / 4.0;
  const int wanted = count_of(scoring.exercise(), "bars");
  const bool minutes =
      scoring.answers.needed_number("minutes") <= scoring.answers.needed_number("limit-minutes");
  const bool tracks =
      scoring.answers.needed_number("tracks") <= scoring.answers.needed_number("limit-tracks");
  const bool tools = lower(scoring.answers.text("tools")) == "held";
  // A tail after the last bar is welcome; a bounce cut a little short still counts.
  const bool long_enough = bars >= wanted - 0.25;
  Outcome outcome;
  outcome.passed = minutes && tracks && tools && long_enough;
  const auto held = [](bool yes) { return std::string(yes ? "held" : "broken"); };
  outcome.readings = {{"Bars", quantity(bars, "bars") + " of " + std::to_string(wanted)},
                      {"Minutes", held(minutes)},
                      {"Tracks", held(tracks)},
                      {"Tools", held(tools)}};
  outcome.verdict = outcome.passed ? "The sketch was bounced inside all three limits."
                    : long_enough  ? "Not every limit held; say in the workbook which rule you change."
                                   : "The sketch is shorter than the bars asked for.";
  for (const std::string& limit : texts_of(scoring.exercise(), "limits"))
    outcome.kept["limits"][limit] = scoring.answers.text("limit-" + limit);
  return outcome;
}

}  // namespace

const ExerciseProgram kLimitsExercise = {"limits", first, prepare, score};

}  // namespace lacquer
