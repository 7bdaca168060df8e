#include "workbook/workbook.h"

namespace lacquer {
namespace {

const std::string kAnswers = "SELECT lesson, prompt, answered_ms, text FROM answers ";

Answer read_answer(const Statement& row) {
  return {row.text(0), static_cast<int>(row.integer(1)), row.integer(2), row.text(3)};
}

std::vector<Answer> read_answers(Statement& rows) {
  std::vector<Answer> answers;
  while (rows.step()) answers.push_back(read_answer(rows));
  return answers;
}

const std::string kScores = "SELECT lesson, kind, scored_ms, document FROM scores ";

std::vector<Score> read_scores(Statement& rows) {
  std::vector<Score> scores;
  while (rows.step()) scores.push_back({rows.text(0), rows.text(1), rows.integer(2), rows.text(3)});
  return scores;
}

}  // namespace

void Workbook::add_answer(const Answer& answer) {
  check_entry(answer);
  Transaction transaction(database_);
  require_room("answers");
  insert(answer);
  transaction.commit();
}

void Workbook::insert(const Answer& answer) {
  Statement(database_, "INSERT INTO answers VALUES (NULL, ?, ?, ?, ?)")
      .with(answer.lesson, answer.prompt, answer.answered_ms, answer.text)
      .run();
}

std::vector<Answer> Workbook::answers(const std::string& lesson) const {
  Statement rows(database_, kAnswers + "WHERE lesson = ? ORDER BY prompt, answered_ms, id LIMIT ?");
  return read_answers(rows.with(lesson, kMostEntries));
}

std::vector<Answer> Workbook::answers() const {
  Statement rows(database_, kAnswers + "ORDER BY answered_ms, id LIMIT ?");
  return read_answers(rows.with(kMostEntries));
}

std::optional<FirstAndNewest> Workbook::first_and_newest(const std::string& lesson, int prompt) const {
  const auto end_of_line = [&](const std::string& order) {
    Statement row(database_, kAnswers + "WHERE lesson = ? AND prompt = ? ORDER BY answered_ms " + order +
                                 ", id " + order + " LIMIT 1");
    return row.with(lesson, prompt).step() ? std::optional(read_answer(row)) : std::nullopt;
  };
  std::optional<Answer> first = end_of_line("ASC");
  std::optional<Answer> newest = end_of_line("DESC");
  if (!first || !newest) return std::nullopt;
  return FirstAndNewest{*std::move(first), *std::move(newest)};
}

void Workbook::mark_lesson(const std::string& lesson, LessonState state, std::int64_t at_ms) {
  LessonProgress progress{lesson, std::nullopt, std::nullopt};
  (state == LessonState::kDone ? progress.done_ms : progress.started_ms) = at_ms;
  check_entry(progress);
  Transaction transaction(database_);
  require_room("lesson_progress");
  insert(progress);
  transaction.commit();
}

int Workbook::insert(const LessonProgress& progress) {
  int changed = 0;
  const auto mark = [&](const char* state, const std::optional<std::int64_t>& at_ms) {
    if (!at_ms) return;
    Statement(database_,
              "INSERT INTO lesson_progress VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at_ms = "
              "excluded.at_ms WHERE excluded.at_ms < at_ms")
        .with(progress.lesson, state, *at_ms)
        .run();
    changed += database_.changes();
  };
  mark("started", progress.started_ms);
  mark("done", progress.done_ms);
  return changed;
}

std::vector<LessonProgress> Workbook::progress() const {
  std::vector<LessonProgress> lessons;
  Statement rows(database_,
                 "SELECT lesson, min(at_ms) FILTER (WHERE state = 'started'), min(at_ms) FILTER (WHERE state "
                 "= 'done') FROM lesson_progress GROUP BY lesson ORDER BY lesson LIMIT ?");
  rows.with(kMostEntries);
  while (rows.step()) lessons.push_back({rows.text(0), rows.integer_if_any(1), rows.integer_if_any(2)});
  return lessons;
}

void Workbook::add_score(const Score& score) {
  check_entry(score);
  Transaction transaction(database_);
  require_room("scores");
  insert(score);
  transaction.commit();
}

void Workbook::insert(const Score& score) {
  Statement(database_, "INSERT INTO scores VALUES (NULL, ?, ?, ?, ?)")
      .with(score.lesson, score.kind, score.scored_ms, score.document)
      .run();
}

std::vector<Score> Workbook::scores(const std::string& lesson) const {
  Statement rows(database_, kScores + "WHERE lesson = ? ORDER BY scored_ms, id LIMIT ?");
  return read_scores(rows.with(lesson, kMostEntries));
}

std::vector<Score> Workbook::scores() const {
  Statement rows(database_, kScores + "ORDER BY scored_ms, id LIMIT ?");
  return read_scores(rows.with(kMostEntries));
}

}  // namespace lacquer
