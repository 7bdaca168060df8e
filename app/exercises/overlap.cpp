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
#include "session/exercises/rhythm.h"

namespace lacquer {
namespace {

constexpr double kBlockS = 0.02;
constexpr double kNegligibleDb = 40.0;  // a band so far below a palette's strongest is nobody's
constexpr int kOctaveThirds = 3;

// Where a stem is strong: within so many decibels of its own near-maximum.
std::vector<bool> strong_in(const BandMap& map, double within_db) {
  std::vector<double> powers;
  for (const int block : map.active(0)) powers.push_back(map.power(block, 0));
  std::vector<bool> strong(static_cast<std::size_t>(map.blocks()), false);
  if (powers.empty()) return strong;
  std::sort(powers.begin(), powers.end());
  const double limit = powers[(powers.size() - 1) * 95 / 100] * db_to_power(-within_db);
  for (int block = 0; block < map.blocks(); ++block)
    strong[static_cast<std::size_t>(block)] = map.power(block, 0) >= limit && limit > 0.0;
  return strong;
}

double overlap_pct(const Sound& kick, const Sound& bass, const LessonExercise& exercise) {
  const std::vector<HzRange> floor = {{number_of(exercise, "from_hz"), number_of(exercise, "to_hz")}};
  const auto a = strong_in(BandMap(kick, floor, kBlockS), number_of(exercise, "within_db"));
  const auto b = strong_in(BandMap(bass, floor, kBlockS), number_of(exercise, "within_db"));
  int both = 0;
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) both += a[i] && b[i] ? 1 : 0;
  return 100.0 * both / static_cast<double>(std::max<std::size_t>(1, std::max(a.size(), b.size())));
}

// How far the kick's hits differ from each other, from 40 to 125 Hz with the bass: the tenth to ninetieth
// percentile.
std::optional<double> hit_spread_db(const Sound& kick, const Sound& bass) {
  const Sound both = sum_of({&kick, &bass});
  std::vector<double> levels;
  const BandMap map(both, {{40.0, 125.0}}, kBlockS);
  for (const double at : attacks_of(kick)) {
    double most = 0.0;
    for (int block = static_cast<int>(at / kBlockS);
         block < std::min(map.blocks(), static_cast<int>((at + 0.15) / kBlockS) + 1); ++block)
      most = std::max(most, map.power(block, 0));
    if (const auto db = power_to_db(most)) levels.push_back(*db);
  }
  if (levels.size() < 4) return std::nullopt;
  std::sort(levels.begin(), levels.end());
  return levels[levels.size() * 9 / 10] - levels[levels.size() / 10];
}

Preparation prepare_floor(const ExerciseRun& run) {
  if (run.files.size() != 2 && run.files.size() != 4)
    need_files(run, 2, 2, "kick and bass, or kick and bass before and after a change");
  const std::vector<Sound> stems = stems_of(run, 0, run.files.size());
  Preparation preparation;
  const Drum kick = read_drum(stems[0]);
  preparation.readings.push_back(
      {"Kick settles at", kick.hz ? quantity(kick.hz, "Hz") + ", " + nearest_note(*kick.hz).name
                                  : "no pitch: it rings too shortly"});
  preparation.readings.push_back({"It falls by 20 dB in", quantity(1000.0 * kick.decay_s, "ms", 0)});
  preparation.readings.push_back(reading("Hits differ by", hit_spread_db(stems[0], stems[1]), "dB"));
  const double before = overlap_pct(stems[0], stems[1], run.exercise());
  preparation.readings.push_back(reading("Both strong", before, "% of the time"));
  preparation.hidden = {{"before_pct", before}, {"after_pct", nullptr}};
  if (stems.size() == 4) {
    const double after = overlap_pct(stems[2], stems[3], run.exercise());
    preparation.readings.push_back(reading("After the change", after, "% of the time"));
    preparation.hidden["after_pct"] = after;
  }
  preparation.questions = {{"owner", "Who owns the floor?", AnswerForm::kChoice, {"kick", "bass"}},
                           {"reason", "Why, and what moved:", AnswerForm::kText, {}, true}};
  return preparation;
}

Outcome score_floor(const Scoring& scoring) {
  const double before = scoring.hidden.at("before_pct").get<double>();
  // The first run of a song is what a later one is held against.
  std::optional<double> after;
  double from = before;
  if (scoring.hidden.at("after_pct").is_number()) {
    after = scoring.hidden.at("after_pct").get<double>();
  } else if (scoring.earlier.is_object() && scoring.earlier.contains("before_pct")) {
    from = scoring.earlier.at("before_pct").get<double>();
    after = before;
  }
  const double wanted = number_of(scoring.exercise(), "reduce_pct");
  const double fell = after && from > 0.0 ? 100.0 * (from - *after) / from : 0.0;
  const std::string reason = scoring.answers.text("reason");
  Outcome outcome;
  outcome.passed = fell >= wanted || !reason.empty();
  outcome.readings.push_back(reading("Both strong, before", from, "% of the time"));
  if (after) outcome.readings.push_back(reading("Both strong, after", after, "% of the time"));
  outcome.verdict =
      "The " + lower(scoring.answers.text("owner")) + " owns the floor. " +
      (after ? "The overlap fell by " + quantity(fell, "%", 0) + " of itself." : "") +
      (outcome.passed ? "" : " Change one of the two and hand both over again, or write down why it stays.");
  outcome.kept = {{"before_pct", from}, {"owner", lower(scoring.answers.text("owner"))}, {"reason", reason}};
  return outcome;
}

// Third-octaves in which the second of a pair comes near the first while both matter; the most in a row.
int contested_in_a_row(const std::vector<std::vector<double>>& levels, std::size_t a, std::size_t b,
                       double within_db, double floor_db) {
  int most = 0, row = 0;
  for (std::size_t band = 0; band < levels[a].size(); ++band) {
    double owner = -300.0;
    for (const auto& stem : levels) owner = std::max(owner, stem[band]);
    const bool both = std::min(levels[a][band], levels[b][band]) >= owner - within_db && owner >= floor_db;
    row = both ? row + 1 : 0;
    most = std::max(most, row);
  }
  return most;
}

Preparation prepare_palette(const ExerciseRun& run) {
  need_files(run, static_cast<std::size_t>(count_of(run.exercise(), "least_stems")),
             static_cast<std::size_t>(count_of(run.exercise(), "most_stems")), "two to four stems");
  const std::vector<Sound> stems = stems_of(run, 0, run.files.size());
  const std::vector<HzRange> bands =
      octave_parts(number_of(run.exercise(), "from_hz"),
                   std::min(number_of(run.exercise(), "to_hz"), stems[0].rate_hz / 2.3), 3);
  std::vector<std::vector<double>> levels;
  double loudest = -300.0;
  for (const Sound& stem : stems) {
    const BandMap map(stem, bands, 1.0);
    levels.emplace_back();
    for (int band = 0; band < map.ranges(); ++band)
      levels.back().push_back(power_to_db(map.mean_power(band)).value_or(-300.0));
    loudest = std::max(loudest, *std::max_element(levels.back().begin(), levels.back().end()));
  }
  Preparation preparation;
  preparation.hidden["pairs"] = Json::array();
  for (std::size_t stem = 0; stem < stems.size(); ++stem) {
    std::string owned;
    for (std::size_t band = 0; band < bands.size(); ++band) {
      bool owner = levels[stem][band] >= loudest - kNegligibleDb;
      for (const auto& other : levels) owner = owner && levels[stem][band] >= other[band];
      if (owner)
        owned += (owned.empty() ? "" : ", ") + hz_text(std::sqrt(bands[band].low_hz * bands[band].high_hz));
    }
    preparation.readings.push_back(
        {run.files[stem].filename().string(), owned.empty() ? "owns no band" : "owns " + owned});
  }
  for (std::size_t a = 0; a < stems.size(); ++a)
    for (std::size_t b = a + 1; b < stems.size(); ++b) {
      const int row =
          contested_in_a_row(levels, a, b, number_of(run.exercise(), "within_db"), loudest - kNegligibleDb);
      if (row < kOctaveThirds) continue;
      const std::string names = run.files[a].filename().string() + " and " + run.files[b].filename().string();
      preparation.readings.push_back(
          {"Red pair", names + ": " + quantity(row / 3.0, "octaves") + " in a row"});
      preparation.hidden["pairs"].push_back(names);
      Sound pair = sum_of({&stems[a], &stems[b]});
      if (!level_of(pair).lufs) continue;
      match_loudness({&pair}, kClipLufs);
      run.put("pair-" + std::to_string(preparation.hidden["pairs"].size()) + ".wav", names, pair);
    }
  preparation.questions = {
      {"accept", "If you accept a red pair: which, and why", AnswerForm::kText, {}, true}};
  return preparation;
}

Outcome score_palette(const Scoring& scoring) {
  const std::size_t pairs = scoring.hidden.at("pairs").size();
  const std::string accepted = scoring.answers.text("accept");
  Outcome outcome;
  outcome.passed = pairs == 0 || (pairs == 1 && !accepted.empty());
  for (const Json& pair : scoring.hidden.at("pairs"))
    outcome.readings.push_back({"Red pair", pair.get<std::string>()});
  outcome.verdict = pairs == 0       ? "No pair shares an octave."
                    : outcome.passed ? "One pair shares an octave, and you accept it: " + accepted
                    : pairs == 1 ? "One pair shares an octave; move one of the two, or accept it in writing."
                                 : counted(pairs, "pair", "pairs") +
                                       " share an octave or more; start with an octave of pitch.";
  outcome.kept = {{"pairs", scoring.hidden.at("pairs")}, {"accepted", accepted}};
  return outcome;
}

bool is_floor(const LessonExercise& exercise) { return has_parameter(exercise, "reduce_pct"); }

std::vector<Question> first(const Lesson&) { return {}; }
Preparation prepare(const ExerciseRun& run) {
  return is_floor(run.exercise()) ? prepare_floor(run) : prepare_palette(run);
}
Outcome score(const Scoring& scoring) {
  return is_floor(scoring.exercise()) ? score_floor(scoring) : score_palette(scoring);
}

}  // namespace

const ExerciseProgram kOverlapExercise = {"overlap", first, prepare, score};

}  // namespace lacquer
