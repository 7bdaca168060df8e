#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/blind.h"
#include "app/exercises/programs.h"
#include "core/decibels.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"
#include "session/exercises/difference.h"

namespace lacquer {
namespace {

constexpr double kExcerptS = 10.0;

struct Altered {
  Sound before;  // what it is subtracted from
  Sound after;
};

// Empty where the case cannot be made here or changes nothing: a conversion to the rate the file has.
std::optional<Altered> altered(const Sound& sound, const std::string& which) {
  if (which == "16-bits-dithered" || which == "16-bits-cut")
    return Altered{sound, with_16_bits(sound, which == "16-bits-dithered")};
  if (which == "mp3-320") {
    auto decoded = encoded_and_back(sound, "mp3", 320);
    if (!decoded) return std::nullopt;
    return Altered{std::move(decoded->before), std::move(decoded->after)};
  }
  const double rate = which == "48000-hz" ? 48000.0 : 44100.0;
  // A file that has this rate goes by way of the other usual one, and back.
  return Altered{
      sound, converted_and_back(sound, sound.rate_hz == rate ? (rate == 44100.0 ? 48000.0 : 44100.0) : rate)};
}

std::vector<Question> first(const Lesson& lesson) {
  Question trials{"trial-of", "Which copy do you want to try to tell from the original? (Enter: none)",
                  AnswerForm::kChoice, texts_of(lesson.exercise, "cases")};
  trials.optional = true;
  return {trials};
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "your track");
  LoudPassage excerpt = loudest_excerpt(run.files[0], kExcerptS, run.progress);
  Sound& original = excerpt.sound;
  // 24 bits are what a project holds: whatever the file has below them is no part of the question.
  original = Sound{finished(original.audio, 0.0, original.rate_hz), original.rate_hz};
  const double raise = number_of(run.exercise(), "raise_to_dbfs");
  const std::string chosen = lower(run.answers.text("trial-of"));
  Preparation preparation;
  preparation.readings.push_back({"Passage", time_range(excerpt.when)});
  run.put("original.wav", "the passage as it is", original);
  for (const std::string& which : texts_of(run.exercise(), "cases")) {
    report_progress(run.progress, "subtracting", -1.0);
    const std::optional<Altered> copy = altered(original, which);
    if (!copy) {
      preparation.readings.push_back({which, "cannot be made here: the encoder is not installed"});
      continue;
    }
    Difference rest = difference_of(copy->before, copy->after);
    preparation.hidden["rest_dbfs"][which] = rest.level_dbfs ? Json(*rest.level_dbfs) : Json(nullptr);
    run.put(which + ".wav", "the altered copy", copy->after);
    run.put("rest-" + which + ".wav", "what is left, as it is", rest.rest);
    if (rest.level_dbfs) {
      // The peak decides where raising it that far would clip.
      scale(rest.rest, std::min(raise - *rest.level_dbfs, kClipCeilingDbtp - rest.peak_dbfs.value_or(0.0)));
      run.put("rest-" + which + "-raised.wav", "the same, raised until it can be heard", rest.rest);
    }
    preparation.questions.push_back(
        {"guess-" + which,
         "How strong is what is left of " + which + ", in dBFS (RMS)? Your guess:", AnswerForm::kNumber});
    if (which == chosen)
      add_blind_pair(run, preparation, {"", which, "original", count_of(run.exercise(), "trials"), false},
                     copy->after, copy->before);
  }
  preparation.questions.push_back({"format", "The project format you write down, with the reason:"});
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  const Json& rests = scoring.hidden.at("rest_dbfs");
  for (const auto& [which, level] : rests.items()) {
    const double guess = scoring.answers.needed_number("guess-" + which);
    outcome.readings.push_back(
        {which, (level.is_null() ? std::string("digital silence") : quantity(level.get<double>(), "dBFS")) +
                    " is left, your guess " + quantity(guess, "dBFS")});
  }
  if (scoring.hidden.contains("blind")) {
    const BlindScore blind = score_blind_pair(scoring, "");
    outcome.readings.push_back({"Blind", blind_words(blind)});
  }
  outcome.passed = rests.size() == texts_of(scoring.exercise(), "cases").size();
  outcome.verdict = counted(rests.size(), "difference", "differences") +
                    " measured. Your format: " + scoring.answers.text("format");
  if (!outcome.passed) outcome.verdict += ". Not every copy could be made on this machine.";
  outcome.kept = {{"format", scoring.answers.text("format")}, {"rest_dbfs", rests}};
  return outcome;
}

}  // namespace

const ExerciseProgram kNullTestExercise = {"null-test", first, prepare, score};

}  // namespace lacquer
