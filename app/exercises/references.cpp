#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "report/format.h"
#include "session/clips.h"

namespace lacquer {
namespace {

// What is shown of a sound once the sentences are written.
Json measures_of(const Sound& sound) {
  const Measurements measured = measure_sound(sound);
  Json one = {{"side_to_mid_db", nullptr}, {"psr_median_db", nullptr}, {"octaves", Json::array()}};
  if (measured.stereo && measured.stereo->side_to_mid_db)
    one["side_to_mid_db"] = *measured.stereo->side_to_mid_db;
  if (measured.dynamics && measured.dynamics->psr_median_db)
    one["psr_median_db"] = *measured.dynamics->psr_median_db;
  if (measured.spectrum)
    for (const ThirdOctave& third : measured.spectrum->third_octaves)
      if (third.level_db) one["octaves"].push_back({third.hz, *third.level_db});
  return one;
}

std::optional<double> level_at(const Json& measures, double hz) {
  for (const Json& third : measures.at("octaves"))
    if (std::abs(third[0].get<double>() - hz) < 1.0) return third[1].get<double>();
  return std::nullopt;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  const auto count = static_cast<std::size_t>(count_of(run.exercise(), "references"));
  need_files(run, count + 1, count + 1, "your track, then " + std::to_string(count) + " records");
  std::vector<Sound> sounds;
  for (const auto& file : run.files) {
    sounds.push_back(loudest_excerpt(file, number_of(run.exercise(), "excerpt_s"), run.progress).sound);
    fade_ends(sounds.back().audio, sounds.back().rate_hz, kClipFadeS);
  }
  std::vector<Sound*> all;
  for (Sound& sound : sounds) all.push_back(&sound);
  const double lufs = match_loudness(all, kClipLufs);
  Preparation preparation;
  preparation.readings.push_back(reading("All play at", lufs, "LUFS"));
  for (std::size_t i = 0; i < sounds.size(); ++i) {
    const std::string name = i == 0 ? "track" : "reference-" + std::to_string(i);
    run.put(name + ".wav", i == 0 ? "your track" : "record " + std::to_string(i), sounds[i]);
    preparation.hidden[name] = measures_of(sounds[i]);
    if (i == 0) continue;
    Question role{
        "role-" + std::to_string(i), "What is " + name + ".wav your anchor for?", AnswerForm::kChoice, {}};
    for (const std::string& one : texts_of(run.exercise(), "roles")) role.choices.push_back(lower(one));
    preparation.questions.push_back(role);
    preparation.questions.push_back(
        {"sentence-" + std::to_string(i), "One thing that " + name + ".wav does and your track does not:"});
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  std::vector<std::string> roles;
  const Json& track = scoring.hidden.at("track");
  for (int i = 1; i <= count_of(scoring.exercise(), "references"); ++i) {
    const std::string number = std::to_string(i);
    const std::string role = lower(scoring.answers.text("role-" + number));
    const Json& record = scoring.hidden.at("reference-" + number);
    if (std::find(roles.begin(), roles.end(), role) == roles.end()) roles.push_back(role);
    outcome.readings.push_back(
        {"Record " + number, role + ": " + scoring.answers.text("sentence-" + number)});
    const auto shown = [&](const char* id, const char* label) {
      if (!record.at(id).is_number() || !track.at(id).is_number()) return;
      outcome.readings.push_back({label, quantity(record.at(id).get<double>(), "dB") + ", yours " +
                                             quantity(track.at(id).get<double>(), "dB")});
    };
    shown("side_to_mid_db", "Side to mid");
    shown("psr_median_db", "PSR, median");
    std::string tone;
    for (const double hz : {63.0, 125.0, 250.0, 500.0, 1000.0, 2000.0, 4000.0, 8000.0, 16000.0})
      if (const auto a = level_at(record, hz), b = level_at(track, hz); a && b)
        tone += (tone.empty() ? "" : ", ") + hz_text(hz) + " " + signed_quantity(*a - *b, "dB");
    outcome.readings.push_back({"Against yours", tone});
    outcome.kept["roles"][role] = scoring.answers.text("sentence-" + number);
  }
  outcome.passed = static_cast<int>(roles.size()) == count_of(scoring.exercise(), "references");
  outcome.verdict = outcome.passed ? "Three anchors, each with a job and a sentence."
                                   : "Two records share a job; give each its own.";
  return outcome;
}

}  // namespace

const ExerciseProgram kReferencesExercise = {"references", first, prepare, score};

}  // namespace lacquer
