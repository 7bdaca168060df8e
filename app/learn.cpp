#include "app/learn.h"

#include <algorithm>
#include <array>

#include "api/json_values.h"
#include "api/version.h"
#include "app/moment.h"
#include "report/lesson_page.h"

namespace lacquer {
namespace {

constexpr std::array<const char*, 6> kForms = {"text", "number", "choice", "taps", "minutes", "seconds"};

Json texts(const std::vector<std::string>& all) {
  Json list = Json::array();
  for (const std::string& one : all) list.push_back(text(one));
  return list;
}

Json readings_json(const std::vector<Reading>& readings) {
  Json list = Json::array();
  for (const Reading& one : readings) list.push_back({{"label", text(one.label)}, {"text", text(one.text)}});
  return list;
}

Json time_json(const std::optional<std::int64_t>& at_ms) {
  return at_ms ? Json(iso_time(*at_ms)) : Json(nullptr);
}

Json heading(const LessonEntry& entry) {
  const Lesson& lesson = *entry.lesson;
  return {{"id", text(lesson.id)},
          {"kind", "lesson"},
          {"topic", text(lesson.topics.front())},
          {"title", text(lesson.title)},
          {"summary", text(lesson.summary)},
          {"course", text(lesson.course)},
          {"minutes", lesson.read_minutes + lesson.do_minutes},
          {"number", lesson.number},
          {"started", time_json(entry.started_ms)},
          {"done", time_json(entry.done_ms)}};
}

Json answers_json(const LessonEntry& entry) {
  Json list = Json::array();
  for (std::size_t i = 0; i < entry.lesson->write.size(); ++i) {
    const auto& both = entry.answers[i];
    const auto one = [](const Answer& answer) {
      return Json{{"at", iso_time(answer.answered_ms)}, {"text", text(answer.text)}};
    };
    list.push_back({{"prompt", text(entry.lesson->write[i])},
                    {"first", both ? one(both->first) : Json(nullptr)},
                    {"newest", both ? one(both->newest) : Json(nullptr)}});
  }
  return list;
}

std::string text_at(const Json& document, const char* key) {
  return document.is_object() && document.contains(key) && document.at(key).is_string()
             ? document.at(key).get<std::string>()
             : std::string();
}

// Known by its name, so that a command that only asks for the sentence loads no lesson.
constexpr const char* kSentenceLesson = "one-sentence-called-finished";

// What was decided in a lesson: the workbook's newest answers, and the verdict of its exercise.
GatheredLesson gathered(const LessonEntry& entry) {
  GatheredLesson one;
  one.number = entry.lesson->number;
  one.title = entry.lesson->title;
  one.decide = entry.lesson->decide;
  one.found = text_at(entry.newest_score, "verdict");
  for (std::size_t i = 0; i < entry.answers.size(); ++i)
    if (entry.answers[i]) one.written.push_back({entry.lesson->write[i], {}, entry.answers[i]->newest.text});
  return one;
}

}  // namespace

const CoreTrack& core_track() {
  static const CoreTrack track = load_core_track();
  return track;
}

const Lesson* lesson_named(const std::string& name) {
  const std::string wanted = lower(name);
  for (const Lesson& lesson : core_track().lessons)
    if (lesson.id == wanted || std::to_string(lesson.number) == wanted || two_digits(lesson.number) == wanted)
      return &lesson;
  return nullptr;
}

const LessonDrawing* drawing_of(const Lesson& lesson) {
  for (const LessonDrawing& drawing : core_track().lists.drawings)
    if (!lesson.drawing.empty() && drawing.id == lesson.drawing) return &drawing;
  return nullptr;
}

LessonEntry lesson_entry(const Lesson& lesson, LessonRecords& records) {
  LessonEntry entry{&lesson, {}, {}, {}, nullptr, nullptr};
  for (const LessonProgress& one : records.progress())
    if (one.lesson == lesson.id) {
      entry.started_ms = one.started_ms;
      entry.done_ms = one.done_ms;
    }
  for (std::size_t i = 0; i < lesson.write.size(); ++i)
    entry.answers.push_back(records.answer(lesson.id, static_cast<int>(i) + 1));
  const std::vector<Score> scores = records.scores(lesson.id);
  if (!scores.empty()) {
    entry.first_score = Json::parse(scores.front().document, nullptr, false);
    entry.newest_score = Json::parse(scores.back().document, nullptr, false);
  }
  return entry;
}

std::vector<LessonEntry> lesson_entries(LessonRecords& records) {
  std::vector<LessonEntry> entries;
  const std::vector<LessonProgress> progress = records.progress();
  for (const Lesson& lesson : core_track().lessons) {
    entries.push_back({&lesson, {}, {}, {}, nullptr, nullptr});
    for (const LessonProgress& one : progress)
      if (one.lesson == lesson.id) {
        entries.back().started_ms = one.started_ms;
        entries.back().done_ms = one.done_ms;
      }
  }
  return entries;
}

Json lessons_json(const std::vector<LessonEntry>& entries) {
  Json items = Json::array();
  for (const LessonEntry& entry : entries) items.push_back(heading(entry));
  return items_json(items);
}

Json lesson_json(const LessonEntry& entry) {
  const Lesson& lesson = *entry.lesson;
  Json one = heading(entry);
  one["decide"] = text(lesson.decide);
  one["today"] = text(lesson.today);
  one["done_when"] = text(lesson.done_when);
  one["sections"] = Json::array();
  for (const LessonSection& section : lesson.sections)
    one["sections"].push_back({{"heading", text(section.heading)}, {"markdown", text(section.text)}});
  one["drawing"] = lesson.drawing.empty() ? Json(nullptr) : Json(text(lesson.drawing));
  one["drawing_caption"] = lesson.drawing.empty() ? Json(nullptr) : Json(text(lesson.drawing_caption));
  one["terms"] = texts(lesson.terms);
  one["stages"] = texts(lesson.stages);
  one["sources"] = Json::array();
  for (const LessonSource& source : lesson.sources)
    one["sources"].push_back({{"title", text(source.title)}, {"url", text(source.url)}});
  one["exercise"] = {{"kind", text(lesson.exercise.kind)},
                     {"instructions", text(lesson.exercise.instructions)},
                     {"score", text(lesson.exercise.score)}};
  one["answers"] = answers_json(entry);
  one["first_score"] = entry.first_score;
  one["newest_score"] = entry.newest_score;
  return items_json(Json::array({one}));
}

Json exercise_json(const ReadyExercise& ready) {
  Json files = Json::array(), questions = Json::array();
  for (const ExerciseFile& file : ready.files) {
    Json one = Json::object();
    put_path(one, file.path);
    one["what"] = text(file.what);
    files.push_back(one);
  }
  for (const Question& one : ready.questions)
    questions.push_back({{"id", text(one.id)},
                         {"text", text(one.text)},
                         {"form", kForms[static_cast<std::size_t>(one.form)]},
                         {"choices", texts(one.choices)},
                         {"optional", one.optional},
                         {"many", one.many}});
  return items_json(Json::array({{{"id", text(ready.lesson->id)},
                                  {"kind", text(ready.lesson->exercise.kind)},
                                  {"topic", text(ready.lesson->topics.front())},
                                  {"title", text(ready.lesson->title)},
                                  {"summary", text(ready.lesson->exercise.instructions)},
                                  {"seed", ready.seed},
                                  {"files", files},
                                  {"readings", readings_json(ready.readings)},
                                  {"questions", questions}}}));
}

Json score_document(const Outcome& outcome, const ReadyExercise& ready, const Answers& answers) {
  Json said = Json::array();
  for (const Answers* part : {&ready.first, &answers})
    for (const auto& [id, one] : part->said()) said.push_back({id, one});
  return {{"passed", outcome.passed},
          {"verdict", outcome.verdict},
          {"seed", ready.seed},
          {"answers", said},
          {"readings", readings_json(outcome.readings)},
          {"kept", outcome.kept}};
}

Json outcome_json(const Outcome& outcome, const ReadyExercise& ready) {
  return items_json(Json::array({{{"id", text(ready.lesson->id)},
                                  {"kind", text(ready.lesson->exercise.kind)},
                                  {"topic", text(ready.lesson->topics.front())},
                                  {"title", text(ready.lesson->title)},
                                  {"summary", text(outcome.verdict)},
                                  {"passed", outcome.passed},
                                  {"seed", ready.seed},
                                  {"readings", readings_json(outcome.readings)},
                                  {"kept", outcome.kept}}}));
}

LessonPage lesson_page(const LessonEntry& entry, LessonRecords& records) {
  LessonPage page{*entry.lesson,
                  drawing_of(*entry.lesson),
                  {},
                  text_at(entry.first_score, "verdict"),
                  text_at(entry.newest_score, "verdict"),
                  {},
                  {},
                  std::string(version())};
  for (std::size_t i = 0; i < entry.answers.size(); ++i) {
    WrittenAnswer answer{entry.lesson->write[i], {}, {}};
    if (const auto& both = entry.answers[i]) {
      answer.newest = both->newest.text;
      if (both->first.answered_ms != both->newest.answered_ms) answer.first = both->first.text;
    }
    page.answers.push_back(answer);
  }
  for (const std::string& id : entry.lesson->terms)
    for (const GlossaryTerm& term : core_track().lists.glossary)
      if (term.id == id) page.terms.push_back({term.word, term.meaning});
  if (entry.lesson->exercise.kind == "full-pass")
    for (const Lesson& lesson : core_track().lessons) {
      const GatheredLesson one = gathered(lesson_entry(lesson, records));
      if (!one.written.empty() || !one.found.empty()) page.gathered.push_back(one);
    }
  return page;
}

std::string finished_sentence(LessonRecords& records) {
  const Json score = records.newest_score(kSentenceLesson);
  return score.is_object() && score.contains("kept") ? text_at(score.at("kept"), "sentence") : std::string();
}

}  // namespace lacquer
