#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"
#include "session/exercises/rhythm.h"

namespace lacquer {
namespace {

constexpr int kRepeats = 3;  // of the loop

double tempo_of(const Answers& answers) {
  const double tempo = answers.needed_number("tempo");
  if (!(tempo >= 20.0 && tempo <= 400.0)) throw Error("tempo: it takes 20 to 400 beats a minute; correct it");
  return tempo;
}

// The loop several times over, without a gap.
Sound repeated(const Sound& loop) {
  Sound result{AudioBuffer(loop.audio.channels(), kRepeats * loop.audio.frames()), loop.rate_hz};
  for (int c = 0; c < loop.audio.channels(); ++c)
    for (int k = 0; k < kRepeats; ++k)
      std::copy(loop.audio.channel(c).begin(), loop.audio.channel(c).end(),
                result.audio.channel(c).begin() + k * loop.audio.frames());
  return result;
}

std::vector<Question> first(const Lesson&) {
  return {{"tempo", "The loop's tempo in beats a minute:", AnswerForm::kNumber}};
}

Preparation prepare(const ExerciseRun& run) {
  const std::vector<std::string>& parts = texts_of(run.exercise(), "parts");
  need_files(run, parts.size() + 1, parts.size() + 1, join_and(parts) + " and the rest of the loop");
  const double tempo = tempo_of(run.answers);
  std::vector<Sound> stems = stems_of(run, 0, run.files.size());
  const double loop_s = count_of(run.exercise(), "loop_bars") * 4.0 * 60.0 / tempo;
  for (std::size_t i = 0; i < stems.size(); ++i) {
    if (stems[i].seconds() < 0.98 * loop_s)
      throw FileError(
          run.files[i],
          Error("it is shorter than the loop at this tempo; bounce whole bars, or correct the tempo"));
    stems[i] = part_of(stems[i], {0.0, loop_s});
  }
  struct Version {
    std::size_t part;
    double ms;
    Sound sound;
  };
  std::vector<Version> versions;
  for (std::size_t part = 0; part < parts.size(); ++part)
    for (const double ms : numbers_of(run.exercise(), part == 0 ? "first_ms" : "second_ms")) {
      std::vector<const Sound*> all;
      const Sound moved = shifted(stems[part], ms);
      for (std::size_t i = 0; i < stems.size(); ++i) all.push_back(i == part ? &moved : &stems[i]);
      versions.push_back({part, ms, repeated(sum_of(all))});
    }
  std::vector<Sound*> sounds;
  for (Version& version : versions) sounds.push_back(&version.sound);
  match_loudness(sounds, kClipLufs);
  Preparation preparation;
  for (std::size_t part = 0; part < parts.size(); ++part)
    if (const auto offset = grid_offset(attacks_of(stems[part]), tempo))
      preparation.readings.push_back({parts[part] + " as played", signed_quantity(offset->median_ms, "ms") +
                                                                      " from the grid, spread " +
                                                                      quantity(offset->spread_ms, "ms")});
  Question keep{"keep", "Which version do you keep?", AnswerForm::kChoice, {}};
  int number = 0;
  for (const std::size_t which : shuffled(versions.size(), run.noise)) {
    const Version& version = versions[which];
    const std::string id = "take-" + two_digits(++number);
    run.put(id + ".wav", "one of the versions", version.sound);
    const auto offset = grid_offset(attacks_of(shifted(stems[version.part], version.ms)), tempo);
    preparation.hidden[id] = {{"part", parts[version.part]},
                              {"shift_ms", version.ms},
                              {"offset_ms", offset ? Json(offset->median_ms) : Json(nullptr)}};
    preparation.questions.push_back(
        {id, "One word for " + id + ".wav:", AnswerForm::kChoice, {"relaxed", "urgent", "wrong", "nothing"}});
    keep.choices.push_back(id);
  }
  preparation.questions.push_back(keep);
  preparation.questions.push_back({"sentence", "The feel, in one sentence:"});
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  for (const auto& [id, version] : scoring.hidden.items())
    outcome.readings.push_back({version.at("part").get<std::string>() + " " +
                                    signed_quantity(version.at("shift_ms").get<double>(), "ms", 0),
                                lower(scoring.answers.text(id))});
  std::sort(outcome.readings.begin(), outcome.readings.end(),
            [](const Reading& a, const Reading& b) { return a.label < b.label; });
  const Json& kept = scoring.hidden.at(lower(scoring.answers.text("keep")));
  const bool measured = kept.at("offset_ms").is_number();
  outcome.passed = measured;
  outcome.verdict = "Kept: " + kept.at("part").get<std::string>() + " moved by " +
                    signed_quantity(kept.at("shift_ms").get<double>(), "ms", 0) +
                    (measured ? "; it now lies " + signed_quantity(kept.at("offset_ms").get<double>(), "ms") +
                                    " from the grid."
                              : "; no attack was found in it, so its place could not be measured.");
  outcome.kept = {{"kept", kept}, {"sentence", scoring.answers.text("sentence")}};
  return outcome;
}

}  // namespace

const ExerciseProgram kShiftExercise = {"shift", first, prepare, score};

}  // namespace lacquer
