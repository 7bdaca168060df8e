#include "app/exercises/blind.h"

#include <algorithm>

#include "report/format.h"
#include "session/exercises/statistics.h"

namespace lacquer {

void add_blind_pair(const ExerciseRun& run, Preparation& preparation, const BlindPair& pair,
                    const Sound& first, const Sound& second) {
  run.put(pair.prefix + pair.first + ".wav", pair.first, first);
  run.put(pair.prefix + pair.second + ".wav", pair.second, second);
  Json key = {{"answers", Json::array()}};
  for (int trial = 1; trial <= pair.trials; ++trial) {
    const bool is_first = run.noise.uniform() < 0.5;
    const std::string id = pair.prefix + "x-" + two_digits(trial);
    run.put(id + ".wav", "one of the two", is_first ? first : second);
    key["answers"].push_back(is_first ? pair.first : pair.second);
    preparation.questions.push_back({id,
                                     "Which of the two is " + id + ".wav?",
                                     AnswerForm::kChoice,
                                     {lower(pair.first), lower(pair.second)},
                                     pair.optional});
  }
  preparation.hidden["blind"][pair.prefix] = key;
}

BlindScore score_blind_pair(const Scoring& scoring, const std::string& prefix) {
  BlindScore score;
  const Json& answers = scoring.hidden.at("blind").at(prefix).at("answers");
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string said = scoring.answers.text(prefix + "x-" + two_digits(static_cast<int>(i) + 1));
    if (said.empty()) continue;
    ++score.trials;
    if (lower(said) == lower(answers[i].get<std::string>())) ++score.right;
  }
  score.by_luck = chance_of_so_many(score.trials, score.right, 0.5);
  return score;
}

std::string blind_words(const BlindScore& score, double by_chance) {
  if (score.trials == 0) return "no trial was answered";
  std::string words = std::to_string(score.right) + " of " + std::to_string(score.trials) +
                      " right; guessing does as well in " + quantity(100.0 * score.by_luck, "%") +
                      " of cases";
  const int needed = right_for_proof(score.trials, by_chance);
  words += needed > score.trials ? " (so few trials cannot show anything)"
                                 : " (" + std::to_string(needed) + " right would be a finding)";
  const double share = static_cast<double>(score.right) / score.trials;
  if (score.by_luck > 0.05 && share > by_chance)
    words += "; if you do hear it this often, about " + std::to_string(trials_for_proof(share, by_chance)) +
             " trials would show it";
  return words;
}

}  // namespace lacquer
