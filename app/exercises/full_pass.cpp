#include <algorithm>

#include "app/check.h"
#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/statistics.h"

namespace lacquer {
namespace {

constexpr double kExcerptS = 15.0;

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 2, 2, "the track, and its earlier version");
  const CheckedFile checked = about(run.files[0], [&] { return check_file(run.files[0], {}, run.progress); });
  Preparation preparation;
  preparation.hidden = {
      {"items", Json::array()}, {"open", Json::array()}, {"fix", Json::array()}, {"newer", Json::array()}};
  for (const Finding& finding : checked.diagnosis->findings) {
    const std::string number = two_digits(finding.item);
    preparation.readings.push_back({number + " " + finding.title, std::string(to_string(finding.verdict))});
    preparation.hidden["items"].push_back({finding.id, std::string(to_string(finding.verdict))});
    if (finding.verdict != Verdict::kFix && finding.verdict != Verdict::kLook) continue;
    preparation.hidden["open"].push_back("item-" + number);
    Question question{"item-" + number, finding.title, AnswerForm::kChoice, {}};
    for (const std::string& one : texts_of(run.exercise(), "decisions"))
      question.choices.push_back(lower(one));
    preparation.questions.push_back(question);
    if (finding.verdict != Verdict::kFix) continue;
    preparation.hidden["fix"].push_back("item-" + number);
    preparation.questions.push_back(
        {"accept-" + number, "If it stays as it is: why you accept it", AnswerForm::kText, {}, true});
  }
  Sound now = loudest_excerpt(run.files[0], kExcerptS, run.progress).sound;
  Sound earlier = loudest_excerpt(run.files[1], kExcerptS, run.progress).sound;
  for (Sound* one : {&now, &earlier}) fade_ends(one->audio, one->rate_hz, kClipFadeS);
  match_loudness({&now, &earlier}, kClipLufs);
  for (int trial = 1; trial <= count_of(run.exercise(), "trials"); ++trial) {
    const bool now_first = run.noise.uniform() < 0.5;
    const std::string id = "trial-" + two_digits(trial);
    run.put(id + "-a.wav", "A", now_first ? now : earlier);
    run.put(id + "-b.wav", "B", now_first ? earlier : now);
    preparation.hidden["newer"].push_back(now_first ? "a" : "b");
    preparation.questions.push_back(
        {id, "Which is better, " + id + "-a.wav or " + id + "-b.wav?", AnswerForm::kChoice, {"a", "b"}});
  }
  preparation.questions.push_back(
      {"done", "Is the sentence of lesson 1 met?", AnswerForm::kChoice, {"done", "not done"}});
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const auto decision = [&](const Json& id) { return lower(scoring.answers.text(id.get<std::string>())); };
  std::size_t unsettled = 0;
  Outcome outcome;
  for (const Json& id : scoring.hidden.at("open")) {
    const std::string accepted = scoring.answers.text("accept-" + id.get<std::string>().substr(5));
    const bool is_fix = std::find(scoring.hidden.at("fix").begin(), scoring.hidden.at("fix").end(), id) !=
                        scoring.hidden.at("fix").end();
    // A fault that will be heard is done first and run again, or taken on in writing.
    if (is_fix && accepted.empty()) ++unsettled;
    outcome.readings.push_back({"Item " + id.get<std::string>().substr(5),
                                decision(id) + (accepted.empty() ? "" : "; accepted: " + accepted)});
    outcome.kept["decisions"][id.get<std::string>()] =
        decision(id) + (accepted.empty() ? "" : ": " + accepted);
  }
  int newer = 0;
  const Json& trials = scoring.hidden.at("newer");
  for (std::size_t i = 0; i < trials.size(); ++i)
    if (lower(scoring.answers.text("trial-" + two_digits(static_cast<int>(i) + 1))) ==
        trials[i].get<std::string>())
      ++newer;
  const int count = static_cast<int>(trials.size());
  outcome.readings.push_back(
      {"Blind", "the newer version was chosen " + std::to_string(newer) + " of " + std::to_string(count) +
                    " times; chance alone gives that many or more in " +
                    quantity(100.0 * chance_of_so_many(count, newer, 0.5), "%") + " of cases"});
  outcome.passed = unsettled == 0 && static_cast<int>(scoring.hidden.at("items").size()) ==
                                         count_of(scoring.exercise(), "items");
  outcome.verdict =
      std::to_string(scoring.hidden.at("items").size()) + " verdicts are recorded. " +
      (unsettled == 0
           ? "Nothing that will be heard is open."
           : counted(unsettled, "item", "items") +
                 " that will be heard still open: fix it and run this again, or accept it in writing.") +
      " Lesson 1's sentence: " + lower(scoring.answers.text("done")) + ".";
  outcome.kept["done"] = lower(scoring.answers.text("done"));
  return outcome;
}

}  // namespace

const ExerciseProgram kFullPassExercise = {"full-pass", first, prepare, score};

}  // namespace lacquer
