#include "report/format.h"
#include "report/playback_reports.h"

namespace lacquer {

std::string rule_words(const PlatformRule& rule) {
  const std::string level = quantity(rule.reference_lufs, "LUFS");
  switch (rule.gain) {
    case GainRule::kNone:
      return "plays the file as it is";
    case GainRule::kDownOnly:
      return "down to " + level + ", never up";
    case GainRule::kPeakLimited:
      return "to " + level + ", up only until the peak is at " + quantity(rule.up_ceiling_dbtp, "dBTP");
    case GainRule::kLimiter:
      return "to " + level + ", then a limiter at " + quantity(rule.limiter_threshold_dbfs, "dBFS");
    case GainRule::kMatch:
      return "the file must have " + level +
             (rule.tolerance_lu ? " ± " + quantity(rule.tolerance_lu, "LU") : std::string());
  }
  return {};
}

std::string_view held_words(LimitedBy limit) {
  switch (limit) {
    case LimitedBy::kPeak:
      return "its true peak";
    case LimitedBy::kRule:
      return "never turned up";
    case LimitedBy::kLimiter:
      return "then limited";
    case LimitedBy::kNone:
      break;
  }
  return {};
}

std::string levels_words(const TrackLevels& levels) {
  std::string words = levels.integrated_lufs ? quantity(levels.integrated_lufs, "LUFS") : "no loudness";
  if (levels.true_dbtp) words += ", true peak " + quantity(levels.true_dbtp, "dBTP");
  if (levels.span) words += ", range " + quantity(levels.span->high_lufs - levels.span->low_lufs, "LU");
  if (const auto plr_db = levels.plr_db()) words += ", PLR " + quantity(plr_db, "dB");
  return words;
}

}  // namespace lacquer
