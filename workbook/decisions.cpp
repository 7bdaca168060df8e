#include "core/error.h"
#include "workbook/workbook.h"

namespace lacquer {
namespace {

const std::string kDecisions =
    "SELECT id, kind, subject, made_ms, due_ms, state, changed_ms, document FROM decisions ";

std::vector<Decision> read_decisions(Statement& rows) {
  std::vector<Decision> decisions;
  while (rows.step())
    decisions.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.integer(3), rows.integer_if_any(4),
                         rows.text(5), rows.integer(6), rows.text(7)});
  return decisions;
}

}  // namespace

std::int64_t Workbook::add_decision(const Decision& decision) {
  check_entry(decision);
  Transaction transaction(database_);
  require_room("decisions");
  const std::int64_t id = insert(decision);
  transaction.commit();
  return id;
}

std::int64_t Workbook::insert(const Decision& decision) {
  Statement(database_, "INSERT INTO decisions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?)")
      .with(decision.kind, decision.subject, decision.made_ms, decision.due_ms, decision.state,
            decision.changed_ms, decision.document)
      .run();
  return database_.last_row_id();
}

void Workbook::update_decision(const Decision& decision) {
  check_entry(decision);
  Statement(database_,
            "UPDATE decisions SET due_ms = ?, state = ?, changed_ms = ?, document = ? WHERE id = ?")
      .with(decision.due_ms, decision.state, decision.changed_ms, decision.document, decision.id)
      .run();
  if (database_.changes() == 0) throw Error("this decision is not in the workbook; look at the list");
}

std::optional<Decision> Workbook::decision(std::int64_t id) const {
  Statement rows(database_, kDecisions + "WHERE id = ?");
  std::vector<Decision> found = read_decisions(rows.with(id));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Decision> Workbook::decisions() const {
  Statement rows(database_, kDecisions + "ORDER BY made_ms, id LIMIT ?");
  return read_decisions(rows.with(kMostEntries));
}

std::vector<Decision> Workbook::decisions(const std::string& kind) const {
  Statement rows(database_, kDecisions + "WHERE kind = ? ORDER BY made_ms, id LIMIT ?");
  return read_decisions(rows.with(kind, kMostEntries));
}

std::vector<Decision> Workbook::due_before(std::int64_t at_ms) const {
  Statement rows(database_, kDecisions + "WHERE due_ms < ? ORDER BY due_ms, id LIMIT ?");
  return read_decisions(rows.with(at_ms, kMostEntries));
}

std::int64_t Workbook::add_note(const Note& note) {
  check_entry(note);
  Transaction transaction(database_);
  require_room("notes");
  const std::int64_t id = insert(note);
  transaction.commit();
  return id;
}

std::int64_t Workbook::insert(const Note& note) {
  Statement(database_, "INSERT INTO notes VALUES (NULL, ?, ?, ?)")
      .with(note.made_ms, note.subject, note.text)
      .run();
  return database_.last_row_id();
}

bool Workbook::remove_note(std::int64_t id) {
  Statement(database_, "DELETE FROM notes WHERE id = ?").with(id).run();
  return database_.changes() > 0;
}

std::vector<Note> Workbook::notes() const {
  std::vector<Note> notes;
  Statement rows(database_, "SELECT id, made_ms, subject, text FROM notes ORDER BY made_ms, id LIMIT ?");
  rows.with(kMostEntries);
  while (rows.step()) notes.push_back({rows.integer(0), rows.integer(1), rows.text(2), rows.text(3)});
  return notes;
}

}  // namespace lacquer
