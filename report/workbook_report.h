#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/sheet.h"
#include "report/terminal.h"

namespace lacquer {

// The workbook on screen and on paper. Every text is as the user wrote it, with any characters in it.

struct WorkbookWords {
  std::string when;  // as it should be read: "today 14:10"
  std::string text;
};

struct WorkbookPrompt {
  std::string prompt;
  std::optional<WorkbookWords> first;   // none: not answered yet
  std::optional<WorkbookWords> newest;  // none where there is no other one
};

struct WorkbookLesson {
  std::string title;  // "5. Three anchors"
  std::string state;  // "done 2026-11-20", "started today 14:10", empty
  bool is_done = false;
  std::vector<WorkbookPrompt> prompts;
};

struct WorkbookCourse {
  std::string title;
  std::vector<WorkbookLesson> lessons;
};

struct WorkbookEntry {
  std::string heading;
  std::string when;
  std::string text;  // may be empty
};

struct WorkbookReport {
  std::string summary;  // "4 of 30 lessons done, …"
  std::vector<WorkbookCourse> courses;
  std::vector<WorkbookEntry> decisions;
  std::vector<WorkbookEntry> notes;
  std::vector<std::string> due{};  // decisions that wait for an answer, a sentence each
};

// Lessons that were begun, decisions and notes; long answers are cut and say so.
std::string workbook_text(const WorkbookReport& report, const TextStyle& style);

// All lessons, whole answers, and lines to write on where there is none yet. Same bytes for the same report.
std::vector<Draw> workbook_pages(const WorkbookReport& report, Paper paper);
std::string workbook_pdf(const WorkbookReport& report, Paper paper);

// As on paper, without the lines. `version` is the program's.
std::string workbook_html(const WorkbookReport& report, const std::string& version);

}  // namespace lacquer
