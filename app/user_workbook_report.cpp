#include <map>

#include "app/due.h"
#include "app/moment.h"
#include "app/user_workbook.h"
#include "report/format.h"
#include "report/lesson_blocks.h"

namespace lacquer {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;
constexpr std::int64_t kNever = 0;  // seen from here, every time is a date

using AnswersByPrompt = std::map<std::pair<std::string, int>, std::pair<const Answer*, const Answer*>>;

// The first and the newest of each prompt; entries come in the order of time.
AnswersByPrompt answers_by_prompt(const Entries& entries) {
  AnswersByPrompt found;
  for (const Answer& one : entries.answers) {
    const auto [place, is_first] = found.try_emplace({one.lesson, one.prompt}, &one, nullptr);
    if (!is_first) place->second.second = &one;
  }
  return found;
}

const LessonProgress* progress_of(const Entries& entries, const std::string& lesson) {
  for (const LessonProgress& one : entries.progress)
    if (one.lesson == lesson) return &one;
  return nullptr;
}

std::string state_text(const LessonProgress* progress, std::int64_t now_ms) {
  if (progress == nullptr) return {};
  if (progress->done_ms) return "done " + told_time(*progress->done_ms, now_ms);
  return progress->started_ms ? "started " + told_time(*progress->started_ms, now_ms) : std::string();
}

std::optional<WorkbookWords> words(const Answer* answer, std::int64_t now_ms) {
  if (answer == nullptr) return std::nullopt;
  return WorkbookWords{told_time(answer->answered_ms, now_ms), answer->text};
}

std::string due_text(const Decision& decision, std::int64_t now_ms, Times times) {
  if (!decision.due_ms) return {};
  if (times == Times::kDates) return ", due " + told_time(*decision.due_ms, kNever);
  const std::int64_t days = (*decision.due_ms - now_ms) / kDayMs;
  if (*decision.due_ms < now_ms) return ", due since " + told_time(*decision.due_ms, now_ms);
  return ", due in " + counted(static_cast<std::size_t>(days), "day", "days");
}

class ReportMaker {
 public:
  ReportMaker(const Entries& entries, std::int64_t now_ms, Times times)
      : entries_(entries),
        now_ms_(now_ms),
        seen_from_ms_(times == Times::kDates ? kNever : now_ms),
        times_(times),
        answers_(answers_by_prompt(entries)) {}

  WorkbookReport make(const CoreTrack& track) {
    WorkbookReport report;
    for (const Lesson& lesson : track.lessons) {
      const std::string title = course_title(lesson.course);
      if (report.courses.empty() || report.courses.back().title != title)
        report.courses.push_back({title, {}});
      report.courses.back().lessons.push_back(known_lesson(lesson));
    }
    add_other_lessons(report);
    for (const Decision& one : entries_.decisions)
      report.decisions.push_back(
          {label(one.kind) + ": " + one.subject,
           one.state + due_text(one, now_ms_, times_) + ", decided " + told_time(one.made_ms, seen_from_ms_),
           ""});
    for (const Note& one : entries_.notes)
      report.notes.push_back({one.subject,
                              told_time(one.made_ms, seen_from_ms_) + ", number " + std::to_string(one.id),
                              one.text});
    report.summary = summary(track);
    if (times_ == Times::kFromNow)
      for (const Decision& one : due_on(entries_.decisions, local_day(now_ms_)))
        report.due.push_back(lacquer::due_text(one, local_day(now_ms_)));
    return report;
  }

 private:
  WorkbookLesson known_lesson(const Lesson& lesson) {
    WorkbookLesson made;
    made.title = std::to_string(lesson.number) + ". " + lesson.title;
    const LessonProgress* progress = progress_of(entries_, lesson.id);
    made.state = state_text(progress, seen_from_ms_);
    made.is_done = progress != nullptr && progress->done_ms.has_value();
    int number = 0;
    for (const std::string& prompt : lesson.write) made.prompts.push_back(take(lesson.id, ++number, prompt));
    return made;
  }

  WorkbookPrompt take(const std::string& lesson, int number, const std::string& prompt) {
    const auto found = answers_.find({lesson, number});
    if (found == answers_.end()) return {prompt, std::nullopt, std::nullopt};
    WorkbookPrompt made{prompt, words(found->second.first, seen_from_ms_),
                        words(found->second.second, seen_from_ms_)};
    answers_.erase(found);
    return made;
  }

  // Answers to what no lesson asks any more, from another version of the course.
  void add_other_lessons(WorkbookReport& report) {
    if (answers_.empty()) return;
    report.courses.push_back({"Other answers", {}});
    while (!answers_.empty()) {
      const auto [lesson, number] = answers_.begin()->first;
      const std::string prompt = "Prompt " + std::to_string(number);
      report.courses.back().lessons.push_back({lesson, "", false, {take(lesson, number, prompt)}});
    }
  }

  std::string summary(const CoreTrack& track) const {
    std::size_t done = 0;
    for (const LessonProgress& one : entries_.progress) done += one.done_ms ? 1 : 0;
    return std::to_string(done) + " of " + std::to_string(track.lessons.size()) + " lessons done; " +
           counted(entries_.answers.size(), "answer", "answers") + ", " +
           counted(entries_.decisions.size(), "decision", "decisions") + ", " +
           counted(entries_.notes.size(), "note", "notes") + ".";
  }

  const Entries& entries_;
  std::int64_t now_ms_;
  std::int64_t seen_from_ms_;
  Times times_;
  AnswersByPrompt answers_;
};

}  // namespace

WorkbookReport workbook_report(const Entries& entries, const CoreTrack& track, std::int64_t now_ms,
                               Times times) {
  return ReportMaker(entries, now_ms, times).make(track);
}

WorkbookReport blank_workbook(const CoreTrack& track) {
  WorkbookReport report = ReportMaker(Entries{}, 0, Times::kDates).make(track);
  report.summary = "Thirty lessons, a few lines for each. Write what you decided, with the date.";
  return report;
}

}  // namespace lacquer
