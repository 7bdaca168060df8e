#include "library/content.h"
#include "library/thresholds.h"

namespace lacquer {

SectionRules parse_section_rules(std::string_view text, const std::string& name) {
  SectionRules rules;
  const std::vector<Threshold> wanted = {
      {"parts", "least_piece_s", "s", 0, 600, &rules.least_piece_s},
      {"parts", "least_s", "s", 2, 120, &rules.least_s},
      {"parts", "step_lu", "LU", 0.5, 20, &rules.step_lu},
      {"parts", "band_weight", "factor", 0, 1, &rules.band_weight},
      {"parts", "depth_lu", "LU", 3, 60, &rules.depth_lu},
      {"parts", "contrast_lu", "LU", 0.5, 20, &rules.contrast_lu},
      {"edges", "edge_s", "s", 0, 600, &rules.edge_s},
      {"edges", "edge_share", "share", 0, 1, &rules.edge_share},
      {"drop", "drop_loudness_lu", "LU", 0, 20, &rules.drop_loudness_lu},
      {"drop", "drop_bass_db", "dB", 0, 40, &rules.drop_bass_db},
  };
  read_thresholds(text, name, wanted, {});
  return rules;
}

}  // namespace lacquer
