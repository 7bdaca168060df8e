#include <algorithm>
#include <cmath>

#include "app/exercises/programs.h"
#include "report/format.h"
#include "session/exercises/tones.h"

namespace lacquer {
namespace {

constexpr double kNearRatio = 1.06;  // half a step of six to the octave

std::vector<double> steps_of(const LessonExercise& exercise) {
  return sine_steps(number_of(exercise, "from_hz"), number_of(exercise, "to_hz"),
                    count_of(exercise, "steps_per_octave"));
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  const std::vector<double> steps = steps_of(run.exercise());
  const double step_s = number_of(run.exercise(), "step_s");
  run.put("steps.wav", "one tone after the other, all at one level",
          steps_sound(steps, step_s, number_of(run.exercise(), "level_dbfs")));
  Preparation preparation;
  for (std::size_t i = 0; i < steps.size(); ++i)
    preparation.readings.push_back({clock(static_cast<double>(i) * step_s), quantity(steps[i], "Hz", 0)});
  for (int i = 1; i <= count_of(run.exercise(), "positions"); ++i)
    preparation.questions.push_back(
        {"position-" + std::to_string(i),
         "Position " + std::to_string(i) +
             ": the tones that jump out with +, those that sink with -, such as 43+ 76-",
         AnswerForm::kText,
         {},
         i > count_of(run.exercise(), "least_positions")});
  preparation.questions.push_back({"band", "The range you will not trust, such as 75 to 95 Hz:"});
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const std::vector<double> steps = steps_of(scoring.exercise());
  Outcome outcome;
  std::size_t marks = 0, positions = 0;
  for (int i = 1; i <= count_of(scoring.exercise(), "positions"); ++i) {
    const std::string id = "position-" + std::to_string(i);
    std::string words;
    for (const std::string& mark : split(scoring.answers.text(id), " ,;")) {
      Answers hz;
      hz.add(id, mark.substr(0, mark.size() - 1));
      const double value = hz.number(id).value_or(0.0);
      const auto near = std::find_if(steps.begin(), steps.end(), [&](double one) {
        return value > one / kNearRatio && value < one * kNearRatio;
      });
      if (near == steps.end() || (mark.back() != '+' && mark.back() != '-'))
        throw Error(id + ": \"" + mark.substr(0, 20) +
                    "\" is no mark; write a tone that was played and + or -, such as 43+");
      words +=
          (words.empty() ? "" : ", ") + quantity(*near, "Hz", 0) + (mark.back() == '+' ? " jumps" : " sinks");
      ++marks;
    }
    if (words.empty()) continue;
    ++positions;
    outcome.readings.push_back({"Position " + std::to_string(i), words});
  }
  const std::string band = scoring.answers.text("band");
  outcome.passed = static_cast<int>(marks) >= count_of(scoring.exercise(), "least_marks") &&
                   static_cast<int>(positions) >= count_of(scoring.exercise(), "least_positions");
  outcome.verdict = counted(marks, "mark", "marks") + " at " + counted(positions, "position", "positions") +
                    "; you will not trust " + band + ".";
  outcome.kept["band"] = band;
  return outcome;
}

}  // namespace

const ExerciseProgram kSineStepsExercise = {"sine-steps", first, prepare, score};

}  // namespace lacquer
