#include <algorithm>
#include <array>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "core/decibels.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"

namespace lacquer {
namespace {

constexpr std::array<const char*, 3> kRanges = {"low", "middle", "high"};
const std::vector<std::string> kChoices = {"narrow", "same", "wide"};

SideGains gains_of(const std::array<double, 3>& db) { return {db[0], db[1], db[2]}; }

std::string key_of(const std::array<std::size_t, 3>& choice) {
  return kChoices[choice[0]] + "," + kChoices[choice[1]] + "," + kChoices[choice[2]];
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "your track");
  LoudPassage excerpt = loudest_excerpt(run.files[0], number_of(run.exercise(), "excerpt_s"), run.progress);
  if (excerpt.sound.audio.channels() != 2) throw Error("a mono file has no width; hand over the stereo mix");
  const std::vector<double>& edges = numbers_of(run.exercise(), "edges_hz");
  const std::vector<double>& side = numbers_of(run.exercise(), "side_db");
  Sound same = excerpt.sound;
  const auto rendered = [&](const std::array<double, 3>& db) {
    return with_side(same, edges[0], edges[1], gains_of(db));
  };
  Preparation preparation;
  const double before = mono_loss_db(same).value_or(0.0);
  preparation.readings.push_back(reading("Loss in mono as it is", before, "dB"));
  std::vector<std::pair<std::string, Sound>> files;
  for (std::size_t range = 0; range < 3; ++range)
    for (const std::size_t choice : {std::size_t{0}, side.size() - 1}) {
      std::array<double, 3> db{};
      db[range] = side[choice];
      const std::string name = std::string(kRanges[range]) + (choice == 0 ? "-narrow" : "-wide");
      files.emplace_back(name, rendered(db));
      preparation.readings.push_back(
          {name, "loses " + quantity(mono_loss_db(files.back().second), "dB in mono", 2)});
    }
  for (std::size_t all = 0; all < 27; ++all) {
    const std::array<std::size_t, 3> choice = {all / 9, all / 3 % 3, all % 3};
    const Sound plan = rendered({side[choice[0]], side[choice[1]], side[choice[2]]});
    preparation.hidden["change_db"][key_of(choice)] = mono_loss_db(plan).value_or(0.0) - before;
  }
  std::vector<Sound*> sounds{&same};
  for (auto& file : files) sounds.push_back(&file.second);
  for (Sound* sound : sounds) fade_ends(sound->audio, sound->rate_hz, kClipFadeS);
  match_loudness(sounds, kClipLufs);
  run.put("same.wav", "your track as it is", same);
  for (const auto& [name, sound] : files) run.put(name + ".wav", name, sound);
  for (const char* range : kRanges) {
    preparation.questions.push_back(
        {range, std::string("On loudspeakers, the ") + range + " range:", AnswerForm::kChoice, kChoices});
    preparation.questions.push_back(
        {std::string(range) + "-headphones",
         std::string("On headphones, the ") + range + " range:", AnswerForm::kChoice, kChoices, true});
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  std::string key;
  for (const char* range : kRanges) {
    const std::string choice = lower(scoring.answers.text(range)),
                      headphones = lower(scoring.answers.text(std::string(range) + "-headphones"));
    key += (key.empty() ? "" : ",") + choice;
    outcome.readings.push_back({range, choice + (headphones.empty()     ? ""
                                                 : headphones == choice ? ", on headphones too"
                                                                        : ", on headphones " + headphones)});
    outcome.kept["plan"][range] = choice;
  }
  const double change = scoring.hidden.at("change_db").at(key).get<double>();
  const double most = number_of(scoring.exercise(), "most_mono_loss_db");
  outcome.readings.push_back({"Loss in mono", signed_quantity(change, "dB", 2) + " against before"});
  outcome.passed = change <= most;
  outcome.verdict = outcome.passed
                        ? "The plan is saved, and mono loses no more than " + quantity(most, "dB") + " by it."
                        : "This plan costs " + quantity(change, "dB") + " in mono; " + quantity(most, "dB") +
                              " is the most.";
  return outcome;
}

}  // namespace

const ExerciseProgram kWidthPlanExercise = {"width-plan", first, prepare, score};

}  // namespace lacquer
