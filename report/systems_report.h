#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/source_info.h"
#include "judge/finding.h"
#include "judge/translation.h"
#include "report/canvas.h"
#include "report/document.h"
#include "report/terminal.h"

namespace lacquer {

// What each playback system loses of a track.
struct SystemsReport {
  std::string version;
  std::string file_name;
  SourceInfo source;
  double duration_s = 0.0;
  std::optional<ChosenTarget> target;  // none for silence
  std::vector<Section> sections;
  std::vector<SystemTranslation> systems;
  std::vector<std::string> rendered;  // paths of what was written to listen to
};

std::string systems_text(const SystemsReport& report, const TextStyle& style);
// Its page; `report` must outlive it.
Document systems_document(const SystemsReport& report);

// A row for each system: of each critical band how much is heard, and a line where a record of the target's
// shape stands. Parts that lose too much are tinted.
void draw_systems(Canvas& canvas, const std::vector<SystemTranslation>& systems);
double systems_height(const std::vector<SystemTranslation>& systems, double width_pt);

}  // namespace lacquer
