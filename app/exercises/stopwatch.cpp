#include <cmath>
#include <numbers>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "core/decibels.h"
#include "report/format.h"

namespace lacquer {
namespace {

// The level of one frequency in a channel, over the whole file; dBFS as peak of the sine.
std::optional<double> tone_dbfs(const Sound& sound, int channel, double hz) {
  double re = 0.0, im = 0.0;
  const auto samples = sound.audio.channel(channel);
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const double turn = 2.0 * std::numbers::pi * hz * static_cast<double>(i) / sound.rate_hz;
    re += static_cast<double>(samples[i]) * std::cos(turn);
    im += static_cast<double>(samples[i]) * std::sin(turn);
  }
  return gain_to_db(2.0 * std::hypot(re, im) / static_cast<double>(samples.size()));
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "a bounce of the template's test tone");
  const Sound tone = whole_file(run.files[0], run.progress);
  // A second from the middle, a whole number of its cycles: fades at the ends do not count.
  const double hz = number_of(run.exercise(), "tone_hz");
  const Sound middle = part_of(tone, {tone.seconds() / 2.0 - 0.4, tone.seconds() / 2.0 + 0.4});
  const double wanted = number_of(run.exercise(), "tone_dbfs"),
               tolerance = number_of(run.exercise(), "tolerance_db");
  Preparation preparation;
  bool right = middle.audio.channels() == 2;
  if (!right) preparation.readings.push_back({"Channels", "mono; two were expected"});
  for (int c = 0; c < middle.audio.channels(); ++c) {
    const std::optional<double> level = tone_dbfs(middle, c, hz);
    preparation.readings.push_back(reading(c == 0 ? "Left" : "Right", level, "dBFS"));
    right = right && level && std::abs(*level - wanted) <= tolerance;
  }
  preparation.hidden["tone"] = right;
  Question runs{"run",
                "Seconds from launch to the first sound (" +
                    std::to_string(count_of(run.exercise(), "runs")) + " starts):",
                AnswerForm::kSeconds};
  runs.many = true;
  preparation.questions.push_back(runs);
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  std::size_t quick = 0;
  const double most = number_of(scoring.exercise(), "most_s");
  for (const std::string& said : scoring.answers.all("run")) {
    const std::optional<double> seconds = seconds_of(said);
    if (!seconds)
      throw Error("run: \"" + said.substr(0, 40) + "\" is no time; write seconds, such as 48 or 1:12");
    if (*seconds <= most) ++quick;
    outcome.readings.push_back(
        {"Start " + std::to_string(outcome.readings.size() + 1), quantity(seconds, "s")});
  }
  const bool tone = scoring.hidden.at("tone").get<bool>();
  const auto wanted = static_cast<std::size_t>(count_of(scoring.exercise(), "runs"));
  outcome.passed = quick >= wanted && tone;
  outcome.verdict =
      std::to_string(quick) + " of " + std::to_string(wanted) + " starts within " + quantity(most, "s", 0) +
      (tone ? "; the tone is right in both channels."
            : "; the tone is not at " + quantity(number_of(scoring.exercise(), "tone_dbfs"), "dBFS", 0) +
                  " in both channels.");
  return outcome;
}

}  // namespace

const ExerciseProgram kStopwatchExercise = {"stopwatch", first, prepare, score};

}  // namespace lacquer
