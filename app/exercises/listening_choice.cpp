#include <cmath>
#include <map>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/statistics.h"

namespace lacquer {
namespace {

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "your track");
  Sound quiet = loudest_excerpt(run.files[0], number_of(run.exercise(), "excerpt_s"), run.progress).sound;
  fade_ends(quiet.audio, quiet.rate_hz, kClipFadeS);
  const std::vector<double>& gains = numbers_of(run.exercise(), "gains_db");
  double most = 0.0;
  for (const double gain : gains) most = std::max(most, gain);
  match_loudness({&quiet}, kClipLufs);
  scale(quiet, -most);  // room for the louder one under the ceiling
  const int trials = count_of(run.exercise(), "trials"), matched = count_of(run.exercise(), "matched_trials");
  Preparation preparation;
  preparation.hidden = {{"louder", Json::array()}, {"gain_db", Json::array()}};
  for (int trial = 1; trial <= trials + matched; ++trial) {
    const double gain = trial > trials ? 0.0 : gains[static_cast<std::size_t>(trial - 1) % gains.size()];
    const bool first_is_louder = run.noise.uniform() < 0.5;
    Sound louder = quiet;
    scale(louder, gain);
    const std::string id = "trial-" + two_digits(trial);
    run.put(id + "-a.wav", "A", first_is_louder ? louder : quiet);
    run.put(id + "-b.wav", "B", first_is_louder ? quiet : louder);
    preparation.hidden["louder"].push_back(first_is_louder ? "a" : "b");
    preparation.hidden["gain_db"].push_back(gain);
    preparation.questions.push_back(
        {id, "Which is better, " + id + "-a.wav or " + id + "-b.wav?", AnswerForm::kChoice, {"a", "b"}});
    preparation.questions.push_back(
        {"word-" + two_digits(trial), "One word that says why:", AnswerForm::kText, {}, true});
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  std::map<double, std::pair<int, int>> by_gain;  // trials, louder chosen
  int trials = 0, louder = 0;
  std::string words;
  for (std::size_t i = 0; i < scoring.hidden.at("louder").size(); ++i) {
    const std::string number = two_digits(static_cast<int>(i) + 1);
    const double gain = scoring.hidden.at("gain_db")[i].get<double>();
    const bool chose =
        lower(scoring.answers.text("trial-" + number)) == scoring.hidden.at("louder")[i].get<std::string>();
    ++by_gain[gain].first;
    if (chose) ++by_gain[gain].second;
    if (gain > 0.0) {
      ++trials;
      if (chose) ++louder;
    }
    if (const std::string word = scoring.answers.text("word-" + number); gain > 0.0 && chose && !word.empty())
      words += (words.empty() ? "" : ", ") + word;
  }
  Outcome outcome;
  for (auto one = by_gain.rbegin(); one != by_gain.rend(); ++one)
    outcome.readings.push_back(
        {one->first > 0.0 ? signed_quantity(one->first, "dB") : "No difference",
         one->first > 0.0 ? "the louder one " + std::to_string(one->second.second) + " of " +
                                std::to_string(one->second.first) + " times"
                          : std::to_string(one->second.first) + " choices between two equal files"});
  if (!words.empty()) outcome.readings.push_back({"You called louder", words});
  outcome.passed = true;  // every trial is answered
  const double share = 100.0 * louder / std::max(1, trials);
  outcome.verdict = "You chose the louder version in " + std::to_string(louder) + " of " +
                    std::to_string(trials) + " trials (" + quantity(share, "%", 0) +
                    "); chance alone gives that many or more in " +
                    quantity(100.0 * chance_of_so_many(trials, louder, 0.5), "%") + " of cases.";
  outcome.kept["louder_share"] = share;
  return outcome;
}

}  // namespace

const ExerciseProgram kListeningChoiceExercise = {"listening-choice", first, prepare, score};

}  // namespace lacquer
