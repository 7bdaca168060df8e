#include "library/lesson_content.h"

#include <algorithm>
#include <array>
#include <map>

#include "judge/plan.h"
#include "library/content.h"
#include "library/embedded.h"
#include "library/lesson_body.h"
#include "library/lesson_exercise.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array<std::string_view, 3> kCourses = {"where-you-stand", "how-sound-behaves",
                                                      "building-the-beat"};
constexpr int kLessons = 30;
constexpr int kLessonsInCourse = 10;
constexpr std::string_view kFence = "+++\n";
constexpr std::size_t kMostTopics = 3;
constexpr std::size_t kLeastRepeatedWords =
    4;  // shorter sentences may well stand twice: "Mute each in turn."
constexpr std::string_view kFolder = "lessons/";

[[noreturn]] void fail_at(const std::string& name, int line, const std::string& field,
                          const std::string& problem) {
  toml::source_region at;
  at.begin.line = static_cast<toml::source_index>(line);
  content_error(name, at, field, problem);
}

template <class List, class Id>
bool holds(const List& list, std::string_view id, Id id_of) {
  return std::any_of(list.begin(), list.end(), [&](const auto& one) { return id_of(one) == id; });
}

// `text` in two: what stands between the two fences, and what follows them.
struct Halves {
  std::string front;  // with one empty line for the first fence, so that the lines keep their numbers
  std::string_view body;
  int body_line = 0;
};

Halves divide(std::string_view text, const std::string& name) {
  const std::size_t end = text.find("\n" + std::string(kFence));
  if (text.substr(0, kFence.size()) != kFence || end == std::string_view::npos)
    fail_at(name, 1, "", "a lesson begins with its data between two lines +++; add them");
  const std::size_t body = end + 1 + kFence.size();
  const std::string_view head = text.substr(0, body);
  return {"\n" + std::string(text.substr(kFence.size(), end + 1 - kFence.size())), text.substr(body),
          1 + static_cast<int>(std::count(head.begin(), head.end(), '\n'))};
}

void check_name(const TableReader& table, const Lesson& lesson) {
  const std::string number = (lesson.number < 10 ? "0" : "") + std::to_string(lesson.number);
  if (lesson.file != std::string(kFolder) + number + "-" + lesson.id + ".md")
    table.fail("id", "the file must be named after number and id; rename one of them");
  const auto course = static_cast<std::size_t>((lesson.number - 1) / kLessonsInCourse);
  if (lesson.course != kCourses[course])
    table.fail("course", "lesson " + std::to_string(lesson.number) + " belongs to " +
                             std::string(kCourses[course]) + "; correct the course or the number");
}

void check_ids(const TableReader& table, const Lesson& lesson, const LessonLists& lists) {
  for (const std::string& term : lesson.terms)
    if (!holds(lists.glossary, term, [](const GlossaryTerm& one) { return one.id; }) &&
        !holds(lists.vocabulary, term, [](const std::string& one) { return one; }))
      table.fail("terms", term + " stands neither in the glossary nor in the vocabulary; add or correct it");
  for (const std::string& stage : lesson.stages)
    if (!stage_from(stage)) table.fail("stages", stage + " is no stage of the chain; correct it");
  if (lesson.topics.empty() || lesson.topics.size() > kMostTopics)
    table.fail("topics", "one to three topics are needed; correct the list");
  for (const std::string& topic : lesson.topics)
    if (!holds(lists.topics, topic, [](const LessonTopic& one) { return one.id; }))
      table.fail("topics", topic + " is not in topics.toml; correct it or add it there");
}

std::vector<LessonSource> read_sources(const TableReader& table) {
  std::vector<LessonSource> sources;
  for (const TableReader& source : table.tables("sources")) {
    source.allow_only({"title", "url"});
    sources.push_back({source.text("title"), source.text("url")});
    const std::string& url = sources.back().url;
    if ((url.substr(0, 7) != "http://" && url.substr(0, 8) != "https://") ||
        url.find_first_of(" <>\"") != std::string::npos)
      source.fail("url", "an address that begins with http:// or https:// is needed; correct it");
  }
  if (sources.empty()) table.fail("sources", "a lesson names at least one source; add it");
  return sources;
}

void read_drawing(const TableReader& table, const LessonLists& lists, Lesson& lesson) {
  if (!table.has("drawing")) return;
  const TableReader drawing = table.table("drawing");
  drawing.allow_only({"id", "caption"});
  lesson.drawing = drawing.text("id");
  if (!holds(lists.drawings, lesson.drawing, [](const LessonDrawing& one) { return one.id; }))
    drawing.fail("id", "drawings.toml has no drawing of this name; correct it or add it there");
  lesson.drawing_caption = drawing.text("caption");
}

Lesson read_front(const TableReader& table, const std::string& name, const LessonLists& lists) {
  table.allow_only({"number", "id", "course", "title", "summary", "read_minutes", "do_minutes", "decide",
                    "today", "write", "done_when", "terms", "stages", "topics", "sources", "drawing",
                    "exercise"});
  Lesson lesson;
  lesson.file = name;
  lesson.number = table.integer("number", 1, kLessons);
  lesson.id = table.text("id");
  lesson.course = table.text("course");
  check_name(table, lesson);
  lesson.title = table.text("title");
  lesson.summary = table.text("summary");
  lesson.read_minutes = table.integer("read_minutes", 5, 8);
  lesson.do_minutes = table.integer("do_minutes", 20, 40);
  lesson.decide = table.text("decide");
  lesson.today = table.text("today");
  lesson.write = table.texts("write");
  if (lesson.write.empty()) table.fail("write", "a lesson asks the workbook something; add a prompt");
  lesson.done_when = table.text("done_when");
  lesson.terms = table.texts("terms");
  lesson.stages = table.texts("stages");
  lesson.topics = table.texts("topics");
  check_ids(table, lesson, lists);
  lesson.sources = read_sources(table);
  read_drawing(table, lists, lesson);
  lesson.exercise = read_exercise(table.table("exercise"), lists.kinds);
  return lesson;
}

Lesson read_lesson(const LessonFile& file, const LessonLists& lists, std::vector<LessonSentence>& sentences) {
  const Halves halves = divide(file.text, file.name);
  const toml::table front = parse_toml(halves.front, file.name);
  Lesson lesson = read_front(TableReader(front, file.name, ""), file.name, lists);
  LessonBody body = parse_lesson_body(halves.body, file.name, halves.body_line);
  lesson.sections = std::move(body.sections);
  lesson.words = body.words;
  sentences = std::move(body.sentences);
  return lesson;
}

std::size_t word_count(const std::string& words) {
  return 1 + static_cast<std::size_t>(std::count(words.begin(), words.end(), ' '));
}

using SentencePlaces = std::map<std::string, std::string>;  // words → "NAME:LINE"

void refuse_repeats(const std::string& name, const std::vector<LessonSentence>& sentences,
                    SentencePlaces& places) {
  for (const LessonSentence& sentence : sentences) {
    if (word_count(sentence.words) < kLeastRepeatedWords) continue;
    const auto [found, is_new] =
        places.try_emplace(sentence.words, name + ":" + std::to_string(sentence.line));
    if (!is_new)
      fail_at(name, sentence.line, "body",
              "a sentence here stands at " + found->second + " too; say it differently");
  }
}

std::string_view embedded_text(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.text;
  return {};
}

bool is_lesson(std::string_view path) {
  return path.substr(0, kFolder.size()) == kFolder && path.size() > 3 &&
         path.substr(path.size() - 3) == ".md";
}

}  // namespace

std::vector<LessonTopic> parse_lesson_topics(std::string_view text, const std::string& name) {
  return read_tables(text, name, "topic", [](const TableReader& table, const std::string& id) {
    table.allow_only({"title"});
    return LessonTopic{id, table.text("title")};
  });
}

std::vector<GlossaryTerm> parse_glossary(std::string_view text, const std::string& name) {
  return read_tables(text, name, "term", [](const TableReader& table, const std::string& id) {
    table.allow_only({"word", "meaning"});
    return GlossaryTerm{id, table.text("word"), table.text("meaning")};
  });
}

Lesson parse_lesson(const LessonFile& file, const LessonLists& lists) {
  std::vector<LessonSentence> sentences;
  return read_lesson(file, lists, sentences);
}

std::vector<Lesson> parse_lessons(std::span<const LessonFile> files, const LessonLists& lists) {
  std::vector<Lesson> lessons;
  SentencePlaces places;
  for (const LessonFile& file : files) {
    std::vector<LessonSentence> sentences;
    Lesson lesson = read_lesson(file, lists, sentences);
    for (const Lesson& other : lessons)
      if (other.number == lesson.number || other.id == lesson.id)
        fail_at(file.name, 1, "number", "number or id is taken by " + other.file + "; choose another");
    refuse_repeats(file.name, sentences, places);
    lessons.push_back(std::move(lesson));
  }
  std::sort(lessons.begin(), lessons.end(),
            [](const Lesson& a, const Lesson& b) { return a.number < b.number; });
  for (int number = 1; number <= kLessons; ++number)
    if (static_cast<int>(lessons.size()) < number ||
        lessons[static_cast<std::size_t>(number - 1)].number != number)
      fail_at(std::string(kFolder), 1, "number", "lesson " + std::to_string(number) + " is missing; add it");
  return lessons;
}

CoreTrack load_core_track() {
  CoreTrack track;
  track.lists.kinds = parse_exercise_kinds(embedded_text("lessons/exercises.toml"), "lessons/exercises.toml");
  track.lists.topics = parse_lesson_topics(embedded_text("lessons/topics.toml"), "lessons/topics.toml");
  track.lists.glossary = parse_glossary(embedded_text("lessons/glossary.toml"), "lessons/glossary.toml");
  track.lists.drawings =
      parse_lesson_drawings(embedded_text("lessons/drawings.toml"), "lessons/drawings.toml");
  for (const VocabularyTerm& term : load_vocabulary()) track.lists.vocabulary.push_back(term.id);
  std::vector<LessonFile> files;
  for (const EmbeddedFile& file : embedded_files())
    if (is_lesson(file.path)) files.push_back({file.text, std::string(file.path)});
  track.lessons = parse_lessons(files, track.lists);
  return track;
}

}  // namespace lacquer
