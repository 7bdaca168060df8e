#include "workbook/tables.h"

#include <array>

namespace lacquer {
namespace {

// Times are milliseconds since 1970, UTC. Verdicts, severities and states are the words of the interface.
constexpr std::array<Table, 18> kTables = {{
    // A song is named by the user, or else by the path it was first checked at.
    {1, "songs", "CREATE TABLE songs (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"},
    {1, "paths",
     "CREATE TABLE paths (path BLOB PRIMARY KEY, song INTEGER NOT NULL REFERENCES songs ON DELETE CASCADE)"},
    // What a file holds, wherever it lies: a copy is the same version.
    {1, "versions",
     "CREATE TABLE versions (id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL UNIQUE, first_seen_ms INTEGER NOT "
     "NULL)"},
    {1, "checks",
     "CREATE TABLE checks (id INTEGER PRIMARY KEY, song INTEGER NOT NULL REFERENCES songs ON DELETE CASCADE, "
     "version INTEGER NOT NULL REFERENCES versions, path BLOB NOT NULL, checked_ms INTEGER NOT NULL, "
     "role TEXT NOT NULL, purpose TEXT NOT NULL, target TEXT NOT NULL, duration_s REAL, integrated_lufs "
     "REAL, "
     "range_lu REAL, true_dbtp REAL, plr_db REAL, mono_loss_db REAL, UNIQUE (song, version))"},
    {1, "checks_version", "CREATE INDEX checks_version ON checks (version)"},
    {1, "findings",
     "CREATE TABLE findings (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, item INTEGER NOT "
     "NULL, "
     "id TEXT NOT NULL, verdict TEXT NOT NULL, confidence REAL, PRIMARY KEY (check_id, item)) WITHOUT ROWID"},
    {1, "evidence",
     "CREATE TABLE evidence (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, item INTEGER NOT "
     "NULL, "
     "place INTEGER NOT NULL, metric TEXT NOT NULL, value REAL, unit TEXT NOT NULL, threshold REAL, distance "
     "REAL, "
     "PRIMARY KEY (check_id, item, place)) WITHOUT ROWID"},
    {1, "faults",
     "CREATE TABLE faults (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, place INTEGER NOT "
     "NULL, "
     "id TEXT NOT NULL, severity TEXT NOT NULL, confidence REAL, PRIMARY KEY (check_id, place)) WITHOUT "
     "ROWID"},
    {1, "words",
     "CREATE TABLE words (check_id INTEGER NOT NULL REFERENCES checks ON DELETE CASCADE, place INTEGER NOT "
     "NULL, "
     "term TEXT NOT NULL, state TEXT NOT NULL, deviation_db REAL, low_hz REAL, high_hz REAL, "
     "PRIMARY KEY (check_id, place)) WITHOUT ROWID"},
    {1, "masters",
     "CREATE TABLE masters (id INTEGER PRIMARY KEY, song INTEGER NOT NULL REFERENCES songs ON DELETE "
     "CASCADE, "
     "version INTEGER NOT NULL REFERENCES versions, path BLOB NOT NULL, made_ms INTEGER NOT NULL, "
     "integrated_lufs REAL, true_dbtp REAL)"},
    // Every answer to a lesson's prompt is kept; the first and the newest are shown side by side.
    {2, "answers",
     "CREATE TABLE answers (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, prompt INTEGER NOT NULL, "
     "answered_ms INTEGER NOT NULL, text TEXT NOT NULL)"},
    {2, "answers_prompt", "CREATE INDEX answers_prompt ON answers (lesson, prompt, answered_ms)"},
    // When a lesson was first started and first done.
    {2, "lesson_progress",
     "CREATE TABLE lesson_progress (lesson TEXT NOT NULL, state TEXT NOT NULL CHECK (state IN ('started', "
     "'done')), at_ms INTEGER NOT NULL, PRIMARY KEY (lesson, state)) WITHOUT ROWID"},
    // What an exercise found, as JSON.
    {2, "scores",
     "CREATE TABLE scores (id INTEGER PRIMARY KEY, lesson TEXT NOT NULL, kind TEXT NOT NULL, scored_ms "
     "INTEGER NOT NULL, document TEXT NOT NULL)"},
    {2, "scores_lesson", "CREATE INDEX scores_lesson ON scores (lesson, scored_ms)"},
    // About gear and releases; a settled one has no date any more at which it is due.
    {2, "decisions",
     "CREATE TABLE decisions (id INTEGER PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('gear', "
     "'release')), subject TEXT NOT NULL, made_ms INTEGER NOT NULL, due_ms INTEGER, state TEXT NOT NULL, "
     "changed_ms INTEGER NOT NULL, document TEXT NOT NULL)"},
    {2, "decisions_due", "CREATE INDEX decisions_due ON decisions (due_ms)"},
    // What the user writes down.
    {2, "notes",
     "CREATE TABLE notes (id INTEGER PRIMARY KEY, made_ms INTEGER NOT NULL, subject TEXT NOT NULL, text TEXT "
     "NOT NULL)"},
}};

}  // namespace

std::span<const Table> workbook_tables() { return kTables; }

}  // namespace lacquer
