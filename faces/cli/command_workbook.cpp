#include <charconv>
#include <iostream>

#include "app/history.h"
#include "app/moment.h"
#include "app/user_workbook.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

constexpr std::size_t kMostNoteBytes = 1 << 20;  // more is refused by the workbook in any case

// The note itself, or with "-" what comes on standard input.
std::string note_text(const std::string& text) {
  if (text != "-") return text;
  std::string all;
  for (char c = 0; all.size() < kMostNoteBytes && std::cin.get(c);) all += c;
  if (!all.empty() && all.back() == '\n') all.pop_back();
  return all;
}

int add_note(const Arguments& a) {
  if (a.term.empty())
    throw WrongUsage("the note has no words; give them in quotation marks, or - to read them");
  const std::int64_t number = keep_note(workbook_file(), {0, now_ms(), a.subject, note_text(a.term)});
  print("Note " + std::to_string(number) + " is kept; lacquer workbook shows it, lacquer find finds it.\n");
  return kDone;
}

int remove_note(const Arguments& a) {
  std::int64_t number = 0;
  const char* end = a.term.data() + a.term.size();
  const auto [stopped, failed] = std::from_chars(a.term.data(), end, number);
  if (failed != std::errc() || stopped != end)
    throw WrongUsage("forget takes the number of a note; lacquer workbook shows it");
  forget_note(workbook_file(), number);
  print("Note " + a.term + " is forgotten.\n");
  return kDone;
}

int import(const Arguments& a) {
  print(import_text(import_workbook(a.import_file, workbook_file())) + "\n");
  return kDone;
}

// What was written, a line each; nothing where nothing was asked for.
std::string write_files(const Arguments& a, const Entries& entries, const CoreTrack& track) {
  const Paper paper = a.paper == "letter" ? Paper::kLetter : Paper::kA4;
  std::string text;
  if (a.pdf) {
    write_workbook_pdf(
        a.blank ? blank_workbook(track) : workbook_report(entries, track, now_ms(), Times::kDates), paper,
        *a.pdf);
    text += "Workbook: " + terminal_text(*a.pdf) + "\n";
  }
  if (a.html) {
    write_workbook_html(workbook_report(entries, track, now_ms(), Times::kDates), *a.html);
    text += "Workbook: " + terminal_text(*a.html) + "\n";
  }
  if (!a.export_file.empty()) {
    export_workbook(entries, a.export_file);
    text += "Workbook: " + terminal_text(a.export_file) + "\n";
  }
  return text;
}

}  // namespace

int run_workbook(const Arguments& a) {
  if (a.no_history && (!a.action.empty() || !a.import_file.empty()))
    throw WrongUsage("--no-history keeps nothing; leave it out");
  if (a.blank && !a.pdf) throw WrongUsage("--blank is about paper; add --pdf F");
  if (a.action == "note") return add_note(a);
  if (a.action == "forget") return remove_note(a);
  if (!a.import_file.empty()) return import(a);
  const Entries entries = a.no_history ? Entries{} : read_entries(workbook_file());
  const CoreTrack track = load_core_track();
  const std::string written = write_files(a, entries, track);
  if (a.json)
    print(dump(workbook_json(entries, track)) + "\n");
  else
    print(written.empty()
              ? workbook_text(workbook_report(entries, track, now_ms(), Times::kFromNow), text_style())
              : written);
  return kDone;
}

}  // namespace lacquer::cli
