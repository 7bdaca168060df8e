#pragma once

#include <string>
#include <vector>

#include "judge/finding.h"
#include "library/sheet_content.h"
#include "report/sheet.h"

namespace lacquer {

// The page that says whether a release is ready, to print and sign. As many pages as it takes.

struct ReadinessLine {
  Verdict verdict = Verdict::kPass;
  std::string about;  // a track; may be empty
  std::string what;
  std::string action;  // may be empty
};

struct ReadinessPart {
  std::string title;
  std::vector<ReadinessLine> lines;
};

struct Readiness {
  std::string title;               // of the release
  std::string summary;             // one sentence
  std::vector<std::string> facts;  // artist, day, codes: a line each
  std::vector<ReadinessPart> parts;
  SheetSection schedule;             // form kTimeline, its `ask`s the days; no items: none
  std::vector<std::string> signers;  // names, some of which may be empty
  std::vector<std::string> credits;
};

// Draws the pages; `readiness` must outlive them.
std::vector<Draw> readiness_pages(const Readiness& readiness, Paper paper);

// Same bytes for the same readiness. Throw Error where Cairo cannot draw. `text` is the same in words.
std::string readiness_pdf(const Readiness& readiness, Paper paper);
std::string readiness_html(const Readiness& readiness, const std::string& text, const std::string& version,
                           Paper paper);

}  // namespace lacquer
