#include <gtest/gtest.h>

#include <set>

#include "core/error.h"
#include "decisions/gear_evidence.h"
#include "decisions/gear_judgement.h"
#include "library/embedded.h"
#include "library/sheet_content.h"

namespace lacquer {
namespace {

const Day kToday = *day_from("2026-11-22");

std::string embedded(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return std::string(file.text);
  return {};
}

// All five hold.
GearAnswers sound() {
  GearAnswers a;
  a.device = "bus compressor";
  a.song = "Blue";
  a.time = "1:12";
  a.problem = "the snare jumps out of the chorus";
  a.move = "parallel compression";
  a.tried = {kToday - Days(9), kToday - Days(5), kToday - Days(2)};
  a.changed = "PSR 11 to 10 dB";
  a.before = "balancing";
  a.after = "automation";
  a.missing = "tool";
  a.price = 600.0;
  a.upkeep_per_year = 24.0;
  a.resale = 300.0;
  a.uses_per_month = 6.0;
  a.life_months = 24.0;
  a.displaces = "two days of a studio";
  a.stays_if = "the chorus needs no automation of the snare";
  return a;
}

GearJudgement judged(const GearAnswers& a) { return judge_gear(a, load_gear().vague, kToday); }

TEST(Gear, five_answers_that_hold_suggest_buying_after_the_wait) {
  const GearJudgement result = judged(sound());
  for (const GearQuestion& question : result.questions) EXPECT_EQ(question.held, Held::kYes) << question.why;
  EXPECT_EQ(result.suggested, "buy");
  EXPECT_EQ(result.due, kToday + Days(30));
  EXPECT_FALSE(result.is_test);
}

// (600 + 24 * 2 - 300) / (6 * 24) = 348 / 144.
TEST(Gear, a_use_costs_price_and_upkeep_less_resale_over_all_uses) {
  const GearJudgement result = judged(sound());
  ASSERT_TRUE(result.cost);
  EXPECT_NEAR(result.cost->total, 348.0, 1e-9);
  EXPECT_NEAR(result.cost->uses, 144.0, 1e-9);
  EXPECT_NEAR(result.cost->each, 2.416667, 1e-6);
}

TEST(Gear, the_first_question_that_does_not_hold_decides) {
  const std::pair<void (*)(GearAnswers&), std::string> cases[] = {
      {[](GearAnswers& a) { a.time = "somewhere"; }, "not-now"},
      {[](GearAnswers& a) { a.problem = "everything sounds weak in it"; }, "not-now"},
      {[](GearAnswers& a) { a.tried.pop_back(); }, "learn"},
      {[](GearAnswers& a) { a.tried[1] = a.tried[0]; }, "learn"},
      {[](GearAnswers& a) { a.missing = "step"; }, "workflow"},
      {[](GearAnswers& a) { a.price.reset(); }, "borrow"},
      {[](GearAnswers& a) { a.uses_per_month = 0.5; }, "borrow"},
      {[](GearAnswers& a) { a.stays_if.clear(); }, "not-now"},
      {[](GearAnswers& a) { a.argument_is_a_name = true; }, "borrow"},
      {[](GearAnswers& a) {
         a.missing = "step";
         a.tried.clear();
         a.move.clear();
       },
       "learn"},
  };
  for (const auto& [change, expected] : cases) {
    GearAnswers a = sound();
    change(a);
    EXPECT_EQ(judged(a).suggested, expected);
  }
}

TEST(Gear, what_is_needed_does_not_wait) {
  GearAnswers a;
  a.needed = true;
  EXPECT_EQ(judged(a).suggested, "buy");
}

TEST(Gear, the_test_lies_30_days_after_it_came_or_on_the_last_day_to_return_it) {
  GearAnswers a = sound();
  a.from = *day_from("2026-12-01");
  EXPECT_EQ(day_text(judged(a).due), "2026-12-31");
  EXPECT_TRUE(judged(a).is_test);
  a.return_by = *day_from("2026-12-15");
  EXPECT_EQ(day_text(judged(a).due), "2026-12-15");
  a.return_by = *day_from("2027-06-01");
  EXPECT_EQ(day_text(judged(a).due), "2026-12-31");
}

TEST(Gear, each_misleading_want_is_told_by_its_own_sign) {
  GearAnswers a = sound();
  EXPECT_TRUE(judged(a).patterns.empty());
  a.argument_is_a_name = true;
  a.finished_with_last_three = 1;
  a.time_goes_between_steps = true;
  std::set<std::string> ids;
  for (const GearPattern& pattern : judged(a).patterns) ids.insert(std::string(pattern.id));
  EXPECT_EQ(ids, (std::set<std::string>{"capability-attribution", "novelty", "workflow-gap"}));
  a.finished_with_last_three = 2;
  EXPECT_EQ(judged(a).patterns.size(), 2U);
}

TEST(Gear, questions_and_wants_are_those_of_the_sheet) {
  std::set<std::string> on_sheet;
  for (const Sheet& sheet : load_sheets())
    if (sheet.id == "gear")
      for (const SheetSection& section : sheet.sides[0].sections)
        for (const SheetItem& item : section.items) {
          on_sheet.insert(item.id);
          for (const std::string& box : item.boxes) on_sheet.insert(box);
        }
  GearAnswers a;
  a.argument_is_a_name = true;
  a.finished_with_last_three = 0;
  a.time_goes_between_steps = true;
  for (const GearQuestion& question : judged(a).questions)
    EXPECT_TRUE(on_sheet.contains(std::string(question.id))) << question.id;
  for (const GearPattern& pattern : judged(a).patterns)
    EXPECT_TRUE(on_sheet.contains(std::string(pattern.id))) << pattern.id;
  for (const char* answer : {"buy", "borrow", "learn", "workflow", "not-now"})
    EXPECT_TRUE(on_sheet.contains(std::string(answer_words(answer)))) << answer;
}

TEST(GearAnswersFile, the_template_reads_as_no_answers) {
  const GearAnswers a = parse_gear_answers(gear_answers_template(), "answers.toml");
  EXPECT_EQ(a.device, "");
  EXPECT_FALSE(a.price);
  EXPECT_EQ(judged(a).suggested, "not-now");
  for (const GearQuestion& question : judged(a).questions)
    EXPECT_EQ(question.held, Held::kOpen) << question.id;
}

TEST(GearAnswersFile, every_answer_is_read) {
  const GearAnswers a = parse_gear_answers(
      "schema = 1\ndevice = \"Röhre\"\nanswer = \"learn\"\n[problem]\nsong = \"s\"\ntime = \"bar 3\"\nwrong "
      "= \"w\"\n"
      "[practice]\nmove = \"m\"\ntried = [2026-11-01, \"2026-11-02\"]\nchanged = \"c\"\n"
      "[step]\nbefore = \"b\"\nafter = \"a\"\nmissing = \"tool\"\n"
      "[price]\nprice = 10\nuses_per_month = 2.5\nhours = 4\n[test]\nstays_if = \"x\"\nfrom = 2026-12-01\n"
      "[patterns]\nfinished_with_last_three = 0\n",
      "a.toml");
  EXPECT_EQ(a.device, "Röhre");
  EXPECT_EQ(a.answer, "learn");
  EXPECT_EQ(a.tried.size(), 2U);
  EXPECT_EQ(day_text(a.tried[1]), "2026-11-02");
  EXPECT_EQ(a.price, 10.0);
  EXPECT_EQ(day_text(*a.from), "2026-12-01");
  EXPECT_EQ(a.finished_with_last_three, 0);
}

TEST(GearAnswersFile, what_cannot_be_is_refused_with_its_line) {
  const std::pair<const char*, const char*> cases[] = {
      {"schema = 1\nprise = 3\n", "a.toml:2: prise: this key is unknown"},
      {"schema = 1\n[price]\nprice = -1\n", "a.toml:3: price.price: the number must lie between 0"},
      {"schema = 1\n[price]\nprice = nan\n", "a.toml:3: price.price: the number must be finite"},
      {"schema = 1\n[test]\nfrom = \"2026-02-30\"\n", "a.toml:3: test.from: there is no such day"},
      {"schema = 1\n[practice]\ntried = [1]\n", "a.toml:3: practice.tried: a list of dates"},
      {"schema = 1\nanswer = \"perhaps\"\n", "a.toml:2: answer: it must be one of buy, borrow"},
      {"schema = 1\n[problem\n", "a.toml:2: "},
      {"", "a.toml:"},
  };
  for (const auto& [text, complaint] : cases) try {
      parse_gear_answers(text, "a.toml");
      ADD_FAILURE() << text;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(complaint), std::string::npos) << error.what();
    }
}

// What the twelve items and the faults are called: the public interface.
const std::set<std::string> kItems = {
    "fresh-ears",   "peak-level",  "mono-compatibility", "source-integrity",  "low-end",     "harshness",
    "stereo-width", "translation", "platform-loudness",  "true-peak-ceiling", "file-format", "playback"};
const std::set<std::string> kFaults = {"clipping",
                                       "intersample-overs",
                                       "dc-offset",
                                       "hum",
                                       "lossy-source",
                                       "upsampled",
                                       "padded-bits",
                                       "mono-as-stereo",
                                       "polarity-inverted",
                                       "mono-cancellation",
                                       "low-end-wide",
                                       "channel-imbalance",
                                       "dropout",
                                       "click",
                                       "over-limited",
                                       "rumble",
                                       "muddy",
                                       "boxy",
                                       "nasal",
                                       "harsh",
                                       "sibilant",
                                       "dull",
                                       "thin",
                                       "boomy",
                                       "too-narrow",
                                       "too-wide",
                                       "abrupt-start",
                                       "abrupt-end",
                                       "long-silence"};

TEST(GearContent, every_fault_has_its_point_and_every_lesson_exists) {
  std::set<std::string> faults;
  std::set<std::string> items;
  for (const GearPoint& point : load_gear().points) {
    faults.insert(point.faults.begin(), point.faults.end());
    items.insert(point.items.begin(), point.items.end());
    const bool exists =
        std::any_of(embedded_files().begin(), embedded_files().end(), [&](const EmbeddedFile& file) {
          return file.path.starts_with("lessons/") && file.path.ends_with("-" + point.lesson + ".md");
        });
    EXPECT_TRUE(exists) << point.lesson;
  }
  EXPECT_EQ(faults, kFaults);
  for (const std::string& item : items) EXPECT_TRUE(kItems.contains(item)) << item;
}

TEST(GearContent, what_does_not_fit_together_is_refused) {
  const std::string good = embedded("gear.toml");
  const auto refuses = [&](const std::string& from, const std::string& to, const std::string& complaint) {
    std::string text = good;
    text.replace(text.find(from), from.size(), to);
    try {
      parse_gear(text, "g");
      ADD_FAILURE() << to;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(complaint), std::string::npos) << error.what();
    }
  };
  refuses("points = [\"peaks\", \"density\"]", "points = [\"peeks\"]", "there is no point peeks");
  refuses("faults = [\"over-limited\"]", "faults = [\"clipping\"]", "clipping is listed twice");
}

TEST(GearEvidence, a_device_is_told_from_whole_words_the_longest_first) {
  const GearKnowledge gear = load_gear();
  const auto id = [&](const std::string& name) {
    const GearCategory* found = category_of(gear, "", name);
    return found ? found->id : "";
  };
  EXPECT_EQ(id("a new LIMITER"), "limiter");
  EXPECT_EQ(id("dynamic eq"), "equaliser");
  EXPECT_EQ(id("bass traps (4)"), "treatment");
  EXPECT_EQ(id("sequencer"), "") << "eq within a word is none";
  EXPECT_EQ(id("bass guitar"), "instrument");
  EXPECT_EQ(id(""), "");
  EXPECT_EQ(category_of(gear, "Monitors", "limiter")->id, "monitors");
  EXPECT_EQ(category_of(gear, "nothing", "limiter"), nullptr);
}

TEST(GearEvidence, tells_what_the_checks_point_at_instead) {
  const GearKnowledge gear = load_gear();
  const OpenPoints checks{9,
                          {{"low-end-wide", true, 7}, {"mono-compatibility", false, 4}, {"boomy", true, 2}}};
  const GearEvidence evidence = gear_evidence(gear, category_of(gear, "", "limiter"), checks);
  EXPECT_EQ(
      evidence_text(evidence, "limiter"),
      "In your last nine checks nothing points at your limiter; seven point at low-end mono, which you can "
      "work on today: make the bass mono below 120 Hz at its own track, and listen once in mono.");
}

TEST(GearEvidence, tells_what_points_at_the_device_and_what_is_free_to_try) {
  const GearKnowledge gear = load_gear();
  const OpenPoints checks{3, {{"true-peak-ceiling", false, 2}, {"clipping", true, 1}}};
  const std::string text =
      evidence_text(gear_evidence(gear, category_of(gear, "", "limiter"), checks), "limiter");
  EXPECT_EQ(
      text.find(
          "In your last three checks two point at peaks, which has to do with your limiter. Free to try"),
      0U)
      << text;
}

TEST(GearEvidence, is_honest_where_there_is_none) {
  const GearKnowledge gear = load_gear();
  EXPECT_NE(evidence_text(gear_evidence(gear, category_of(gear, "", "limiter"), OpenPoints{}), "limiter")
                .find("No check is in your history"),
            std::string::npos);
  const std::string unknown = evidence_text(gear_evidence(gear, nullptr, OpenPoints{2, {}}), "Zorgon");
  EXPECT_EQ(unknown, "Which measurements would ask for “Zorgon” is not known.");
  const std::string synth =
      evidence_text(gear_evidence(gear, category_of(gear, "", "synth"), OpenPoints{2, {}}), "synth");
  EXPECT_NE(synth.find("a question of the music"), std::string::npos) << synth;
  const OpenPoints once{4, {{"boomy", true, 1}}};
  EXPECT_TRUE(gear_evidence(gear, category_of(gear, "", "limiter"), once).elsewhere.empty())
      << "one check is no habit";
}

}  // namespace
}  // namespace lacquer
