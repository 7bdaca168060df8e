#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "core/decibels.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/band_map.h"
#include "session/exercises/changes.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostCells = 8;

double loss_db(double power, double middle) {
  constexpr double kMost = 60.0;  // more is all of it
  return power > 0.0 ? std::min(kMost, -power_to_db(middle / power).value_or(-kMost)) : 0.0;
}

struct Cell {
  int block = 0;
  int range = 0;
  double loss = 0.0;
};

// The cells of every octave that are loud enough to be missed, the largest loss first.
std::vector<Cell> cells_of(const BandMap& map) {
  std::vector<Cell> cells;
  for (int range = 0; range < map.ranges(); ++range)
    for (const int block : map.active(range))
      cells.push_back({block, range, loss_db(map.power(block, range), map.middle(block, range))});
  std::stable_sort(cells.begin(), cells.end(), [](const Cell& a, const Cell& b) { return a.loss > b.loss; });
  return cells;
}

// Over the whole piece.
double octave_loss_db(const BandMap& map, int range) {
  double power = 0.0, middle = 0.0;
  for (int block = 0; block < map.blocks(); ++block) {
    power += map.power(block, range);
    middle += map.middle(block, range);
  }
  return loss_db(power, middle);
}

std::vector<HzRange> octaves_of(const LessonExercise& exercise) {
  return octave_parts(number_of(exercise, "from_hz"), number_of(exercise, "to_hz"), 1);
}

Sound stereo_file(const ExerciseRun& run, std::size_t index) {
  Sound sound = whole_file(run.files[index], run.progress);
  if (sound.audio.channels() != 2)
    throw FileError(run.files[index], Error("a mono file loses nothing in mono; hand over the stereo mix"));
  return sound;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 2, "the mix, and after the repair the new bounce too");
  const Sound mix = stereo_file(run, 0);
  const double block_s = number_of(run.exercise(), "block_s");
  const BandMap map(mix, octaves_of(run.exercise()), block_s);
  const std::vector<Cell> cells = cells_of(map);
  if (cells.empty())
    throw FileError(run.files[0], Error("it has no sound in these octaves; hand over a whole mix"));
  const Cell worst = cells.front();
  Preparation preparation;
  preparation.readings.push_back(reading("Loss in mono, overall", mono_loss_db(mix), "dB"));
  for (const Cell& cell : cells)
    if (preparation.readings.size() <= kMostCells && cell.loss >= 0.5)
      preparation.readings.push_back(
          {clock(cell.block * block_s) + ", " +
               band_text(map.range(cell.range).low_hz, map.range(cell.range).high_hz),
           quantity(cell.loss, "dB lost")});
  for (int range = 0; range < map.ranges(); ++range)
    preparation.readings.push_back(
        {band_text(map.range(range).low_hz, map.range(range).high_hz) + ", all of it",
         quantity(octave_loss_db(map, range), "dB lost")});
  const double from = worst.block * block_s;
  Sound stereo = part_of(mix, clip_passage({from, from + block_s}, mix.seconds()));
  fade_ends(stereo.audio, stereo.rate_hz, kClipFadeS);
  match_loudness({&stereo}, kClipLufs);
  run.put("stereo.wav", "the worst place in stereo", stereo);
  run.put("mono.wav", "the same through one loudspeaker, at the same gain", middle_alone(stereo));
  run.put("lost.wav", "only what is lost", side_alone(stereo));
  preparation.hidden["worst"] = {{"from_s", from},
                                 {"low_hz", map.range(worst.range).low_hz},
                                 {"high_hz", map.range(worst.range).high_hz},
                                 {"loss_db", worst.loss}};
  preparation.hidden["octave_db"] = octave_loss_db(map, worst.range);
  preparation.hidden["new_octave_db"] = nullptr;
  if (run.files.size() == 2) {
    const BandMap after(stereo_file(run, 1), octaves_of(run.exercise()), block_s);
    // The same octave at the same place, or anywhere in the octave where the song was cut differently.
    const double now = octave_loss_db(after, worst.range);
    preparation.hidden["new_octave_db"] = now;
    if (worst.block < after.blocks())
      preparation.hidden["new_loss_db"] =
          loss_db(after.power(worst.block, worst.range), after.middle(worst.block, worst.range));
    preparation.readings.push_back({"The worst octave in the new bounce", quantity(now, "dB lost")});
  }
  preparation.questions = {
      {"verdict", "What do you do with the part that mono eats?", AnswerForm::kChoice,
       texts_of(run.exercise(), "verdicts")},
      {"reason", "Which part it is, and why:", AnswerForm::kText, {}, run.files.size() == 2}};
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const Json& worst = scoring.hidden.at("worst");
  const double before = scoring.hidden.at("octave_db").get<double>();
  Outcome outcome;
  outcome.readings.push_back(
      {"Worst place", clock(worst.at("from_s").get<double>()) + ", " +
                          band_text(worst.at("low_hz").get<double>(), worst.at("high_hz").get<double>()) +
                          ", " + quantity(worst.at("loss_db").get<double>(), "dB lost")});
  const std::string verdict = lower(scoring.answers.text("verdict"));
  const Json& now = scoring.hidden.at("new_octave_db");
  double better = 0.0;
  if (now.is_number()) {
    better = before - now.get<double>();
    if (scoring.hidden.contains("new_loss_db"))
      better = std::max(better,
                        worst.at("loss_db").get<double>() - scoring.hidden.at("new_loss_db").get<double>());
    outcome.readings.push_back({"After the repair", quantity(better, "dB less is lost")});
  }
  const double wanted = number_of(scoring.exercise(), "improve_db");
  const bool kept = verdict == "keep" && !scoring.answers.text("reason").empty();
  outcome.passed = better >= wanted || kept;
  outcome.verdict =
      kept              ? "Kept on purpose: " + scoring.answers.text("reason")
      : outcome.passed  ? "The worst place loses " + quantity(better, "dB") + " less than before."
      : now.is_number() ? "The repair brought " + quantity(better, "dB") + "; " + quantity(wanted, "dB", 0) +
                              " are asked for, or a reason to keep it."
                        : "Repair it, bounce again, and run this with both files; or keep it and say why.";
  outcome.kept = {{"worst", worst}, {"verdict", verdict}, {"reason", scoring.answers.text("reason")}};
  return outcome;
}

}  // namespace

const ExerciseProgram kMonoMapExercise = {"mono-map", first, prepare, score};

}  // namespace lacquer
