#include <algorithm>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/knowledge.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"
#include "session/exercises/statistics.h"

namespace lacquer {
namespace {

// The step of the ladder a learner stands on, and which steps were passed.
struct Ladder {
  std::size_t step = 0;
  std::vector<bool> passed;
};
Ladder ladder_of(const LessonExercise& exercise, const Json& earlier) {
  Ladder ladder;
  ladder.passed.assign(numbers_of(exercise, "ladder_db").size(), false);
  if (!earlier.is_object() || !earlier.contains("step")) return ladder;
  ladder.step = std::min(earlier.at("step").get<std::size_t>(), ladder.passed.size() - 1);
  for (std::size_t i = 0; i < std::min(ladder.passed.size(), earlier.at("passed").size()); ++i)
    ladder.passed[i] = earlier.at("passed")[i].get<bool>();
  return ladder;
}

const VocabularyTerm& term_named(const std::string& id) {
  for (const VocabularyTerm& term : knowledge().vocabulary)
    if (term.id == id) return term;
  throw Error("the vocabulary has no word " + id + "; correct the lesson");
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "your track");
  const Ladder ladder = ladder_of(run.exercise(), run.earlier);
  const double gain = numbers_of(run.exercise(), "ladder_db")[ladder.step];
  const std::vector<std::string>& terms = texts_of(run.exercise(), "terms");
  Sound original = loudest_excerpt(run.files[0], number_of(run.exercise(), "excerpt_s"), run.progress).sound;
  fade_ends(original.audio, original.rate_hz, kClipFadeS);
  std::vector<Sound> raised;
  for (const std::string& id : terms) {
    const VocabularyTerm& term = term_named(id);
    raised.push_back(with_range_raised(original, term.low_hz, term.high_hz, gain));
  }
  std::vector<Sound*> all{&original};
  for (Sound& one : raised) all.push_back(&one);
  const double lufs = match_loudness(all, kClipLufs);
  run.put("original.wav", "your track, untouched", original);
  const int trials = static_cast<int>(numbers_of(run.exercise(), "trials")[ladder.step]);
  Preparation preparation;
  preparation.readings = {reading("All play at", lufs, "LUFS"),
                          {"This round", signed_quantity(gain, "dB", 0)}};
  preparation.hidden = {{"answers", Json::array()}, {"step", ladder.step}};
  Question question{"", "", AnswerForm::kChoice, terms};
  for (int trial = 1; trial <= trials; ++trial) {
    const auto which = static_cast<std::size_t>(run.noise.uniform() * static_cast<double>(terms.size()));
    question.id = "trial-" + two_digits(trial);
    question.text = "Which range of " + question.id + ".wav is raised?";
    run.put(question.id + ".wav", "one range raised", raised[which]);
    preparation.hidden["answers"].push_back(terms[which]);
    preparation.questions.push_back(question);
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const Json& answers = scoring.hidden.at("answers");
  Ladder ladder = ladder_of(scoring.exercise(), scoring.earlier);
  const std::size_t step = std::min(scoring.hidden.at("step").get<std::size_t>(), ladder.passed.size() - 1);
  Outcome outcome;
  int right = 0;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    const std::string number = two_digits(static_cast<int>(i) + 1);
    const std::string said = lower(scoring.answers.text("trial-" + number)),
                      was = answers[i].get<std::string>();
    if (said == was)
      ++right;
    else
      outcome.readings.push_back({"Trial " + number, was + ", you said " + said});
  }
  const int trials = static_cast<int>(answers.size());
  const int needed = static_cast<int>(numbers_of(scoring.exercise(), "pass")[step]);
  const double gain = numbers_of(scoring.exercise(), "ladder_db")[step];
  const double by_chance = 1.0 / static_cast<double>(texts_of(scoring.exercise(), "terms").size());
  if (right >= needed) {
    ladder.passed[step] = true;
    ladder.step = std::min(step + 1, ladder.passed.size() - 1);
  } else {
    ladder.step = step > 0 ? step - 1 : 0;
  }
  // The first step is a warm-up; all others must have been passed, in whatever order.
  outcome.passed = std::all_of(ladder.passed.begin() + (ladder.passed.size() > 1 ? 1 : 0),
                               ladder.passed.end(), [](bool one) { return one; });
  outcome.verdict =
      std::to_string(right) + " of " + std::to_string(trials) + " right at " +
      signed_quantity(gain, "dB", 0) + " (" + std::to_string(needed) + " pass; guessing does as well in " +
      quantity(100.0 * chance_of_so_many(trials, right, by_chance), "%") + " of cases). " +
      (outcome.passed
           ? "Every round is passed."
           : "The next round is at " +
                 signed_quantity(numbers_of(scoring.exercise(), "ladder_db")[ladder.step], "dB", 0) + ".");
  outcome.kept = {{"step", ladder.step}, {"passed", ladder.passed}};
  return outcome;
}

}  // namespace

const ExerciseProgram kBandBoostExercise = {"band-boost", first, prepare, score};

}  // namespace lacquer
