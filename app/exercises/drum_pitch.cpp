#include <algorithm>
#include <array>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "playback/system_player.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"
#include "session/exercises/rhythm.h"
#include "session/exercises/statistics.h"

namespace lacquer {
namespace {

constexpr std::array<const char*, 12> kRoots = {"c",  "c#", "d",  "d#", "e",  "f",
                                                "f#", "g",  "g#", "a",  "a#", "b"};

// Semitones from the drum's own pitch to the nearest octave of a note (0 to 11, from C), -6 to 6.
double steps_to(double hz, int note) {
  const double own = 12.0 * std::log2(hz / 440.0) + 9.0;  // A is the ninth from C
  double steps = std::fmod(note - own, 12.0);
  if (steps < -6.0) steps += 12.0;
  if (steps > 6.0) steps -= 12.0;
  return steps;
}

Sound on_phone(const Sound& sound) {
  for (const PlaybackSystem& system : knowledge().systems)
    if (system.id == "phone") {
      SystemPlayer player({sound.rate_hz, sound.audio.channels(), 4096}, system, std::nullopt);
      Sound result{AudioBuffer(sound.audio.channels(), sound.audio.frames()), sound.rate_hz};
      int at = 0;
      const auto drain = [&] {
        while (at < sound.audio.frames()) {
          const int got =
              player.pull(result.audio.block().slice(at, std::min(4096, sound.audio.frames() - at)));
          if (got == 0) break;
          at += got;
        }
      };
      for (int from = 0; from < sound.audio.frames(); from += 4096) {
        player.push(sound.audio.block().slice(from, std::min(4096, sound.audio.frames() - from)));
        drain();
      }
      player.finish();
      drain();
      return result;
    }
  return sound;
}

std::vector<Question> first(const Lesson& lesson) {
  Question key{"key",
               "The root of the song's key, such as A or F#:",
               AnswerForm::kChoice,
               {kRoots.begin(), kRoots.end()}};
  Question tuning{
      "tuning",
      "After listening: which tuning do you try against the untouched drum? (Enter: only render them)",
      AnswerForm::kChoice,
      {},
      true};
  for (int i = 1; i <= count_of(lesson.exercise, "tunings"); ++i) tuning.choices.push_back(std::to_string(i));
  return {key, tuning};
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 2, 2, "the drum, and the loop without it");
  const std::vector<Sound> stems = stems_of(run, 0, 2);
  const Drum drum = read_drum(stems[0]);
  Preparation preparation;
  preparation.hidden = {{"answers", Json::array()}, {"tuning", nullptr}};
  preparation.readings.push_back({"It falls by 20 dB in", quantity(1000.0 * drum.decay_s, "ms", 0)});
  if (!drum.hz)
    throw FileError(run.files[0],
                    Error("this drum rings too shortly to have a pitch; leave it, or hand over another"));
  preparation.readings.push_back({"Pitch", quantity(drum.hz, "Hz") + ", " + nearest_note(*drum.hz).name +
                                               " " +
                                               signed_quantity(nearest_note(*drum.hz).cents, "cents", 0)});
  const std::string key = lower(run.answers.text("key"));
  const int root = static_cast<int>(std::find(kRoots.begin(), kRoots.end(), key) - kRoots.begin());
  const auto with_loop = [&](const Sound& one) {
    const Sound both = sum_of({&one, &stems[1]});
    return part_of(both, {0.0, std::min(both.seconds(), kMostClipS)});
  };
  // Root, fifth, and a tritone that belongs to neither, as a control.
  struct Tuning {
    const char* name;
    int note;
  };
  const std::vector<Tuning> tunings = {{"root", root}, {"fifth", root + 7}, {"tritone", root + 6}};
  Sound untouched = with_loop(stems[0]);
  std::vector<Sound> tuned, phones;
  for (int i = 0; i < count_of(run.exercise(), "tunings"); ++i) {
    const Tuning& tuning = tunings[static_cast<std::size_t>(i) % tunings.size()];
    const double steps = steps_to(*drum.hz, tuning.note);
    tuned.push_back(with_loop(retuned(stems[0], std::pow(2.0, steps / 12.0))));
    preparation.readings.push_back({"Tuning " + std::to_string(i + 1),
                                    std::string(tuning.name) + ", " + signed_quantity(steps, "semitones")});
    preparation.hidden["steps"].push_back(steps);
  }
  phones.push_back(on_phone(untouched));
  for (const Sound& one : tuned) phones.push_back(on_phone(one));
  std::vector<Sound*> all{&untouched}, small;
  for (Sound& one : tuned) all.push_back(&one);
  for (Sound& one : phones) small.push_back(&one);
  for (const auto* group : {&all, &small})
    for (Sound* one : *group) fade_ends(one->audio, one->rate_hz, kClipFadeS);
  if (!level_of(untouched).lufs)
    throw FileError(run.files[0], Error("there is nothing in it to listen to; check the export"));
  match_loudness(all, kClipLufs);
  match_loudness(small, kClipLufs);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string name = i == 0 ? "untouched" : "tuning-" + std::to_string(i);
    run.put(name + ".wav", i == 0 ? "the drum as it is, with the loop" : "tuning " + std::to_string(i),
            *all[i]);
    run.put(name + "-phone.wav", "the same on a phone", *small[i]);
  }
  const std::string chosen = run.answers.text("tuning");
  if (!chosen.empty()) {
    const auto which = static_cast<std::size_t>(std::stoi(chosen));
    preparation.hidden["tuning"] = which;
    for (int trial = 1; trial <= count_of(run.exercise(), "trials"); ++trial) {
      const bool tuned_first = run.noise.uniform() < 0.5;
      const std::string id = "trial-" + two_digits(trial);
      run.put(id + "-a.wav", "A", tuned_first ? *all[which] : untouched);
      run.put(id + "-b.wav", "B", tuned_first ? untouched : *all[which]);
      preparation.hidden["answers"].push_back(tuned_first ? "a" : "b");
      preparation.questions.push_back(
          {id,
           "In which is the bass line clearer, " + id + "-a.wav or " + id + "-b.wav?",
           AnswerForm::kChoice,
           {"a", "b"}});
    }
  }
  preparation.questions.push_back(
      {"decision", "What do you do with the drum?", AnswerForm::kChoice, {"tune", "re-choose", "leave"}});
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const Json& answers = scoring.hidden.at("answers");
  int tuned = 0;
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (lower(scoring.answers.text("trial-" + two_digits(static_cast<int>(i) + 1))) ==
        answers[i].get<std::string>())
      ++tuned;
  const std::string decision = lower(scoring.answers.text("decision"));
  Outcome outcome;
  const bool preferred = !answers.empty() && tuned >= count_of(scoring.exercise(), "pass");
  outcome.passed = preferred || decision != "tune";
  if (!answers.empty())
    outcome.readings.push_back(
        {"Tuning " + std::to_string(scoring.hidden.at("tuning").get<int>()),
         "chosen in " + std::to_string(tuned) + " of " + std::to_string(answers.size()) +
             " trials; chance alone gives that many or more in " +
             quantity(100.0 * chance_of_so_many(static_cast<int>(answers.size()), tuned, 0.5), "%") +
             " of cases"});
  outcome.verdict = preferred                 ? "The tuned drum was preferred beyond luck."
                    : decision == "leave"     ? "You leave the drum as it is, and that is recorded."
                    : decision == "re-choose" ? "You choose another drum."
                    : answers.empty()
                        ? "Try one tuning against the untouched drum: run it again with the tuning."
                        : "The preference is no more than luck; leave it, or try another tuning.";
  outcome.kept = {{"decision", decision}, {"tuned", tuned}};
  return outcome;
}

}  // namespace

const ExerciseProgram kDrumPitchExercise = {"drum-pitch", first, prepare, score};

}  // namespace lacquer
