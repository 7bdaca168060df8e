#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/blind.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"

namespace lacquer {
namespace {

struct Move {
  double hz = 0.0;
  double gain_db = 0.0;
  double q = 0.7;
};

std::string words_of(const Move& move) {
  return signed_quantity(move.gain_db, "dB") + " at " + hz_text(move.hz) + ", Q " + plain_number(move.q);
}

// "250 Hz -2 dB Q 1" or "250 -2 1".
Move move_of(const std::string& said, double most_db) {
  std::vector<double> numbers;
  for (const std::string& word : split(said, " ,;"))
    if (word.find_first_of("0123456789") != std::string::npos) {
      Answers one;
      one.add("move", word);
      numbers.push_back(one.needed_number("move"));
    }
  if (numbers.size() < 2 || numbers.size() > 3 || numbers[0] < 20.0 || numbers[0] > 20000.0 ||
      std::abs(numbers[1]) > most_db || numbers[1] == 0.0 ||
      (numbers.size() == 3 && (numbers[2] < 0.3 || numbers[2] > 8.0)))
    throw Error("move: \"" + said.substr(0, 60) + "\" does not fit; write frequency, gain of at most " +
                quantity(most_db, "dB", 0) + " and Q of 0.3 to 8, such as 250 -2 1");
  return {numbers[0], numbers[1], numbers.size() == 3 ? numbers[2] : 0.7};
}

// Of the first built-in target, the one that speaks for no style, at the band nearest to a frequency.
double target_db(double hz) {
  const TargetCurve& target = knowledge().targets.front();
  const int band =
      std::clamp(static_cast<int>(std::lround(17.0 + 10.0 * std::log10(hz / 1000.0))), 0, kTargetBands - 1);
  return target.level_db[static_cast<std::size_t>(band)];
}

// How far the third-octaves of the track lie from the references, or from the built-in target.
struct Deviation {
  double hz = 0.0;
  double db = 0.0;
};
std::vector<Deviation> deviations(const ExerciseRun& run, const Sound& track) {
  const auto thirds = [](const Sound& sound) { return measure_sound(sound).spectrum->third_octaves; };
  std::vector<Deviation> found;
  const std::vector<ThirdOctave> own = thirds(track);
  std::vector<std::vector<ThirdOctave>> others;
  for (std::size_t i = 1; i < run.files.size(); ++i)
    others.push_back(thirds(loudest_excerpt(run.files[i], 30.0, run.progress).sound));
  for (std::size_t k = 0; k < own.size(); ++k) {
    if (!own[k].level_db || own[k].hz < 60.0 || own[k].hz > 10000.0) continue;
    double sum = 0.0;
    int count = 0;
    for (const auto& other : others)
      if (k < other.size() && other[k].level_db) {
        sum += *other[k].level_db;
        ++count;
      }
    if (count == 0) {
      sum = target_db(own[k].hz);
      count = 1;
    }
    found.push_back({own[k].hz, *own[k].level_db - sum / count});
  }
  return found;
}

// What would be tried first: against the broadest deviation, three bands together, never more than is asked.
std::optional<Move> considered(const std::vector<Deviation>& found, double most_db) {
  std::optional<Move> best;
  double most = 0.0;
  for (std::size_t k = 1; k + 1 < found.size(); ++k) {
    const double mean = (found[k - 1].db + found[k].db + found[k + 1].db) / 3.0;
    if (std::abs(mean) <= most) continue;
    most = std::abs(mean);
    best = Move{found[k].hz, std::clamp(-mean, -most_db, most_db), 1.4};
  }
  return best;
}

std::vector<Question> first(const Lesson& lesson) {
  Question move{"move", "A move: frequency, gain and Q, such as 250 -2 1 (at most " +
                            std::to_string(count_of(lesson.exercise, "most_moves")) +
                            "; none is an answer too):"};
  move.many = move.optional = true;
  return {move};
}

Preparation prepare(const ExerciseRun& run) {
  constexpr std::size_t kMostReferences = 8;
  need_files(run, 1, 1 + kMostReferences, "your track, then any references");
  const double most_db = number_of(run.exercise(), "most_db");
  Sound track = loudest_excerpt(run.files[0], number_of(run.exercise(), "excerpt_s"), run.progress).sound;
  fade_ends(track.audio, track.rate_hz, kClipFadeS);
  const std::vector<Deviation> found = deviations(run, track);
  Preparation preparation;
  for (const Deviation& one : found)
    if (std::abs(one.db) >= 3.0)
      preparation.readings.push_back(
          {hz_text(one.hz),
           signed_quantity(one.db, "dB") +
               (run.files.size() > 1 ? " against the references" : " against the built-in target")});
  std::vector<Move> moves;
  for (const std::string& said : run.answers.all("move")) moves.push_back(move_of(said, most_db));
  if (static_cast<int>(moves.size()) > count_of(run.exercise(), "most_moves"))
    throw Error("these are more than " + std::to_string(count_of(run.exercise(), "most_moves")) +
                " moves; keep the ones with the best evidence");
  const bool proposed = !moves.empty();
  if (!proposed) {
    const std::optional<Move> instead = considered(found, most_db);
    if (!instead)
      throw FileError(run.files[0], Error("its tone cannot be read; hand over at least 10 s of music"));
    moves.push_back(*instead);
    preparation.questions.push_back({"reason", "Why the track needs no correction, with the figures:"});
  }
  preparation.hidden["proposed"] = proposed;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    Sound moved = with_bell(track, moves[i].hz, moves[i].gain_db, moves[i].q);
    Sound without = track;
    match_loudness({&moved, &without}, kClipLufs);
    const std::string prefix = "move-" + std::to_string(i + 1) + "-";
    preparation.hidden["moves"].push_back({prefix, words_of(moves[i])});
    preparation.readings.push_back(
        {"Move " + std::to_string(i + 1),
         words_of(moves[i]) + (proposed ? "" : ", tried instead of one of yours")});
    add_blind_pair(run, preparation,
                   {prefix, "with", "without", count_of(run.exercise(), "trials"), !proposed}, moved,
                   without);
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  const bool proposed = scoring.hidden.at("proposed").get<bool>();
  std::size_t kept = 0;
  for (const Json& move : scoring.hidden.at("moves")) {
    const BlindScore blind = score_blind_pair(scoring, move[0].get<std::string>());
    const bool stays = proposed && blind.right >= count_of(scoring.exercise(), "pass");
    if (stays) {
      ++kept;
      outcome.kept["moves"].push_back(move[1]);
    }
    outcome.readings.push_back(
        {move[1].get<std::string>(), blind_words(blind) + (!proposed ? ""
                                                           : stays   ? ". It may stay"
                                                                     : ". Leave it out")});
  }
  outcome.passed = proposed ? kept > 0 : !scoring.answers.text("reason").empty();
  outcome.verdict = !proposed  ? "No correction needed: " + scoring.answers.text("reason")
                    : kept > 0 ? counted(kept, "move", "moves") + " may stay."
                               : "No move was heard often enough; leave the track alone, and say so.";
  return outcome;
}

}  // namespace

const ExerciseProgram kCorrectionExercise = {"correction", first, prepare, score};

}  // namespace lacquer
