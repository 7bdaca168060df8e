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

constexpr double kBlockS = 0.4;

double level_db(const BandMap& map, int block, int range) {
  return power_to_db(map.power(block, range)).value_or(-200.0);
}

struct Spread {
  int range = 0;
  double low_db = 0.0;   // 10th percentile of the active blocks
  double high_db = 0.0;  // 95th
};

Spread spread_of(const BandMap& map, int range) {
  std::vector<double> levels;
  for (const int block : map.active(range)) levels.push_back(level_db(map, block, range));
  std::sort(levels.begin(), levels.end());
  if (levels.empty()) return {range, 0.0, 0.0};
  return {range, levels[levels.size() / 10], levels[(levels.size() - 1) * 95 / 100]};
}

// The moments whose level is highest or lowest, at least a moment apart; in order of time.
std::vector<double> moments_of(const BandMap& map, int range, int count, double moment_s, bool loudest) {
  std::vector<int> blocks = map.active(range);
  std::stable_sort(blocks.begin(), blocks.end(), [&](int a, int b) {
    return loudest ? map.power(a, range) > map.power(b, range) : map.power(a, range) < map.power(b, range);
  });
  std::vector<double> times;
  for (const int block : blocks) {
    const double at = (block + 0.5) * kBlockS;
    if (static_cast<int>(times.size()) < count &&
        std::all_of(times.begin(), times.end(), [&](double one) { return std::abs(one - at) >= moment_s; }))
      times.push_back(at);
  }
  std::sort(times.begin(), times.end());
  return times;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "your mix");
  const Sound mix = whole_file(run.files[0], run.progress);
  const BandMap map(mix, octave_parts(63.0, std::min(8000.0, mix.rate_hz / 3.0), 1), kBlockS);
  std::vector<Spread> spreads;
  for (int range = 0; range < map.ranges(); ++range) spreads.push_back(spread_of(map, range));
  const auto wide = [](const Spread& one) { return one.high_db - one.low_db; };
  const Spread worst = *std::max_element(spreads.begin(), spreads.end(),
                                         [&](const Spread& a, const Spread& b) { return wide(a) < wide(b); });
  std::vector<double> others;
  for (const Spread& one : spreads) others.push_back(wide(one));
  std::nth_element(others.begin(), others.begin() + static_cast<std::ptrdiff_t>(others.size() / 2),
                   others.end());
  const HzRange& range = map.range(worst.range);
  Preparation preparation;
  preparation.readings = {{"Band", band_text(range.low_hz, range.high_hz)},
                          reading("Its spread", wide(worst), "dB"),
                          reading("Spread of a typical band", others[others.size() / 2], "dB")};
  const double moment_s = number_of(run.exercise(), "moment_s");
  const auto put_moments = [&](const char* name, int count, bool loudest) {
    int number = 0;
    for (const double at : moments_of(map, worst.range, count, moment_s, loudest)) {
      const std::string id = std::string(name) + "-" + std::to_string(++number);
      Sound part = part_of(mix, {std::max(0.0, at - moment_s / 2.0), at + moment_s / 2.0});
      fade_ends(part.audio, part.rate_hz, kClipFadeS);
      run.put(id + ".wav",
              std::string(loudest ? "a loud" : "a quiet") + " moment of the band, at " + clock(at), part);
      preparation.readings.push_back({id, clock(at)});
      preparation.hidden[name].push_back(at);
    }
  };
  put_moments("loud", count_of(run.exercise(), "loudest"), true);
  put_moments("quiet", count_of(run.exercise(), "quietest"), false);
  if (!preparation.hidden.contains("loud"))
    throw FileError(run.files[0],
                    Error("it has no sound from 63 Hz to 8 kHz to compare; hand over a whole mix"));
  // Both remedies take as much from the loud moments; only one of them knows when to.
  const double cut = std::min(number_of(run.exercise(), "most_cut_db"), wide(worst) / 2.0);
  const double about_s = preparation.hidden.at("loud").front().get<double>();
  const Sound around = part_of(mix, clip_passage({about_s - 5.0, about_s + 5.0}, mix.seconds()));
  Sound untouched = around;
  Sound fixed = with_bell(around, std::sqrt(range.low_hz * range.high_hz), -cut, 1.41);
  Sound dynamic =
      with_band_compressor(around, range.low_hz, range.high_hz,
                           {number_of(run.exercise(), "ratio"), range.high_hz < 400.0 ? 30.0 : 10.0,
                            range.high_hz < 400.0 ? 150.0 : 80.0, cut})
          .sound;
  for (Sound* one : {&untouched, &fixed, &dynamic}) fade_ends(one->audio, one->rate_hz, kClipFadeS);
  match_loudness({&untouched, &fixed, &dynamic}, kClipLufs);
  run.put("untouched.wav", "the passage as it is", untouched);
  run.put("fixed-cut.wav", "a fixed cut of " + quantity(cut, "dB"), fixed);
  run.put("compressor.wav", "a compressor on the band alone, taking as much at most", dynamic);
  Question verdict{"verdict", "Your verdict:", AnswerForm::kChoice, texts_of(run.exercise(), "verdicts")};
  preparation.questions = {
      verdict, {"loud", "A loud moment that supports it, such as 1:05:"}, {"quiet", "A quiet one:"}};
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const auto supports = [&](const char* id) {
    const auto at = seconds_of(scoring.answers.text(id));
    if (!at)
      throw Error(std::string(id) + ": \"" + scoring.answers.text(id).substr(0, 40) +
                  "\" is no time; write it as 1:05");
    const Json& times = scoring.hidden.at(id);
    return std::any_of(times.begin(), times.end(), [&](const Json& one) {
      return std::abs(one.get<double>() - *at) <= number_of(scoring.exercise(), "moment_s") / 2.0 + 1.0;
    });
  };
  const bool loud = supports("loud"), quiet = supports("quiet");
  Outcome outcome;
  outcome.passed = loud && quiet;
  outcome.verdict = "Verdict: " + lower(scoring.answers.text("verdict")) +
                    (outcome.passed ? ", with a loud and a quiet moment that were measured."
                     : loud         ? "; the quiet moment is none of those that were played."
                                    : "; the loud moment is none of those that were played.");
  outcome.kept = {{"verdict", lower(scoring.answers.text("verdict"))},
                  {"loud", scoring.answers.text("loud")},
                  {"quiet", scoring.answers.text("quiet")}};
  return outcome;
}

}  // namespace

const ExerciseProgram kMomentsExercise = {"moments", first, prepare, score};

}  // namespace lacquer
