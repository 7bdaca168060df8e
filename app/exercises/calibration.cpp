#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/tones.h"

namespace lacquer {
namespace {

constexpr double kSongS = 60.0;
constexpr std::uint64_t kNoiseSeed = 0x6c6163717565721U;

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "a song");
  const double quiet = number_of(run.exercise(), "quiet_db");
  Sound noise =
      pink_noise(number_of(run.exercise(), "noise_s"), number_of(run.exercise(), "noise_dbfs"), kNoiseSeed);
  run.put("noise-working.wav", "pink noise: set the working mark", noise);
  scale(noise, quiet);
  run.put("noise-quiet.wav", "the same, to hear how far the quiet mark lies below", noise);
  Sound song = loudest_excerpt(run.files[0], kSongS, run.progress).sound;
  fade_ends(song.audio, song.rate_hz, kClipFadeS);
  const double lufs = match_loudness({&song}, number_of(run.exercise(), "song_lufs"));
  run.put("song.wav", "the song's loudest minute, for both marks", song);
  Preparation preparation;
  preparation.readings = {
      reading("Song plays at", lufs, "LUFS"),
      {"Rest your ears after", quantity(number_of(run.exercise(), "reminder_min"), "min", 0)}};
  preparation.questions = {{"working-mark", "Where is the working mark on your knob?"},
                           {"quiet-mark", "Where is the quiet mark?"}};
  for (const char* level : {"working", "quiet"})
    for (const std::string& what : texts_of(run.exercise(), "rated"))
      preparation.questions.push_back(
          {std::string(level) + "-" + id_of(what),
           "At the " + std::string(level) + " mark, " + what + " from 1 (too little) to 5 (too much):",
           AnswerForm::kChoice,
           {"1", "2", "3", "4", "5"}});
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  std::size_t changed = 0;
  for (const std::string& what : texts_of(scoring.exercise(), "rated")) {
    const std::string working = scoring.answers.text("working-" + id_of(what));
    const std::string quiet = scoring.answers.text("quiet-" + id_of(what));
    outcome.readings.push_back({what, working + " at the working mark, " + quiet + " at the quiet one"});
    if (working != quiet) ++changed;
  }
  outcome.passed = true;  // marks and ratings are all there, or check_answers had refused
  outcome.verdict =
      "Both marks are kept; " + counted(changed, "rating", "ratings") + " changed with the level.";
  outcome.kept = {{"working-mark", scoring.answers.text("working-mark")},
                  {"quiet-mark", scoring.answers.text("quiet-mark")}};
  return outcome;
}

}  // namespace

const ExerciseProgram kCalibrationExercise = {"calibration", first, prepare, score};

}  // namespace lacquer
