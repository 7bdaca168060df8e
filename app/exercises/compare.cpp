#include <algorithm>
#include <cmath>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/knowledge.h"
#include "core/decibels.h"
#include "playback/platforms.h"
#include "report/format.h"
#include "session/clips.h"
#include "session/exercises/changes.h"

namespace lacquer {
namespace {

constexpr int kRounds = 2;
constexpr int kCodecKbps = 128;  // where overshoot is large and everyone has the encoder

struct Version {
  double value = 0.0;
  Sound sound;
  Json measured = Json::object();
};

Version version_of(const Sound& source, const LessonExercise& exercise, double value) {
  if (text_of(exercise, "processor") == "compressor") {
    CompressorSetting setting;
    setting.ratio = number_of(exercise, "ratio");
    setting.attack_ms = value;
    setting.release_ms = number_of(exercise, "release_ms");
    setting.gain_reduction_db = number_of(exercise, "gain_reduction_db");
    Compressed done = with_compressor(source, setting);
    return {value,
            std::move(done.sound),
            {{"reduction_db", done.reduction_db}, {"threshold_dbfs", done.threshold_dbfs}}};
  }
  return {value, with_limiter(source, value, number_of(exercise, "ceiling_dbtp")), Json::object()};
}

std::optional<double> decoded_peak(const Sound& sound) {
  const auto decoded = encoded_and_back(sound, "aac", kCodecKbps);
  return decoded ? level_of(decoded->after).dbtp : std::nullopt;
}

void measure(Version& version, const LessonExercise& exercise) {
  const Measurements all = measure_sound(version.sound);
  for (const std::string& id : texts_of(exercise, "measures")) {
    std::optional<double> value;
    if (id == "crest_db") value = all.dynamics->crest_db;
    if (id == "psr_median_db") value = all.dynamics->psr_median_db;
    if (id == "psr_p5_db") value = all.dynamics->psr_p5_db;
    if (id == "true_dbtp") value = all.peak.true_dbtp;
    if (id == "integrated_lufs") value = all.loudness.integrated_lufs;
    if (id == "decoded_dbtp") value = decoded_peak(version.sound);
    version.measured[id] = value ? Json(*value) : Json(nullptr);
  }
}

std::string file_id(int round, std::size_t place) {
  return std::to_string(round) + "-" + static_cast<char>('a' + static_cast<char>(place));
}

std::string value_words(const LessonExercise& exercise, double value) {
  return text_of(exercise, "varied") == "attack_ms" ? quantity(value, "ms", 0)
                                                    : quantity(value, "dB of limiting", 0);
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, text_of(run.exercise(), "processor") == "compressor" ? "a drum bus" : "your track");
  const Sound source =
      loudest_excerpt(run.files[0], number_of(run.exercise(), "excerpt_s"), run.progress).sound;
  std::vector<Version> versions;
  for (const double value : numbers_of(run.exercise(), "values")) {
    report_progress(run.progress, "rendering", -1.0);
    versions.push_back(version_of(source, run.exercise(), value));
    measure(versions.back(), run.exercise());
    fade_ends(versions.back().sound.audio, source.rate_hz, kClipFadeS);
  }
  std::vector<Sound*> all;
  for (Version& version : versions) all.push_back(&version.sound);
  Preparation preparation;
  preparation.readings.push_back(
      reading("All play at", match_loudness(all, number_of(run.exercise(), "play_lufs")), "LUFS"));
  for (const Version& version : versions) {
    Json one = {{"value", version.value}};
    one.update(version.measured);
    preparation.hidden["versions"].push_back(one);
  }
  for (int round = 1; round <= kRounds; ++round) {
    const std::vector<std::size_t> order = shuffled(versions.size(), run.noise);
    for (std::size_t place = 0; place < order.size(); ++place) {
      const std::string id = file_id(round, place);
      run.put(id + ".wav", "one of the versions", versions[order[place]].sound);
      preparation.hidden["order"][id] = order[place];
      preparation.questions.push_back(
          {id, "Rate " + id + ".wav from 1 to 5:", AnswerForm::kChoice, {"1", "2", "3", "4", "5"}});
    }
  }
  if (has_parameter(run.exercise(), "most_decoded_dbtp"))
    preparation.questions.push_back({"reason", "Where do you stop, and why?", AnswerForm::kText, {}, true});
  return preparation;
}

// Which version got the highest rating of a round; empty where two share it.
std::optional<std::size_t> best_of(const Scoring& scoring, int round, std::size_t count) {
  std::optional<std::size_t> best;
  int most = 0;
  for (std::size_t place = 0; place < count; ++place) {
    const int rating = std::stoi(scoring.answers.text(file_id(round, place)));
    if (rating < most) continue;
    best = rating == most
               ? std::nullopt
               : std::optional(scoring.hidden.at("order").at(file_id(round, place)).get<std::size_t>());
    most = rating;
  }
  return best;
}

std::string measured_words(const Json& version) {
  std::string words;
  const auto add = [&](const char* id, const char* label, const char* unit) {
    if (version.contains(id) && version.at(id).is_number())
      words += (words.empty() ? "" : ", ") + std::string(label) + " " +
               quantity(version.at(id).get<double>(), unit);
  };
  add("crest_db", "crest", "dB");
  add("psr_median_db", "PSR", "dB");
  add("psr_p5_db", "PSR5", "dB");
  add("true_dbtp", "true peak", "dBTP");
  add("integrated_lufs", "loudness", "LUFS");
  add("decoded_dbtp", "decoded peak", "dBTP");
  return words;
}

// What each service would do to the chosen version.
void add_services(Outcome& outcome, const Json& version) {
  if (!version.contains("integrated_lufs") || !version.at("integrated_lufs").is_number()) return;
  for (const PlatformRule& rule : knowledge().platforms)
    if (rule.default_mode && rule.kind == PlatformKind::kPlayback)
      outcome.readings.push_back(
          {rule.name, signed_quantity(play_on(rule, version.at("integrated_lufs").get<double>(),
                                              version.at("true_dbtp").get<double>())
                                          .gain_db,
                                      "dB")});
}

Outcome score(const Scoring& scoring) {
  const Json& versions = scoring.hidden.at("versions");
  const std::size_t count = versions.size();
  Outcome outcome;
  for (std::size_t i = 0; i < count; ++i) {
    std::string ratings;
    for (int round = 1; round <= kRounds; ++round)
      for (std::size_t place = 0; place < count; ++place)
        if (scoring.hidden.at("order").at(file_id(round, place)).get<std::size_t>() == i)
          ratings += (ratings.empty() ? "" : " and ") + scoring.answers.text(file_id(round, place));
    outcome.readings.push_back({value_words(scoring.exercise(), versions[i].at("value").get<double>()),
                                "rated " + ratings + "; " + measured_words(versions[i])});
  }
  const auto first = best_of(scoring, 1, count), again = best_of(scoring, 2, count);
  const bool agrees = first && first == again;
  if (!agrees) {
    outcome.verdict = !first || !again
                          ? "Two versions share the first place; rate again until one wins."
                          : "The second round chose another; the difference is smaller than it seemed.";
    return outcome;
  }
  const Json& chosen = versions[*first];
  outcome.passed = true;
  outcome.verdict =
      value_words(scoring.exercise(), chosen.at("value").get<double>()) + " came first in both rounds.";
  if (has_parameter(scoring.exercise(), "most_decoded_dbtp")) {
    add_services(outcome, chosen);
    const Json& decoded = chosen.at("decoded_dbtp");
    const double most = number_of(scoring.exercise(), "most_decoded_dbtp");
    outcome.passed = decoded.is_number() && decoded.get<double>() <= most;
    if (!decoded.is_number())
      outcome.verdict += " Its decoded peak could not be measured here; try lacquer codecs.";
    else if (!outcome.passed)
      outcome.verdict +=
          " After a codec its peaks pass " + quantity(most, "dBTP", 0) + "; lower the ceiling by 0.5 dB.";
  }
  outcome.kept = {{"chosen", chosen}, {"reason", scoring.answers.text("reason")}};
  return outcome;
}

}  // namespace

const ExerciseProgram kCompareExercise = {"compare", first, prepare, score};

}  // namespace lacquer
