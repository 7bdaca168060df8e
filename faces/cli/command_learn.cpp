#include <algorithm>

#include "api/text.h"
#include "app/file_error.h"
#include "app/gear.h"
#include "app/history.h"
#include "app/learn.h"
#include "app/moment.h"
#include "app/report_files.h"
#include "faces/cli/ask.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/format.h"
#include "report/lesson_blocks.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

constexpr std::size_t kMostAsked = 12;  // questions of one kind that a list shows in full

LessonRecords records_for(const Arguments& arguments) {
  if (arguments.no_history) return {};
  return LessonRecords::of_user(
      [](const std::string& file, const std::string& why) { print_error(file, why); });
}

const Lesson& asked_lesson(const Arguments& arguments) {
  const Lesson* lesson = lesson_named(arguments.lesson);
  if (lesson == nullptr)
    throw WrongUsage("there is no lesson " + arguments.lesson + "; lacquer learn lists them");
  return *lesson;
}

std::string list_text(const std::vector<LessonEntry>& entries) {
  TextPage page(text_style());
  std::string course;
  std::size_t done = 0;
  for (const LessonEntry& entry : entries) {
    const Lesson& lesson = *entry.lesson;
    if (lesson.course != course) {
      if (!course.empty()) page.blank();
      course = lesson.course;
      page.paragraph(0, "", course_title(course), Tone::kStrong);
    }
    if (entry.done_ms) ++done;
    const std::string state = entry.done_ms ? "done     " : entry.started_ms ? "started  " : "         ";
    page.paragraph(2, two_digits(lesson.number) + "  " + state,
                   lesson.title + " (" + std::to_string(lesson.read_minutes + lesson.do_minutes) + " min)");
  }
  page.blank();
  page.paragraph(0, "",
                 std::to_string(done) + " of " + std::to_string(entries.size()) +
                     " done. lacquer learn 1 opens the first lesson.",
                 Tone::kQuiet);
  return page.take();
}

// ID=TEXT, as typed.
Answers said_on_the_line(const Arguments& arguments) {
  Answers answers;
  for (const std::string& one : arguments.say) {
    const std::size_t equals = one.find('=');
    if (equals == std::string::npos || equals == 0)
      throw WrongUsage("--say " + terminal_text(one.substr(0, 60)) +
                       " does not fit; write a question and its answer, such as --say trial-01=boxy");
    answers.add(well_formed_utf8(one.substr(0, equals)), well_formed_utf8(one.substr(equals + 1)));
  }
  return answers;
}

// Answers to these questions, and all others.
std::pair<Answers, Answers> divided(const Answers& answers, const std::vector<Question>& questions) {
  std::pair<Answers, Answers> parts;
  for (const auto& said : answers.said()) {
    const bool asked = std::any_of(questions.begin(), questions.end(),
                                   [&](const Question& one) { return one.id == said.first; });
    (asked ? parts.first : parts.second).add(said.first, said.second);
  }
  return parts;
}

void put_readings(TextPage& page, const std::vector<Reading>& readings) {
  std::vector<std::vector<TextPage::Cell>> rows;
  for (const Reading& one : readings) rows.push_back({{one.label}, {one.text}});
  if (!rows.empty()) page.table(0, rows);
}

std::string ready_text(const ReadyExercise& ready, const std::string& folder) {
  TextPage page(text_style());
  page.paragraph(0, "", ready.lesson->title, Tone::kStrong);
  put_readings(page, ready.readings);
  if (!ready.files.empty()) {
    page.blank();
    for (const ExerciseFile& file : ready.files) page.paragraph(0, "", file.path + ": " + file.what);
  }
  if (!ready.questions.empty()) {
    page.blank();
    for (std::size_t i = 0; i < ready.questions.size(); ++i) {
      const Question& one = ready.questions[i];
      if (i == kMostAsked && ready.questions.size() > kMostAsked + 4) {
        page.paragraph(0, "", "and so on to " + ready.questions.back().id);
        break;
      }
      page.paragraph(0, one.id + "  ",
                     one.text +
                         (one.choices.empty() || one.form == AnswerForm::kMinutes
                              ? ""
                              : " (" + join(one.choices, ", ") + ")") +
                         (one.optional ? " Optional." : ""));
    }
    page.blank();
    page.paragraph(0, "",
                   folder.empty() ? "Answer with --say ID=TEXT, one for each question."
                                  : "Then: lacquer learn " + std::to_string(ready.lesson->number) +
                                        " --score " + folder + " --say " + ready.questions.front().id +
                                        "=…, one --say for each question.");
  }
  page.paragraph(0, "", "Seed " + std::to_string(ready.seed) + ".", Tone::kQuiet);
  return page.take();
}

std::string outcome_text(const Outcome& outcome) {
  TextPage page(text_style());
  put_readings(page, outcome.readings);
  if (!outcome.readings.empty()) page.blank();
  page.paragraph(0, outcome.passed ? "passed   " : "not yet  ", outcome.verdict, Tone::kStrong);
  return page.take();
}

Json kept_of(LessonRecords& records, const Lesson& lesson) {
  const Json score = records.newest_score(lesson.id);
  return score.is_object() && score.contains("kept") ? score.at("kept") : Json();
}

void finish_scoring(const ReadyExercise& ready, const Answers& answers, LessonRecords& records,
                    const Arguments& arguments) {
  const std::int64_t now = now_ms();
  const Outcome outcome = score_exercise(ready, answers, kept_of(records, *ready.lesson), now);
  records.add_score(ready.lesson->id, ready.lesson->exercise.kind, score_document(outcome, ready, answers),
                    now);
  if (outcome.passed) records.finish(ready.lesson->id, now);
  std::optional<Decision> decision;
  if (outcome.passed && records.kept())
    decision = keep_gear_of_lesson(ready.lesson->exercise, outcome.kept, workbook_file(), now);
  if (arguments.json) {
    Json document = outcome_json(outcome, ready);
    document["decision"] = decision ? Json(std::to_string(decision->id)) : Json(nullptr);
    print(dump(document) + "\n");
    return;
  }
  print(outcome_text(outcome));
  if (decision)
    print("Kept as decision " + std::to_string(decision->id) + "; lacquer gear --list shows what is due.\n");
}

void run_exercise(const Lesson& lesson, LessonRecords& records, const Arguments& arguments) {
  const std::int64_t now = now_ms();
  const bool asks = can_ask() && !arguments.json;
  const bool waits = has_parameter(lesson.exercise, "gap_h");  // its questions come another day
  if (waits && arguments.output.empty())
    throw WrongUsage("this exercise is scored another day; name a folder to keep it in with -o");
  auto [first, second] = divided(said_on_the_line(arguments), first_questions(lesson));
  if (asks) first = ask(first_questions(lesson), first);
  ExerciseRequest request;
  for (const std::string& file : *arguments.run)
    if (!file.empty()) request.files.emplace_back(file);
  request.folder = arguments.output;
  request.overwrite = arguments.overwrite;
  request.seed = arguments.seed.value_or(static_cast<std::uint64_t>(now));
  request.now_ms = now;
  ProgressBar bar(!arguments.json);
  const ReadyExercise ready = ready_exercise(lesson, request, first, kept_of(records, lesson),
                                             [&](std::string_view doing, double done) {
                                               bar.show(lesson.title, doing, done);
                                               return !interrupted();
                                             });
  bar.clear();
  records.start(lesson.id, now);
  const bool answered = !second.said().empty() || ready.questions.empty();
  if (!arguments.json || !answered)
    print(arguments.json ? dump(exercise_json(ready)) + "\n" : ready_text(ready, arguments.output));
  if (asks && !waits)
    second = ask(ready.questions, second);
  else if (!answered || waits)
    return;
  finish_scoring(ready, second, records, arguments);
}

void score_folder(const Lesson& lesson, LessonRecords& records, const Arguments& arguments) {
  const ReadyExercise ready = sealed_exercise(arguments.score);
  if (ready.lesson != &lesson)
    throw WrongUsage("the folder holds the exercise of lesson " + std::to_string(ready.lesson->number) +
                     "; score it with lacquer learn " + std::to_string(ready.lesson->number));
  Answers answers = said_on_the_line(arguments);
  if (can_ask() && !arguments.json) answers = ask(ready.questions, answers);
  about(std::filesystem::path(arguments.score), [&] { finish_scoring(ready, answers, records, arguments); });
}

void write_answers(const Lesson& lesson, LessonRecords& records, std::int64_t now) {
  if (!can_ask()) throw WrongUsage("--write asks on a terminal; use --answer here");
  std::vector<Question> prompts;
  for (const std::string& prompt : lesson.write)
    prompts.push_back({std::to_string(prompts.size() + 1), prompt, AnswerForm::kText, {}, true});
  const Answers answers = ask(prompts, {});
  for (std::size_t i = 0; i < prompts.size(); ++i)
    if (answers.has(prompts[i].id))
      records.add_answer({lesson.id, static_cast<int>(i) + 1, now, answers.text(prompts[i].id)});
}

void keep_answers(const Lesson& lesson, LessonRecords& records, const Arguments& arguments) {
  if (!records.kept() && (!arguments.answers.empty() || arguments.done || arguments.write))
    throw WrongUsage("--no-history keeps nothing; leave it out to keep an answer");
  if (arguments.answers.size() > lesson.write.size())
    throw WrongUsage("the workbook asks " + counted(lesson.write.size(), "thing", "things") +
                     " here; give as many --answer at most");
  const std::int64_t now = now_ms();
  for (std::size_t i = 0; i < arguments.answers.size(); ++i)
    if (!arguments.answers[i].empty())
      records.add_answer({lesson.id, static_cast<int>(i) + 1, now, well_formed_utf8(arguments.answers[i])});
  if (arguments.write) write_answers(lesson, records, now);
  if (!arguments.answers.empty() || arguments.write) records.start(lesson.id, now);
  if (arguments.done) records.finish(lesson.id, now);
}

}  // namespace

int run_learn(const Arguments& arguments) {
  LessonRecords records = records_for(arguments);
  if (arguments.lesson.empty()) {
    if (arguments.run || !arguments.score.empty() || !arguments.answers.empty() || arguments.done ||
        arguments.write || arguments.html || arguments.pdf || !arguments.say.empty())
      throw WrongUsage("which lesson is not said; lacquer learn lists them");
    const std::vector<LessonEntry> entries = lesson_entries(records);
    print(arguments.json ? dump(lessons_json(entries)) + "\n" : list_text(entries));
    return 0;
  }
  const Lesson& lesson = asked_lesson(arguments);
  if (!arguments.say.empty() && !arguments.run && arguments.score.empty())
    throw WrongUsage("--say answers an exercise; add --run, or --score with its folder");
  keep_answers(lesson, records, arguments);
  if (arguments.run) {
    run_exercise(lesson, records, arguments);
    return 0;
  }
  if (!arguments.score.empty()) {
    score_folder(lesson, records, arguments);
    return 0;
  }
  const LessonEntry entry = lesson_entry(lesson, records);
  const LessonPage page = lesson_page(entry, records);
  std::string written;
  if (arguments.html)
    written +=
        "Page: " +
        terminal_text(ReportFiles(*arguments.html, ".html").write(lesson.id, lesson_html(page)).string()) +
        "\n";
  if (arguments.pdf)
    written += "Page: " +
               terminal_text(ReportFiles(*arguments.pdf, ".pdf")
                                 .write(lesson.id, document_pdf(lesson_document(page), paper_of(arguments)))
                                 .string()) +
               "\n";
  const bool kept = arguments.done || arguments.write || !arguments.answers.empty();
  if (arguments.json)
    print(dump(lesson_json(entry)) + "\n");
  else if (kept && written.empty())
    print("Kept: lesson " + std::to_string(lesson.number) + ", " + lesson.title +
          (entry.done_ms ? ", done.\n" : ".\n"));
  else
    print(written.empty() ? lesson_text(page, text_style()) : written);
  return 0;
}

}  // namespace lacquer::cli
