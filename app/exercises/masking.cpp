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

constexpr std::size_t kMostBeats = 12;

// The lead over the rest in each block where the lead sounds, in decibels.
struct Heard {
  double at_s = 0.0;
  double lead_over_rest_db = 0.0;
};
std::vector<Heard> over_rest(const Sound& lead, const Sound& rest, const HzRange& range, double beat_s) {
  const BandMap a(lead, {range}, beat_s), b(rest, {range}, beat_s);
  std::vector<Heard> heard;
  for (const int block : a.active(0)) {
    const double other = block < b.blocks() ? b.power(block, 0) : 0.0;
    constexpr double kAlone = 40.0;  // more than that is the lead alone
    heard.push_back(
        {block * beat_s, std::clamp(power_to_db(a.power(block, 0) / std::max(other, 1e-20)).value_or(kAlone),
                                    -kAlone, kAlone)});
  }
  return heard;
}

double mean_db(const std::vector<Heard>& heard) {
  double sum = 0.0;
  for (const Heard& one : heard) sum += one.lead_over_rest_db;
  return heard.empty() ? 0.0 : sum / static_cast<double>(heard.size());
}

std::vector<Question> first(const Lesson&) {
  return {{"tempo", "The tempo in beats a minute:", AnswerForm::kNumber}};
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 2, 3, "the lead, the rest, and after the change the new rest");
  const double tempo = run.answers.needed_number("tempo");
  if (!(tempo >= 20.0 && tempo <= 400.0)) throw Error("tempo: it takes 20 to 400 beats a minute; correct it");
  const std::vector<Sound> stems = stems_of(run, 0, run.files.size());
  if (!level_of(stems[0]).lufs)
    throw FileError(run.files[0], Error("there is nothing in it to listen to; check the export"));
  const HzRange range{number_of(run.exercise(), "from_hz"),
                      std::min(number_of(run.exercise(), "to_hz"), 0.45 * stems[0].rate_hz)};
  std::vector<Heard> before = over_rest(stems[0], stems[1], range, 60.0 / tempo);
  Preparation preparation;
  preparation.readings.push_back({"Lead over rest", signed_quantity(mean_db(before), "dB") + " from " +
                                                        band_text(range.low_hz, range.high_hz) + ", over " +
                                                        counted(before.size(), "beat", "beats")});
  preparation.hidden = {{"before_db", mean_db(before)}, {"after_db", nullptr}};
  Sound mix = sum_of({&stems[0], &stems[1]});
  if (stems.size() == 3) {
    const std::vector<Heard> after = over_rest(stems[0], stems[2], range, 60.0 / tempo);
    preparation.readings.push_back({"After the change", signed_quantity(mean_db(after), "dB")});
    preparation.hidden["after_db"] = mean_db(after);
    Sound changed = sum_of({&stems[0], &stems[2]});
    match_loudness({&mix, &changed}, kClipLufs);
    run.put("before.wav", "before the change", mix);
    run.put("after.wav", "after it", changed);
  } else {
    match_loudness({&mix}, kClipLufs);
    run.put("before.wav", "lead and rest", mix);
  }
  std::stable_sort(before.begin(), before.end(),
                   [](const Heard& a, const Heard& b) { return a.lead_over_rest_db < b.lead_over_rest_db; });
  for (std::size_t i = 0; i < std::min(kMostBeats, before.size()); ++i)
    preparation.readings.push_back(
        {"Beat at " + clock(before[i].at_s), signed_quantity(before[i].lead_over_rest_db, "dB")});
  preparation.questions = {{"part", "Which part stops, and how?"}};
  return preparation;
}

Outcome score(const Scoring& scoring) {
  double before = scoring.hidden.at("before_db").get<double>();
  std::optional<double> after;
  if (scoring.hidden.at("after_db").is_number())
    after = scoring.hidden.at("after_db").get<double>();
  else if (scoring.earlier.is_object() && scoring.earlier.contains("before_db")) {
    after = before;
    before = scoring.earlier.at("before_db").get<double>();
  }
  const double wanted = number_of(scoring.exercise(), "rise_db");
  Outcome outcome;
  outcome.passed = after && *after - before >= wanted;
  outcome.readings.push_back({"Before", signed_quantity(before, "dB")});
  if (after) outcome.readings.push_back({"After", signed_quantity(after, "dB")});
  outcome.verdict =
      !after ? "The lead stands " + signed_quantity(before, "dB") +
                   " over the rest. Thin a part, and hand over lead, rest and new rest."
      : outcome.passed
          ? "The lead rose by " + quantity(*after - before, "dB") + " over the rest, by arrangement alone."
          : "The lead rose by " + quantity(*after - before, "dB") + "; " + quantity(wanted, "dB", 0) +
                " are asked for. The part must hold more than a third of the power there.";
  outcome.kept = {{"before_db", before}, {"part", scoring.answers.text("part")}};
  return outcome;
}

}  // namespace

const ExerciseProgram kMaskingExercise = {"masking", first, prepare, score};

}  // namespace lacquer
