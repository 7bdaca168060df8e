#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/rhythm.h"

namespace lacquer {
namespace {

// The same letter for bars that are the same.
std::string strip_of(const std::vector<int>& bars) {
  std::string strip;
  for (const int bar : bars)
    strip += (strip.empty() ? "" : " ") + std::string(1, static_cast<char>('A' + bar % 26));
  return strip;
}

std::vector<Question> first(const Lesson&) {
  return {{"tempo", "The tempo in beats a minute:", AnswerForm::kNumber}};
}

Preparation prepare(const ExerciseRun& run) {
  const auto most = static_cast<std::size_t>(count_of(run.exercise(), "variations"));
  need_files(run, 1, most, "the bars, once for each variation (up to " + std::to_string(most) + ")");
  const double tempo = run.answers.needed_number("tempo");
  if (!(tempo >= 20.0 && tempo <= 400.0)) throw Error("tempo: it takes 20 to 400 beats a minute; correct it");
  std::vector<Sound> versions;
  Preparation preparation;
  for (std::size_t i = 0; i < run.files.size(); ++i) {
    versions.push_back(whole_file(run.files[i], run.progress));
    const std::vector<int> bars =
        equal_bars(versions.back(), tempo, 4, number_of(run.exercise(), "same_dbfs"));
    constexpr std::size_t kMostBars = 256;
    if (bars.empty() || bars.size() > kMostBars)
      throw FileError(run.files[i], Error("at this tempo it holds " + std::to_string(bars.size()) +
                                          " bars, and 1 to 256 can be compared; correct the tempo"));
    preparation.readings.push_back({run.files[i].filename().string(), strip_of(bars)});
    preparation.hidden["bars"].push_back(bars.size());
    preparation.hidden["run"].push_back(longest_run(bars));
  }
  std::vector<Sound*> all;
  for (Sound& one : versions) all.push_back(&one);
  match_loudness(all, kClipLufs);
  Question choice{"variation", "Which variation do you take?", AnswerForm::kChoice, {}};
  int number = 0;
  for (const std::size_t which : shuffled(versions.size(), run.noise)) {
    const std::string id = "strip-" + two_digits(++number);
    run.put(id + ".wav", "one of the variations", versions[which]);
    preparation.hidden["order"][id] = which;
    Question noticed{id, "When did you notice something in " + id + ".wav, such as 0:12?"};
    noticed.many = noticed.optional = true;
    preparation.questions.push_back(noticed);
    choice.choices.push_back(id);
  }
  preparation.questions.push_back(choice);
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  for (const auto& [id, which] : scoring.hidden.at("order").items()) {
    std::vector<std::string> times;
    for (const std::string& said : scoring.answers.all(id)) {
      const auto at = seconds_of(said);
      if (!at) throw Error(id + ": \"" + said.substr(0, 40) + "\" is no time; write it as 0:12");
      times.push_back(clock(*at));
    }
    outcome.readings.push_back({"File " + std::to_string(which.get<int>() + 1) + " (" + id + ")",
                                times.empty() ? "nothing noticed" : "noticed at " + join_and(times)});
  }
  const auto chosen =
      scoring.hidden.at("order").at(lower(scoring.answers.text("variation"))).get<std::size_t>();
  const int run = scoring.hidden.at("run").at(chosen).get<int>();
  const int bars = count_of(scoring.exercise(), "bars");
  outcome.passed = run < bars;
  outcome.verdict =
      "You take file " + std::to_string(chosen + 1) + ". " +
      (outcome.passed
           ? "At most " + counted(static_cast<std::size_t>(run), "bar", "bars") + " in a row are identical."
           : std::to_string(run) + " bars in a row are identical to the sample; change one.");
  outcome.kept = {{"file", chosen + 1}, {"run", run}};
  return outcome;
}

}  // namespace

const ExerciseProgram kSelfSimilarityExercise = {"self-similarity", first, prepare, score};

}  // namespace lacquer
