#include <algorithm>
#include <cmath>

#include "app/exercises/programs.h"
#include "report/format.h"
#include "session/exercises/rhythm.h"
#include "session/exercises/tones.h"

namespace lacquer {
namespace {

constexpr double kClickS = 20.0;
constexpr std::size_t kMostTaps = 2000;

Tapping tapping_of(const Answers& answers, int round) {
  const std::string id = "taps-" + std::to_string(round);
  std::vector<double> taps;
  for (const std::string& word : split(answers.text(id), " ,;")) {
    Answers one;
    one.add(id, word);
    taps.push_back(one.needed_number(id));
    if (taps.size() > kMostTaps)
      throw Error(id + ": these are more than 2,000 taps; give those of one round");
  }
  if (!std::is_sorted(taps.begin(), taps.end()))
    throw Error(id + ": the taps are not in order; give their times in seconds, rising");
  const auto tapping = read_taps(taps);
  if (!tapping)
    throw Error(id + ": there is no steady beat in it; tap at least four times, between 20 and 400 a minute");
  return *tapping;
}

std::vector<Question> first(const Lesson& lesson) {
  std::vector<Question> questions;
  for (int round = 1; round <= count_of(lesson.exercise, "rounds"); ++round)
    questions.push_back({"taps-" + std::to_string(round),
                         "Round " + std::to_string(round) + ": tap for " +
                             quantity(number_of(lesson.exercise, "tap_s"), "s", 0) +
                             " (or give the times in seconds, such as 0 0.52 1.01):",
                         AnswerForm::kTaps});
  return questions;
}

Preparation prepare(const ExerciseRun& run) {
  Preparation preparation;
  double best_bpm = 0.0, best_spread = 1e9;
  for (int round = 1; round <= count_of(run.exercise(), "rounds"); ++round) {
    const Tapping tapping = tapping_of(run.answers, round);
    preparation.readings.push_back({"Round " + std::to_string(round),
                                    quantity(tapping.bpm, "BPM") + ", spread " +
                                        quantity(tapping.spread_ms, "ms") + " over " +
                                        counted(static_cast<std::size_t>(tapping.taps), "tap", "taps")});
    preparation.hidden["rounds"].push_back({tapping.bpm, tapping.spread_ms});
    if (tapping.spread_ms < best_spread) {
      best_spread = tapping.spread_ms;
      best_bpm = tapping.bpm;
    }
  }
  for (const double offset : numbers_of(run.exercise(), "offsets_bpm")) {
    const double bpm = std::clamp(best_bpm + offset, 20.0, 400.0);
    const std::string name = "click-" + std::to_string(static_cast<int>(std::lround(bpm)));
    run.put(name + ".wav", "a click at " + quantity(bpm, "BPM"), clicks(bpm, kClickS));
  }
  preparation.questions = {{"tempo", "The tempo you choose, in BPM:", AnswerForm::kNumber}};
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const double tempo = scoring.answers.needed_number("tempo");
  if (!(tempo >= 20.0 && tempo <= 400.0)) throw Error("tempo: it takes 20 to 400 BPM; correct it");
  double least = 1e9;
  for (const Json& round : scoring.hidden.at("rounds")) least = std::min(least, round[1].get<double>());
  const double most = number_of(scoring.exercise(), "most_spread_ms");
  Outcome outcome;
  outcome.passed = least < most;
  outcome.readings = {reading("Tempo", tempo, "BPM"), reading("Steadiest round", least, "ms")};
  outcome.verdict =
      "Tempo " + quantity(tempo, "BPM", 0) + ", tapped with a spread of " + quantity(least, "ms") +
      (outcome.passed ? "."
                      : "; " + quantity(most, "ms", 0) + " are asked for. Walk a minute, and tap again.");
  outcome.kept = {{"tempo", tempo}, {"spread_ms", least}};
  return outcome;
}

}  // namespace

const ExerciseProgram kTapTempoExercise = {"tap-tempo", first, prepare, score};

}  // namespace lacquer
