#include <algorithm>

#include "app/exercises/programs.h"
#include "app/moment.h"
#include "app/sheets.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr std::int64_t kDayMs = 86'400'000;

// The numbered questions of the sheet, in order.
std::vector<const SheetItem*> asked_by(const std::string& sheet_id) {
  std::vector<const SheetItem*> items;
  for (const Sheet& sheet : all_sheets())
    if (sheet.id == sheet_id)
      for (const SheetSide& side : sheet.sides)
        for (const SheetSection& section : side.sections)
          if (section.form == SheetForm::kQuestions)
            for (const SheetItem& item : section.items) items.push_back(&item);
  return items;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  Preparation preparation;
  preparation.questions.push_back({"thing", "What is it that you want?"});
  for (const SheetItem* item : asked_by(text_of(run.exercise(), "sheet")))
    preparation.questions.push_back(
        {item->id,
         item->title + " (yes: your answer speaks for buying; no: it does not, stop here)",
         AnswerForm::kChoice,
         {"yes", "no"},
         true});
  Question attempts{"attempt",
                    "An attempt you have made with what you own, beginning with its date as 2026-11-20:"};
  attempts.many = attempts.optional = true;
  preparation.questions.push_back(attempts);
  Question outcome{"outcome", "What will you do?", AnswerForm::kChoice, {}};
  for (const std::string& one : texts_of(run.exercise(), "outcomes")) outcome.choices.push_back(lower(one));
  preparation.questions.push_back(outcome);
  Question date{"date", "When do you look again, as 2026-12-22? (Enter: in " +
                            quantity(number_of(run.exercise(), "wait_d"), "days", 0) + ")"};
  date.optional = true;
  preparation.questions.push_back(date);
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  const SheetItem* stopped = nullptr;
  for (const SheetItem* item : asked_by(text_of(scoring.exercise(), "sheet"))) {
    const std::string said = lower(scoring.answers.text(item->id));
    if (!said.empty()) outcome.readings.push_back({item->title, said});
    if (said == "no" && stopped == nullptr) stopped = item;
  }
  const std::vector<std::string> attempts = scoring.answers.all("attempt");
  for (const std::string& attempt : attempts)
    if (!is_date(attempt.substr(0, 10)))
      throw Error("attempt: begin it with its date, as in 2026-11-20 sidechained by hand");
  std::string date = scoring.answers.text("date");
  if (date.empty())
    date =
        iso_time(scoring.now_ms + static_cast<std::int64_t>(number_of(scoring.exercise(), "wait_d")) * kDayMs)
            .substr(0, 10);
  days_of(date);
  const int least = count_of(scoring.exercise(), "least_attempts");
  outcome.passed = true;  // outcome and date are there, or check_answers had refused
  outcome.verdict = "You chose: " + lower(scoring.answers.text("outcome")) + ". Look again on " + date + ".";
  if (stopped != nullptr) outcome.verdict += " The first no was at \"" + stopped->title + "\"; start there.";
  if (static_cast<int>(attempts.size()) < least)
    outcome.verdict += " You wrote down " + counted(attempts.size(), "attempt", "attempts") + "; " +
                       std::to_string(least) + " make a surer answer.";
  outcome.kept = {{"thing", scoring.answers.text("thing")},
                  {"outcome", lower(scoring.answers.text("outcome"))},
                  {"date", date}};
  return outcome;
}

}  // namespace

const ExerciseProgram kQuestionsExercise = {"questions", first, prepare, score};

}  // namespace lacquer
