#include "core/error.h"
#include "workbook/workbook.h"

// All entries at once: what an export holds and an import adds.

namespace lacquer {
namespace {

// Whether a query has a row.
template <class... Values>
bool is_there(const Database& database, const char* sql, const Values&... values) {
  return Statement(database, sql).with(values...).step();
}

}  // namespace

void Workbook::require_room(const std::string& table) const {
  Statement row(database_, "SELECT count(*) FROM " + table);
  if (row.step() && row.integer(0) >= kMostEntries)
    throw Error("the workbook is full; export it, and move this file away to begin a new one");
}

Entries Workbook::entries() const {
  const Transaction look(database_, Access::kRead);
  return {answers(), progress(), scores(), decisions(), notes()};
}

EntryCounts Workbook::add(const Entries& entries) {
  for (const Answer& one : entries.answers) check_entry(one);
  for (const LessonProgress& one : entries.progress) check_entry(one);
  for (const Score& one : entries.scores) check_entry(one);
  for (const Decision& one : entries.decisions) check_entry(one);
  for (const Note& one : entries.notes) check_entry(one);
  Transaction transaction(database_);
  EntryCounts added;
  for (const Answer& one : entries.answers) added.answers += insert_if_new(one) ? 1 : 0;
  for (const LessonProgress& one : entries.progress) added.progress += insert(one) > 0 ? 1 : 0;
  for (const Score& one : entries.scores) added.scores += insert_if_new(one) ? 1 : 0;
  for (const Decision& one : entries.decisions) added.decisions += merge(one) ? 1 : 0;
  for (const Note& one : entries.notes) added.notes += insert_if_new(one) ? 1 : 0;
  transaction.commit();
  return added;
}

bool Workbook::insert_if_new(const Answer& answer) {
  if (is_there(database_,
               "SELECT 1 FROM answers WHERE lesson = ? AND prompt = ? AND answered_ms = ? AND text = ?",
               answer.lesson, answer.prompt, answer.answered_ms, answer.text))
    return false;
  require_room("answers");
  insert(answer);
  return true;
}

bool Workbook::insert_if_new(const Score& score) {
  if (is_there(database_,
               "SELECT 1 FROM scores WHERE lesson = ? AND scored_ms = ? AND kind = ? AND document = ?",
               score.lesson, score.scored_ms, score.kind, score.document))
    return false;
  require_room("scores");
  insert(score);
  return true;
}

bool Workbook::insert_if_new(const Note& note) {
  if (is_there(database_, "SELECT 1 FROM notes WHERE made_ms = ? AND subject = ? AND text = ?", note.made_ms,
               note.subject, note.text))
    return false;
  require_room("notes");
  insert(note);
  return true;
}

bool Workbook::merge(const Decision& decision) {
  Statement row(database_,
                "SELECT id, changed_ms FROM decisions WHERE kind = ? AND subject = ? AND made_ms = ?");
  if (!row.with(decision.kind, decision.subject, decision.made_ms).step()) {
    require_room("decisions");
    insert(decision);
    return true;
  }
  if (row.integer(1) >= decision.changed_ms) return false;
  Decision newer = decision;
  newer.id = row.integer(0);
  update_decision(newer);
  return true;
}

}  // namespace lacquer
