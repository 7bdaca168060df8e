#include <algorithm>
#include <sstream>

#include "app/exercises/programs.h"
#include "report/format.h"

namespace lacquer {
namespace {

// A clause ends at a comma or semicolon, or before "and".
std::vector<std::string> clauses_of(std::string sentence) {
  for (std::size_t at = 0; (at = sentence.find(" and ", at)) != std::string::npos;)
    sentence.replace(at, 5, ";");
  return split(sentence, ",;");
}

std::size_t words_in(const std::string& sentence) {
  std::istringstream words(sentence);
  std::size_t count = 0;
  for (std::string word; words >> word;) ++count;
  return count;
}

std::vector<Question> first(const Lesson& lesson) {
  return {{"sentence", "Your sentence, at most " + std::to_string(count_of(lesson.exercise, "most_words")) +
                           " words, its clauses divided by commas:"}};
}

Preparation prepare(const ExerciseRun& run) {
  const std::vector<std::string> clauses = clauses_of(run.answers.text("sentence"));
  constexpr std::size_t kMostClauses = 20;
  if (clauses.size() > kMostClauses) throw Error("the sentence has more than 20 clauses; make it shorter");
  Preparation preparation;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    preparation.questions.push_back({"check-" + number,
                                     "Who can check \"" + clauses[i] + "\"?",
                                     AnswerForm::kChoice,
                                     {"ear", "meter", "nobody"}});
    preparation.questions.push_back({"met-" + number,
                                     "Is \"" + clauses[i] + "\" met in your oldest project?",
                                     AnswerForm::kChoice,
                                     {"met", "open"},
                                     true});
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const std::string sentence = scoring.answers.text("sentence");
  const std::vector<std::string> clauses = clauses_of(sentence);
  const std::size_t words = words_in(sentence);
  std::size_t checkable = 0, met = 0;
  Outcome outcome;
  for (std::size_t i = 0; i < clauses.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const std::string who = lower(scoring.answers.text("check-" + number));
    const std::string is_met = lower(scoring.answers.text("met-" + number));
    if (who != "nobody") ++checkable;
    if (is_met == "met") ++met;
    outcome.readings.push_back({clauses[i], who + (is_met.empty() ? "" : ", " + is_met)});
  }
  const auto most = static_cast<std::size_t>(count_of(scoring.exercise(), "most_words"));
  const auto least = static_cast<std::size_t>(count_of(scoring.exercise(), "least_checkable"));
  outcome.passed = words > 0 && words <= most && checkable >= least;
  outcome.verdict = counted(words, "word", "words") + " and " + counted(clauses.size(), "clause", "clauses") +
                    ", of which " + std::to_string(checkable) + " can be checked and " + std::to_string(met) +
                    (met == 1 ? " is met." : " are met.");
  if (words > most) outcome.verdict += " Cut it to " + std::to_string(most) + " words.";
  if (checkable < least) outcome.verdict += " Change one clause so that an ear or a meter can decide it.";
  outcome.kept["sentence"] = sentence;
  return outcome;
}

}  // namespace

const ExerciseProgram kSentenceExercise = {"sentence", first, prepare, score};

}  // namespace lacquer
