#include "playback/platforms.h"

#include <algorithm>

namespace lacquer {

std::string_view to_string(PlatformKind kind) {
  switch (kind) {
    case PlatformKind::kPlayback:
      return "playback";
    case PlatformKind::kDelivery:
      return "delivery";
    case PlatformKind::kRecommendation:
      return "recommendation";
  }
  return "playback";
}

std::string_view to_string(GainRule rule) {
  switch (rule) {
    case GainRule::kNone:
      return "none";
    case GainRule::kDownOnly:
      return "down_only";
    case GainRule::kPeakLimited:
      return "peak_limited";
    case GainRule::kLimiter:
      return "limiter";
    case GainRule::kMatch:
      return "match";
  }
  return "none";
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::kHigh:
      return "high";
    case Confidence::kMedium:
      return "medium";
    case Confidence::kLow:
      return "low";
  }
  return "low";
}

std::string_view to_string(LimitedBy limit) {
  switch (limit) {
    case LimitedBy::kNone:
      return "none";
    case LimitedBy::kPeak:
      return "peak";
    case LimitedBy::kRule:
      return "rule";
    case LimitedBy::kLimiter:
      return "limiter";
  }
  return "none";
}

PlaybackOutcome play_on(const PlatformRule& platform, double integrated_lufs, double true_peak_dbtp) {
  PlaybackOutcome outcome;
  outcome.playback_lufs = integrated_lufs;
  outcome.playback_dbtp = true_peak_dbtp;
  if (platform.gain == GainRule::kNone || !platform.reference_lufs) return outcome;

  const double wanted = *platform.reference_lufs - integrated_lufs;
  outcome.gain_db = wanted;
  if (platform.gain == GainRule::kDownOnly && wanted > 0.0) {
    outcome.gain_db = 0.0;
    outcome.limited_by = LimitedBy::kRule;
  } else if (platform.gain == GainRule::kPeakLimited && wanted > 0.0) {
    // A track without headroom is not lifted, but never turned down for its peak alone.
    const double headroom = platform.up_ceiling_dbtp.value_or(0.0) - true_peak_dbtp;
    outcome.gain_db = std::max(0.0, std::min(wanted, headroom));
    if (outcome.gain_db < wanted) outcome.limited_by = LimitedBy::kPeak;
  }
  outcome.playback_lufs += outcome.gain_db;
  outcome.playback_dbtp += outcome.gain_db;
  if (platform.gain == GainRule::kLimiter) {
    const double threshold = platform.limiter_threshold_dbfs.value_or(0.0);
    if (outcome.playback_dbtp > threshold) {
      outcome.limiter_reduction_db = outcome.playback_dbtp - threshold;
      outcome.playback_dbtp = threshold;
      outcome.limited_by = LimitedBy::kLimiter;
    }
  }
  return outcome;
}

}  // namespace lacquer
