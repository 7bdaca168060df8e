#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numbers>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/learn.h"
#include "audio_io/write.h"
#include "core/decibels.h"
#include "session/exercises/band_map.h"
#include "session/exercises/difference.h"
#include "support/music_noise.h"
#include "support/temporary_folder.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr double kRate = 44100.0;

void write(const fs::path& to, const Sound& sound) {
  WriteSettings settings;
  settings.bits = 32;
  settings.is_float = true;
  settings.sample_rate_hz = sound.rate_hz;
  settings.channels = sound.audio.channels();
  settings.frames = sound.audio.frames();
  FileSink sink(to, settings);
  sink.write(sound.audio.block());
  sink.commit();
}

Sound pink(double seconds, std::uint64_t seed = 1) {
  return {test::stereo(test::pink_noise(-14.0, seconds, seed), test::pink_noise(-14.0, seconds, seed + 1)),
          kRate};
}

Sound hits(double hz, double bpm, double seconds, double decay_s, double first_s = 0.0) {
  std::vector<float> signal = test::silence(kRate, seconds);
  for (double at = first_s; at < seconds; at += 60.0 / bpm)
    for (std::size_t i = 0; i < static_cast<std::size_t>(0.4 * kRate); ++i) {
      const auto place = static_cast<std::size_t>(at * kRate) + i;
      if (place >= signal.size()) break;
      const double t = static_cast<double>(i) / kRate;
      signal[place] +=
          static_cast<float>(0.4 * std::exp(-t / decay_s) * std::sin(2.0 * std::numbers::pi * hz * t));
    }
  return {test::on_channels(signal, 2), kRate};
}

double range_db(const Sound& sound, double low_hz, double high_hz) {
  return *power_to_db(BandMap(sound, {{low_hz, high_hz}}, 1.0).mean_power(0));
}

std::string reading_of(const std::vector<Reading>& readings, const std::string& label) {
  for (const Reading& one : readings)
    if (one.label == label) return one.text;
  return {};
}

class Exercises : public ::testing::Test {
 protected:
  fs::path file(const std::string& name, const Sound& sound) {
    fs::path path = folder_.path() / name;
    write(path, sound);
    return path;
  }
  ReadyExercise ready(const std::string& lesson, const std::vector<fs::path>& files,
                      const Answers& first = {}, const Json& earlier = Json(), std::uint64_t seed = 1) {
    ExerciseRequest request;
    request.files = files;
    request.folder = folder_.path() / ("out-" + std::to_string(++runs_));
    request.seed = seed;
    out_ = request.folder;
    return ready_exercise(*lesson_named(lesson), request, first, earlier, {});
  }
  Sound made(const std::string& name) const { return whole_stem(out_ / name, {}); }

  test::TemporaryFolder folder_;
  fs::path out_;
  int runs_ = 0;
};

Answers said(const std::vector<std::pair<std::string, std::string>>& all) {
  Answers answers;
  for (const auto& [id, text] : all) answers.add(id, text);
  return answers;
}

TEST(ExercisePrograms, EveryLessonHasOne) {
  for (const Lesson& lesson : core_track().lessons) EXPECT_NO_THROW(program_of(lesson)) << lesson.id;
  EXPECT_EQ(exercise_programs().size(), core_track().lists.kinds.size());
}

TEST_F(Exercises, BandBoostRaisesTheRangeItHidesAtEqualLoudness) {
  const ReadyExercise one = ready("13", {file("mix.wav", pink(10.0))});
  const Sound original = made("original.wav");
  const std::map<std::string, std::pair<double, double>> ranges = {{"muddy", {100, 300}},
                                                                   {"boxy", {300, 800}},
                                                                   {"nasal", {1000, 3000}},
                                                                   {"harsh", {4000, 8000}},
                                                                   {"air", {12000, 20000}}};
  ASSERT_EQ(one.hidden.at("answers").size(), 5U);
  for (std::size_t i = 0; i < 5; ++i) {
    const Sound trial = made("trial-0" + std::to_string(i + 1) + ".wav");
    EXPECT_NEAR(*level_of(trial).lufs, *level_of(original).lufs, 0.1);
    std::string most;
    double height = -100.0;
    for (const auto& [word, range] : ranges)
      if (const double db =
              range_db(trial, range.first, range.second) - range_db(original, range.first, range.second);
          db > height) {
        height = db;
        most = word;
      }
    EXPECT_EQ(most, one.hidden.at("answers")[i].get<std::string>());
  }
}

TEST_F(Exercises, TheLadderGoesDownWhenARoundIsPassedAndUpWhenItIsMissed) {
  const fs::path mix = file("mix.wav", pink(8.0));
  Json kept;
  const auto round = [&](bool right) {
    const ReadyExercise one = ready("13", {mix}, {}, kept);
    Answers answers;
    for (std::size_t i = 0; i < one.questions.size(); ++i) {
      const std::string truth = one.hidden.at("answers")[i].get<std::string>();
      answers.add(one.questions[i].id, right ? truth : truth == "boxy" ? "air" : "boxy");
    }
    const Outcome outcome = score_exercise(one, answers, kept, 0);
    kept = outcome.kept;
    return outcome;
  };
  EXPECT_FALSE(round(true).passed);
  EXPECT_EQ(kept.at("step"), 1);
  EXPECT_FALSE(round(false).passed);
  EXPECT_EQ(kept.at("step"), 0);
  round(true);
  EXPECT_FALSE(round(true).passed);
  EXPECT_EQ(kept.at("step"), 2);
  EXPECT_TRUE(round(true).passed);
}

TEST_F(Exercises, TheSameSeedGivesTheSameTrialsAndAnotherDoesNot) {
  const fs::path mix = file("mix.wav", pink(8.0));
  const Json one = ready("13", {mix}).hidden, again = ready("13", {mix}).hidden,
             other = ready("13", {mix}, {}, Json(), 2).hidden;
  EXPECT_EQ(one, again);
  EXPECT_NE(one, other);
}

TEST_F(Exercises, SealedAnswersAreNotReadByTheEyeAndComeBackWhole) {
  const ReadyExercise one = ready("13", {file("mix.wav", pink(8.0))});
  const ReadyExercise back = sealed_exercise(out_);
  EXPECT_EQ(back.hidden, one.hidden);
  EXPECT_EQ(back.questions.size(), one.questions.size());
  EXPECT_EQ(back.lesson, one.lesson);
  std::string sealed;
  {
    std::FILE* in = std::fopen((out_ / "exercise.sealed").c_str(), "rb");
    std::array<char, 65536> bytes{};
    sealed.assign(bytes.data(), std::fread(bytes.data(), 1, bytes.size(), in));
    std::fclose(in);
  }
  for (const char* word : {"muddy", "boxy", "nasal", "harsh", "hidden"})
    EXPECT_EQ(sealed.find(word), std::string::npos) << word;
  std::FILE* out = std::fopen((out_ / "exercise.sealed").c_str(), "r+b");
  std::fseek(out, 120, SEEK_SET);
  std::fputs("AAAA", out);
  std::fclose(out);
  EXPECT_THROW(sealed_exercise(out_), Error);
  EXPECT_THROW(ready_exercise(*lesson_named("13"), {{}, out_, false, 1, 0}, {}, {}, {}), Error);
}

TEST_F(Exercises, AHiddenGainIsTheOnlyDifferenceOfAListeningPair) {
  const ReadyExercise one = ready("11", {file("mix.wav", pink(12.0))});
  ASSERT_EQ(one.hidden.at("louder").size(), 16U);
  for (std::size_t i = 0; i < 16; i += 5) {
    const std::string id = "trial-" + two_digits(static_cast<int>(i) + 1);
    const Sound a = made(id + "-a.wav"), b = made(id + "-b.wav");
    const double sign = one.hidden.at("louder")[i] == "a" ? 1.0 : -1.0;
    EXPECT_NEAR(sign * (*level_of(a).lufs - *level_of(b).lufs), one.hidden.at("gain_db")[i].get<double>(),
                0.01);
    Sound matched = b;
    scale(matched, sign * one.hidden.at("gain_db")[i].get<double>());
    EXPECT_LT(difference_of(a, matched).level_dbfs.value_or(-200.0), -130.0);  // two 24-bit ditherings
  }
}

TEST_F(Exercises, BlindTrialsOfAMoveAreTheMoveOrTheTrackAndAreScored) {
  const ReadyExercise one = ready("14", {file("mix.wav", pink(12.0))}, said({{"move", "250 Hz -3 dB 1"}}));
  const Sound with = made("move-1-with.wav"), without = made("move-1-without.wav");
  EXPECT_NEAR(*level_of(with).lufs, *level_of(without).lufs, 0.1);
  const double cut = range_db(with, 230, 270) - range_db(without, 230, 270),
               rest = range_db(with, 4000, 8000) - range_db(without, 4000, 8000);
  EXPECT_NEAR(cut - rest, -3.0, 0.3);
  Answers answers;
  const Json& truth = one.hidden.at("blind").at("move-1-").at("answers");
  for (std::size_t i = 0; i < truth.size(); ++i) {
    const std::string id = "move-1-x-0" + std::to_string(i + 1);
    const bool is_with = truth[i] == "with";
    EXPECT_FALSE(difference_of(made(id + ".wav"), is_with ? with : without).level_dbfs);
    answers.add(id, i == 0 ? (is_with ? "without" : "with") : truth[i].get<std::string>());
  }
  const Outcome outcome = score_exercise(one, answers, {}, 0);
  EXPECT_TRUE(outcome.passed);
  EXPECT_NE(outcome.readings.front().text.find("7 of 8 right; guessing does as well in 3.5"),
            std::string::npos);
  EXPECT_THROW(ready("14", {file("mix2.wav", pink(12.0))}, said({{"move", "250 -9 1"}})), Error);
}

TEST_F(Exercises, ComparedVersionsAreEquallyLoudAndTheChoiceMustRepeat) {
  const ReadyExercise one = ready("15", {file("drums.wav", hits(180.0, 120.0, 10.0, 0.08))});
  for (const char* id : {"1-b", "1-c", "2-a", "2-d"})
    EXPECT_NEAR(*level_of(made(std::string(id) + ".wav")).lufs, *level_of(made("1-a.wav")).lufs, 0.1);
  const auto rated = [&](std::size_t best_first, std::size_t best_second) {
    Answers answers;
    for (const Question& question : one.questions) {
      const auto version = one.hidden.at("order").at(question.id).get<std::size_t>();
      answers.add(question.id, version == (question.id[0] == '1' ? best_first : best_second) ? "5" : "3");
    }
    return score_exercise(one, answers, {}, 0);
  };
  EXPECT_TRUE(rated(2, 2).passed);
  EXPECT_NE(rated(2, 2).verdict.find("30 ms"), std::string::npos);
  EXPECT_FALSE(rated(2, 1).passed);
}

TEST_F(Exercises, LimitedVersionsKeepTheirPeaksAfterACodec) {
  Sound mix = hits(180.0, 60.0, 16.0, 0.02), bed = pink(16.0);
  scale(bed, -20.0);
  for (int c = 0; c < 2; ++c)
    for (std::size_t i = 0; i < bed.audio.channel(c).size(); ++i)
      mix.audio.channel(c)[i] += bed.audio.channel(c)[i];
  const ReadyExercise one = ready("20", {file("mix.wav", mix)});
  for (const Json& version : one.hidden.at("versions")) {
    EXPECT_NEAR(version.at("true_dbtp").get<double>(), -1.0, 0.05);
    EXPECT_TRUE(version.at("decoded_dbtp").is_number());
  }
  EXPECT_GT(one.hidden.at("versions")[3].at("integrated_lufs").get<double>(),
            one.hidden.at("versions")[0].at("integrated_lufs").get<double>() + 2.0);
}

TEST_F(Exercises, TheMonoMapFindsThePlaceThatVanishes) {
  Sound mix = pink(12.0);
  std::copy(mix.audio.channel(0).begin(), mix.audio.channel(0).end(), mix.audio.channel(1).begin());
  const std::vector<float> tone = test::sine(kRate, 500.0, -8.0, 3.0);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    mix.audio.channel(0)[static_cast<std::size_t>(6.0 * kRate) + i] += tone[i];
    mix.audio.channel(1)[static_cast<std::size_t>(6.0 * kRate) + i] -= tone[i];
  }
  const fs::path before = file("mix.wav", mix),
                 after =
                     file("new.wav", Sound{test::on_channels(test::pink_noise(-14.0, 12.0, 1), 2), kRate});
  const ReadyExercise one = ready("17", {before});
  EXPECT_EQ(one.hidden.at("worst").at("from_s"), 6.0);
  EXPECT_NEAR(one.hidden.at("worst").at("low_hz").get<double>(), 353.6, 1.0);
  EXPECT_GT(range_db(made("lost.wav"), 480, 520), range_db(made("mono.wav"), 480, 520) + 10.0);
  EXPECT_FALSE(score_exercise(one, said({{"verdict", "fix"}, {"reason", "a doubled pad"}}), {}, 0).passed);
  EXPECT_TRUE(score_exercise(one, said({{"verdict", "keep"}, {"reason", "a doubled pad"}}), {}, 0).passed);
  const ReadyExercise again = ready("17", {before, after});
  EXPECT_TRUE(score_exercise(again, said({{"verdict", "fix"}}), {}, 0).passed);
}

TEST_F(Exercises, NullTestsLeaveWhatTheFormatCosts) {
  const ReadyExercise one = ready("19", {file("mix.wav", pink(12.0))});
  const Json& rests = one.hidden.at("rest_dbfs");
  // In 1/32768: dither and rounding 1/4, rounding alone 1/12 of a squared step.
  EXPECT_NEAR(rests.at("16-bits-dithered").get<double>(), -96.33, 0.2);
  EXPECT_NEAR(rests.at("16-bits-cut").get<double>(), -101.10, 0.2);
  // The conversion loses only what lies above 20 kHz or so, and its own 24-bit-deep noise.
  EXPECT_LT(rests.at("44100-hz").get<double>(), -35.0);
  EXPECT_LT(range_db(made("rest-44100-hz.wav"), 500, 5000), -110.0);
  EXPECT_GT(rests.at("mp3-320").get<double>(), -80.0);
  EXPECT_NEAR(*power_to_db(mean_square(made("rest-16-bits-cut-raised.wav"))), -20.0, 0.1);
}

TEST_F(Exercises, OverlapFallsWhenTheBassLeavesTheKickItsRoom) {
  const fs::path kick = file("kick.wav", hits(55.0, 120.0, 8.0, 0.12)),
                 over = file("over.wav", hits(60.0, 120.0, 8.0, 0.2)),
                 apart = file("apart.wav", hits(60.0, 120.0, 8.0, 0.2, 0.25));
  const ReadyExercise one = ready("22", {kick, over, kick, apart});
  EXPECT_LT(one.hidden.at("after_pct").get<double>(), 0.7 * one.hidden.at("before_pct").get<double>());
  EXPECT_NE(reading_of(one.readings, "Kick settles at").find("55"), std::string::npos);
  EXPECT_TRUE(score_exercise(one, said({{"owner", "kick"}}), {}, 0).passed);
  const ReadyExercise alone = ready("22", {kick, over});
  EXPECT_FALSE(score_exercise(alone, said({{"owner", "kick"}}), {}, 0).passed);
}

TEST_F(Exercises, StemsThatShareAnOctaveAreARedPair) {
  const fs::path low = file("low.wav", hits(60.0, 120.0, 4.0, 0.1)), wide = file("wide.wav", pink(4.0)),
                 same = file("same.wav", pink(4.0, 9));
  EXPECT_EQ(ready("24", {wide, same}).hidden.at("pairs").size(), 1U);
  EXPECT_EQ(ready("24", {low, file("high.wav", hits(3000.0, 240.0, 4.0, 0.02))}).hidden.at("pairs").size(),
            0U);
}

TEST_F(Exercises, AShiftIsMeasuredOnTheTakeThatIsKept) {
  const ReadyExercise one = ready(
      "23",
      {file("hats.wav", hits(6000.0, 240.0, 4.0, 0.02)), file("snare.wav", hits(900.0, 60.0, 4.0, 0.05, 0.5)),
       file("rest.wav", hits(60.0, 120.0, 4.0, 0.1))},
      said({{"tempo", "120"}}));
  for (const auto& [id, version] : one.hidden.items())
    EXPECT_NEAR(version.at("offset_ms").get<double>(), version.at("shift_ms").get<double>(), 2.5) << id;
  EXPECT_EQ(one.hidden.size(), 10U);
}

TEST_F(Exercises, LeadOverRestRisesWithTheArrangement) {
  Sound thin = pink(8.0, 5);
  scale(thin, -3.0);
  const ReadyExercise one = ready("27",
                                  {file("lead.wav", hits(2000.0, 120.0, 8.0, 0.2)),
                                   file("rest.wav", pink(8.0, 5)), file("thin.wav", thin)},
                                  said({{"tempo", "120"}}));
  EXPECT_NEAR(one.hidden.at("after_db").get<double>() - one.hidden.at("before_db").get<double>(), 3.0, 0.05);
  EXPECT_TRUE(score_exercise(one, said({{"part", "pad"}}), {}, 0).passed);
  EXPECT_NEAR(*level_of(made("before.wav")).lufs, *level_of(made("after.wav")).lufs, 0.1);
}

TEST_F(Exercises, StemsThatMakeTheMixCancelAndTheGapIsKept) {
  const Sound a = pink(4.0), b = hits(80.0, 120.0, 4.0, 0.1);
  Sound mix = a;
  for (int c = 0; c < 2; ++c)
    for (std::size_t i = 0; i < mix.audio.channel(c).size(); ++i)
      mix.audio.channel(c)[i] += b.audio.channel(c)[i];
  const Answers predictions =
      said({{"prediction-1", "dull"}, {"prediction-2", "long"}, {"prediction-3", "late"}});
  const ReadyExercise one =
      ready("29", {file("a.wav", a), file("b.wav", b), file("mix.wav", mix)}, predictions);
  EXPECT_TRUE(one.hidden.at("residual_dbfs").is_null() ||
              one.hidden.at("residual_dbfs").get<double>() < -140.0);
  const Answers after = said(
      {{"heard-1", "yes"}, {"heard-2", "no"}, {"heard-3", "partly"}, {"first-listen", "the bass is long"}});
  EXPECT_THROW(score_exercise(one, after, {}, 3'600'000), Error);
  EXPECT_TRUE(score_exercise(one, after, {}, 13LL * 3'600'000).passed);
  const ReadyExercise missing =
      ready("29", {folder_.path() / "a.wav", folder_.path() / "mix.wav"}, predictions);
  EXPECT_FALSE(score_exercise(missing, after, {}, 13LL * 3'600'000).passed);
}

TEST_F(Exercises, HostileShortAndSilentFilesAreRefusedWithASentence) {
  const fs::path silent = file("silent.wav", {AudioBuffer(2, 3 * 44100), kRate}),
                 blip = file("blip.wav", pink(0.2)), text = folder_.path() / "text.wav";
  std::FILE* out = std::fopen(text.c_str(), "wb");
  std::fputs("RIFF nothing of the kind", out);
  std::fclose(out);
  const std::map<std::string, std::vector<std::pair<std::string, std::string>>> first = {
      {"filename-lint", {}},
      {"limits", {{"limit-minutes", "60"}, {"limit-tracks", "8"}, {"limit-tools", "one"}}},
      {"notes", {{"note", "0:01 x"}}},
      {"shift", {{"tempo", "120"}}},
      {"drum-pitch", {{"key", "a"}}},
      {"self-similarity", {{"tempo", "120"}}},
      {"masking", {{"tempo", "120"}}},
      {"energy-curve", {{"curve", "1 2 3"}, {"sections", "0:00 a, 0:01 b"}, {"main", "b"}}},
      {"stem-sum", {{"prediction-1", "a"}, {"prediction-2", "b"}, {"prediction-3", "c"}}}};
  for (const Lesson& lesson : core_track().lessons) {
    const std::string& kind = lesson.exercise.kind;
    const auto needs = [&] {
      for (const ExerciseKind& one : core_track().lists.kinds)
        if (one.id == kind) return one.needs;
      return std::vector<std::string>();
    }();
    if (needs.empty()) continue;
    std::size_t count = needs.size();
    if (kind == "references" || kind == "predict") count = 4;
    if (kind == "overlap") count = 2;
    if (kind == "shift") count = 3;
    if (kind == "mono-map" || kind == "correction") count = 1;
    for (const fs::path& bad : {silent, blip, text, folder_.path() / "none.wav"}) {
      std::vector<fs::path> files(count, bad);
      if (kind == "filename-lint") files[0] = folder_.path();
      // Stems may well be silent: that two silences share no octave is true.
      if (kind == "overlap" && (bad == silent || bad == blip)) continue;
      EXPECT_THROW(ready(lesson.id, files,
                         said(first.contains(kind) ? first.at(kind)
                                                   : std::vector<std::pair<std::string, std::string>>())),
                   Error)
          << kind << " " << bad;
    }
    EXPECT_THROW(ready(lesson.id, {},
                       said(first.contains(kind) ? first.at(kind)
                                                 : std::vector<std::pair<std::string, std::string>>())),
                 Error)
        << kind;
  }
}

TEST_F(Exercises, AnswersThatDoNotFitAreRefused) {
  const ReadyExercise one =
      ready("1", {}, said({{"sentence", "The chorus lifts, the voice is clear, and mono costs little"}}));
  ASSERT_EQ(one.questions.size(), 6U);
  EXPECT_THROW(score_exercise(one, said({{"check-1", "ear"}}), {}, 0), Error);
  EXPECT_THROW(
      score_exercise(one, said({{"check-1", "nose"}, {"check-2", "ear"}, {"check-3", "meter"}}), {}, 0),
      Error);
  EXPECT_THROW(
      score_exercise(one,
                     said({{"check-1", "ear"}, {"check-2", "ear"}, {"check-3", "meter"}, {"check-9", "ear"}}),
                     {}, 0),
      Error);
  EXPECT_TRUE(score_exercise(one, said({{"check-1", "ear"}, {"check-2", "Ear"}, {"check-3", "meter"}}), {}, 0)
                  .passed);
  EXPECT_FALSE(
      score_exercise(one, said({{"check-1", "nobody"}, {"check-2", "nobody"}, {"check-3", "nobody"}}), {}, 0)
          .passed);
}

}  // namespace
}  // namespace lacquer
