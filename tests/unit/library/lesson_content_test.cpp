#include "library/lesson_content.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <set>

#include "core/error.h"
#include "judge/plan.h"
#include "library/embedded.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

const std::string kKinds =
    "schema = 1\n[kind.notes]\ndoes = \"a\"\nneeds = [\"track\"]\ngives = "
    "[\"notes\"]\n[kind.notes.parameters]\n"
    "least = { type = \"count\", unit = \"notes\", range = [1, 50] }\n"
    "sheet = { type = \"text\", choices = [\"gear\", \"label\"], optional = true }\n";

const std::string kDrawings =
    "schema = 1\n[drawing.hill]\nx = { title = \"Time\", unit = \"s\", scale = \"log\", range = [1, 9], "
    "ticks = [3] }\n"
    "[[drawing.hill.curve]]\nstyle = \"strong\"\npoints = [[1, 0], [9, 1]]\n"
    "[[drawing.hill.note]]\ntext = \"up\"\nat = [2, 0.5]\nalign = \"left\"\n";

LessonLists lists() {
  return {parse_exercise_kinds(kKinds, "exercises.toml"),
          {{"habits", "Habits"}},
          {{"stem", "Stem", "A part."}},
          parse_lesson_drawings(kDrawings, "drawings.toml"),
          {"boxy"}};
}

// `count` sentences of five words, none of which stands anywhere else when `key` differs.
std::string sentences(const std::string& key, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += "This is " + key + std::to_string(i) + " right here.\n";
  return text;
}

// A lesson that holds; line 2 is `number`, line 22 the first of the body.
std::string lesson(int number = 3, const std::string& key = "a") {
  const char* course = number <= 10   ? "where-you-stand"
                       : number <= 20 ? "how-sound-behaves"
                                      : "building-the-beat";
  return "+++\nnumber = " + std::to_string(number) + "\nid = \"lesson-" + key + "\"\ncourse = \"" + course +
         "\"\ntitle = \"T\"\nsummary = \"S.\"\nread_minutes = 5\ndo_minutes = 20\ndecide = \"D\"\ntoday = "
         "\"T\"\n"
         "write = [\"W\"]\ndone_when = \"D\"\nterms = [\"stem\", \"boxy\"]\nstages = [\"limiting\"]\n"
         "topics = [\"habits\"]\nsources = [{ title = \"A\", url = \"https://example.org/a\" }]\n"
         "exercise.kind = \"notes\"\nexercise.instructions = \"I\"\nexercise.score = \"S\"\n"
         "exercise.parameters.least = 8\n+++\n" +
         sentences(key, 40) + "\n## Why it matters on your own records\n\n" + sentences(key + "b", 40) +
         "\n## How to do it\n\n" + sentences(key + "c", 40) +
         "\n## What to look at\n\n1. Bounce it now please.\n2. " + sentences(key + "d", 1) +
         "\n## Today\n\n" + sentences(key + "e", 1) + "\n## In the workbook\n\n" + sentences(key + "f", 1);
}

std::string name_of(int number, const std::string& key) {
  return std::string("lessons/") + (number < 10 ? "0" : "") + std::to_string(number) + "-lesson-" + key +
         ".md";
}

template <class Action>
std::string complaint_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error.what();
  }
  return "no complaint";
}

// What parse_lesson says of the lesson with one passage replaced.
std::string complaint(const std::string& from = "", const std::string& to = "") {
  std::string text = lesson();
  if (!from.empty()) {
    EXPECT_NE(text.find(from), std::string::npos) << from;
    text.replace(text.find(from), from.size(), to);
  }
  return complaint_of([&] { parse_lesson({text, name_of(3, "a")}, lists()); });
}

std::string kinds_complaint(const std::string& from, const std::string& to) {
  std::string text = kKinds;
  text.replace(text.find(from), from.size(), to);
  return complaint_of([&] { parse_exercise_kinds(text, "exercises.toml"); });
}

TEST(LessonContent, a_sound_lesson_is_read_whole) {
  const std::string text = lesson();
  const Lesson read = parse_lesson({text, name_of(3, "a")}, lists());
  EXPECT_EQ(read.number, 3);
  EXPECT_EQ(read.words, 40 * 5 * 3 + 4 + 5 * 3);
  ASSERT_EQ(read.sections.size(), 6U);
  EXPECT_EQ(read.sections[0].heading, "");
  EXPECT_EQ(read.sections[3].heading, "What to look at");
  EXPECT_EQ(read.sections[3].text, "1. Bounce it now please.\n2. This is ad0 right here.");
  EXPECT_EQ(std::get<double>(read.exercise.at("least")), 8.0);
  EXPECT_THROW(read.exercise.at("sheet"), std::out_of_range);
}

TEST(LessonContent, slips_in_the_front_matter_are_refused_with_file_line_and_field) {
  const std::string file = name_of(3, "a");
  EXPECT_EQ(complaint("number = 3", "number = 31"),
            file + ":2: number: the number must lie between 1 and 30; correct it");
  EXPECT_EQ(complaint("id = \"lesson-a\"", "id = \"other\""),
            file + ":3: id: the file must be named after number and id; rename one of them");
  EXPECT_EQ(complaint("where-you-stand", "building-the-beat"),
            file + ":4: course: lesson 3 belongs to where-you-stand; correct the course or the number");
  EXPECT_EQ(complaint("read_minutes = 5", "read_minutes = 9"),
            file + ":7: read_minutes: the number must lie between 5 and 8; correct it");
  EXPECT_EQ(complaint("do_minutes = 20", "do_minutes = 90"),
            file + ":8: do_minutes: the number must lie between 20 and 40; correct it");
  EXPECT_EQ(complaint("[\"W\"]", "[]"),
            file + ":11: write: a lesson asks the workbook something; add a prompt");
  EXPECT_EQ(
      complaint("\"stem\", \"boxy\"", "\"stem\", \"boxi\""),
      file + ":13: terms: boxi stands neither in the glossary nor in the vocabulary; add or correct it");
  EXPECT_EQ(complaint("\"limiting\"", "\"glue\""),
            file + ":14: stages: glue is no stage of the chain; correct it");
  EXPECT_EQ(complaint("[\"habits\"]", "[]"),
            file + ":15: topics: one to three topics are needed; correct the list");
  EXPECT_EQ(complaint("[\"habits\"]", "[\"cats\"]"),
            file + ":15: topics: cats is not in topics.toml; correct it or add it there");
  EXPECT_EQ(complaint("[{ title = \"A\", url = \"https://example.org/a\" }]", "[]"),
            file + ":16: sources: a lesson names at least one source; add it");
  EXPECT_EQ(
      complaint("https://", "file://"),
      file + ":16: sources[0].url: an address that begins with http:// or https:// is needed; correct it");
  EXPECT_EQ(complaint("title = \"T\"\n", "title = \"T\"\nmood = 1\n"),
            file + ":6: mood: this key is unknown; remove it or correct its name");
  EXPECT_EQ(complaint("+++\nnumber", "number"),
            file + ":1: a lesson begins with its data between two lines +++; add them");
}

TEST(LessonContent, an_exercise_is_held_against_its_kind) {
  const std::string file = name_of(3, "a");
  EXPECT_EQ(
      complaint("kind = \"notes\"", "kind = \"dance\""),
      file + ":17: exercise.kind: exercises.toml has no kind of this name; correct it or add the kind there");
  EXPECT_EQ(complaint("least = 8", "least = 51"),
            file + ":20: exercise.parameters.least: the number must lie between 1 and 50; correct it");
  EXPECT_EQ(complaint("least = 8", "least = 8.5"),
            file + ":20: exercise.parameters.least: a whole number is needed here; write one");
  EXPECT_EQ(complaint("parameters.least = 8", "parameters = { least = 8, loud = true }"),
            file +
                ":20: exercise.parameters.loud: this kind of exercise has no such parameter; remove it or "
                "correct its "
                "name");
  EXPECT_EQ(
      complaint("parameters.least = 8", "parameters = { least = 8, sheet = \"map\" }"),
      file +
          ":20: exercise.parameters.sheet: map is none of the choices of this kind of exercise; write one of "
          "them");
  EXPECT_EQ(complaint("parameters.least = 8", "parameters = { sheet = \"gear\" }"),
            file + ":20: exercise.parameters.least: this key is missing; add it");
}

TEST(LessonContent, slips_in_a_list_of_kinds_are_refused) {
  EXPECT_EQ(
      kinds_complaint("[1, 50]", "[50, 1]"),
      "exercises.toml:7: kind.notes.parameters.least.range: the first number must lie below the second; "
      "correct one of the two");
  EXPECT_EQ(
      kinds_complaint("\"count\"", "\"amount\""),
      "exercises.toml:7: kind.notes.parameters.least.type: it must be one of number, count, numbers, text, "
      "texts; write one of them");
  EXPECT_EQ(kinds_complaint("unit = \"notes\", ", ""),
            "exercises.toml:7: kind.notes.parameters.least.unit: this key is missing; add it");
  EXPECT_EQ(kinds_complaint("[\"notes\"]", "[]"),
            "exercises.toml:5: kind.notes.gives: something must be kept of the answers; name it");
}

std::string drawings_complaint(const std::string& from, const std::string& to) {
  std::string text = kDrawings;
  text.replace(text.find(from), from.size(), to);
  return complaint_of([&] { parse_lesson_drawings(text, "drawings.toml"); });
}

TEST(LessonContent, slips_in_a_drawing_are_refused) {
  EXPECT_EQ(drawings_complaint("up", "up"), "no complaint");
  EXPECT_EQ(
      drawings_complaint("[1, 9]", "[0, 9]"),
      "drawings.toml:3: drawing.hill.x.range: it must rise, and lie above 0 on a log scale; correct it");
  EXPECT_EQ(drawings_complaint("ticks = [3]", "ticks = [30]"),
            "drawings.toml:3: drawing.hill.x.ticks[0]: the number must lie between 1 and 9; correct it");
  EXPECT_EQ(
      drawings_complaint("[9, 1]", "[9, 1.1]"),
      "drawings.toml:6: drawing.hill.curve[0].points: a point lies outside the axes; correct it or widen an "
      "axis");
  EXPECT_EQ(drawings_complaint("[9, 1]", "[9]"),
            "drawings.toml:6: drawing.hill.curve[0].points[1]: two numbers in brackets are needed here; "
            "write them");
  EXPECT_EQ(
      drawings_complaint("strong", "bold"),
      "drawings.toml:5: drawing.hill.curve[0].style: this word is unknown here; see the head of the file");
  EXPECT_EQ(drawings_complaint("[2, 0.5]", "[0.5, 0.5]"),
            "drawings.toml:9: drawing.hill.note[0].at: the point lies outside the axes; correct it");
  EXPECT_EQ(complaint("+++\nThis", "drawing = { id = \"dale\", caption = \"c\" }\n+++\nThis"),
            name_of(3, "a") +
                ":21: drawing.id: drawings.toml has no drawing of this name; correct it or add it there");
}

TEST(LessonContent, slips_in_the_body_are_refused_with_their_line) {
  const std::string file = name_of(3, "a");
  EXPECT_EQ(
      complaint("## How to do it", "## How it is done"),
      file + ":106: body: the section \"How to do it\" is expected here; put the sections in their order");
  EXPECT_EQ(
      complaint("## In the workbook", "## Today"),
      file + ":158: body: the section \"In the workbook\" is expected here; put the sections in their order");
  EXPECT_EQ(complaint("\n## In the workbook\n\nThis is af0 right here.\n", ""),
            file + ":157: body: the section \"In the workbook\" is missing; add it");
  EXPECT_EQ(complaint("This is ae0 right here.", ""),
            file + ":158: body: the section above holds no text; write it");
  EXPECT_EQ(complaint("This is ae0 right here.\n", sentences("long", 90)),
            file + ":250: body: the text has 1064 words, and 600 to 1000 are wanted; say less");
  EXPECT_EQ(complaint(sentences("ab", 40), sentences("ab", 30)),
            file + ":151: body: the text has 569 words, and 600 to 1000 are wanted; say more");
}

TEST(LessonContent, long_sentences_are_refused) {
  std::string words;
  for (int i = 0; i < 51; ++i) words += "word" + std::to_string(i) + " ";
  EXPECT_EQ(complaint("This is a7 right here.\n", words + "\n\n"),
            name_of(3, "a") + ":29: body: a sentence here has 51 words, and 50 are the most; divide it");
  // Forty words each, where 18 on average are the most.
  std::string text = lesson();
  std::size_t at = 0;
  for (int stops = 0; (at = text.find(" here.\nThis", at)) != std::string::npos; ++at, ++stops)
    if (stops % 8 != 0) text[at + 5] = ',';
  EXPECT_EQ(complaint_of([&] {
              parse_lesson({text, name_of(3, "a")}, lists());
            }),
            name_of(3, "a") + ":161: body: the sentences have more than 18 words on average; divide some");
}

std::vector<std::string> thirty() {
  std::vector<std::string> texts;
  for (int number = 1; number <= 30; ++number)
    texts.push_back(
        lesson(number, std::string(1, static_cast<char>('a' + number % 26)) + (number > 25 ? "z" : "y")));
  return texts;
}

std::string track_complaint(const std::vector<std::string>& texts) {
  std::vector<LessonFile> files;
  for (const std::string& text : texts) {
    const std::size_t id = text.find("lesson-") + 7;
    files.push_back({text, name_of(std::stoi(text.substr(text.find("= ") + 2)),
                                   text.substr(id, text.find('"', id) - id))});
  }
  return complaint_of([&] { parse_lessons(files, lists()); });
}

TEST(LessonContent, thirty_lessons_are_needed_each_once_and_no_sentence_twice) {
  // "Bounce it now please." stands in every lesson made here, so one word of it is made their own.
  std::vector<std::string> texts = thirty();
  for (std::size_t i = 0; i < texts.size(); ++i)
    texts[i].replace(texts[i].find("Bounce it"), 9, "Bounce song" + std::to_string(i));
  EXPECT_EQ(track_complaint(texts), "no complaint");

  std::vector<std::string> repeated = texts;
  const std::string own = "This is ez0 right here.";
  repeated[29].replace(repeated[29].find(own), own.size(), "this IS *by0* right here!");
  EXPECT_EQ(track_complaint(repeated), name_of(30, "ez") + ":22: body: a sentence here stands at " +
                                           name_of(1, "by") + ":22 too; say it differently");

  std::vector<std::string> missing(texts.begin(), texts.end() - 1);
  EXPECT_EQ(track_complaint(missing), "lessons/:1: number: lesson 30 is missing; add it");

  std::vector<std::string> doubled = texts;
  doubled[4].replace(doubled[4].find("number = 5"), 10, "number = 4");
  EXPECT_EQ(track_complaint(doubled), name_of(4, "fy") + ":1: number: number or id is taken by " +
                                          name_of(4, "ey") + "; choose another");
}

TEST(LessonContent, the_built_in_track_is_complete_and_draws_on_all_its_lists) {
  const CoreTrack track = load_core_track();
  ASSERT_EQ(track.lessons.size(), 30U);
  std::set<std::string> kinds;
  std::set<std::string> terms;
  std::set<std::string> topics;
  std::set<std::string> stages;
  std::set<std::string> drawings;
  for (const Lesson& lesson : track.lessons) {
    kinds.insert(lesson.exercise.kind);
    terms.insert(lesson.terms.begin(), lesson.terms.end());
    topics.insert(lesson.topics.begin(), lesson.topics.end());
    stages.insert(lesson.stages.begin(), lesson.stages.end());
    drawings.insert(lesson.drawing);
  }
  for (const ExerciseKind& kind : track.lists.kinds) EXPECT_TRUE(kinds.count(kind.id)) << kind.id;
  for (const GlossaryTerm& term : track.lists.glossary) EXPECT_TRUE(terms.count(term.id)) << term.id;
  for (const LessonDrawing& drawing : track.lists.drawings)
    EXPECT_TRUE(drawings.count(drawing.id)) << drawing.id;
  for (const LessonTopic& topic : track.lists.topics) EXPECT_TRUE(topics.count(topic.id)) << topic.id;
  for (const Stage stage : kStages) EXPECT_TRUE(stages.count(std::string(to_string(stage))));
}

}  // namespace
}  // namespace lacquer
