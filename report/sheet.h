#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/finding.h"
#include "judge/plan.h"
#include "judge/vocabulary.h"
#include "library/sheet_content.h"
#include "measure/measurements.h"
#include "playback/platforms.h"
#include "report/canvas.h"
#include "report/charts.h"
#include "report/paper.h"
#include "report/terminal.h"

namespace lacquer {

// The printable sheets. One or two pages each; with a track, what was measured of it stands on them.

struct SheetTrack {
  std::string file_name;  // as the user should read it
  Measurements measurements;
  Diagnosis diagnosis;
  std::optional<Plan> plan;  // only the chain asks for it
};

struct PrintedSheet {
  Sheet sheet;
  std::vector<PlatformRule> platforms;     // what the platform chart is drawn from
  std::vector<VocabularyTerm> vocabulary;  // and the vocabulary
  std::optional<SheetTrack> track{};
};

// One drawing for each page; `sheet` must outlive them. A page takes the largest type at which everything
// fits; where nothing does, the last lines run over its foot.
std::vector<Draw> sheet_pages(const PrintedSheet& sheet);

// Same bytes for the same sheet. Throw Error where Cairo cannot draw.
std::string sheet_pdf(const PrintedSheet& sheet, Paper paper);
std::vector<std::string> sheet_svgs(const PrintedSheet& sheet, Paper paper);  // one for each side

// The drawings on one page with their words below. `version` is the program's.
std::string sheet_html(const PrintedSheet& sheet, const std::string& version, Paper paper);

// The same as text.
std::string sheet_text(const PrintedSheet& sheet, const TextStyle& style);

}  // namespace lacquer
