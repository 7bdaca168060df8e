#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// How a service changes the level of a track, and what a delivery specification asks for. Data: the rules are
// loaded by `library` from content/platforms.toml, each with its source, date and confidence.

enum class PlatformKind {
  kPlayback,       // a service changes the level when it plays
  kDelivery,       // a level the file itself must have
  kRecommendation  // what a standards body asks services to do
};
// With L the integrated loudness, P the true peak, T the reference and C the ceiling for upward gain:
enum class GainRule {
  kNone,         // 0
  kDownOnly,     // min(0, T - L)
  kPeakLimited,  // T - L when that is downward, else as much of it as P allows: max(0, min(T - L, C - P))
  kLimiter,      // T - L, then a limiter at the service's threshold
  kMatch         // T - L without a guard: a delivery level that the producer makes so
};
enum class Confidence { kHigh, kMedium, kLow };
enum class LimitedBy { kNone, kPeak, kRule, kLimiter };

std::string_view to_string(PlatformKind kind);      // "playback", "delivery", "recommendation"
std::string_view to_string(GainRule rule);          // "none", "down_only", "peak_limited", "limiter", "match"
std::string_view to_string(Confidence confidence);  // "high", "medium", "low"
std::string_view to_string(LimitedBy limit);        // "none", "peak", "rule", "limiter"

// A form in which a service delivers audio to listeners.
struct PlatformCodec {
  std::string codec;                // "vorbis", "opus", "aac", "he-aac", "he-aac-v2", "mp3", "flac", "alac"
  std::optional<int> bitrate_kbps;  // of a lossy one
  std::optional<int> bits;          // of a lossless one
  std::optional<double> sample_rate_hz;  // the highest it delivers
  bool operator==(const PlatformCodec&) const = default;
};

struct PlatformRule {
  std::string id;    // "spotify"
  std::string mode;  // "normal"
  std::string name;  // "Spotify, Normal"
  PlatformKind kind = PlatformKind::kPlayback;
  GainRule gain = GainRule::kNone;
  std::optional<double> reference_lufs;          // none only with kNone
  std::optional<double> up_ceiling_dbtp;         // only with kPeakLimited
  std::optional<double> limiter_threshold_dbfs;  // only with kLimiter; such a limiter looks at sample peaks
  bool album_scope = false;                      // one gain for a whole release
  bool track_scope = false;                 // a gain for each track; where both are true the player decides
  bool by_loudest_track = false;            // in album scope: the loudest track decides, not the whole
  bool default_mode = false;                // what most listeners hear unless they change a setting
  std::optional<double> tolerance_lu;       // of a delivery level
  std::optional<double> ceiling_dbtp;       // advice to the producer, not a limit at playback
  std::optional<double> loud_ceiling_dbtp;  // the same for a master louder than loud_above_lufs
  std::optional<double> loud_above_lufs;
  std::vector<PlatformCodec> codecs;
  std::string note;
  std::string source;
  std::string dated;         // the year or date the source carries, or when it was read
  bool first_party = false;  // stated by the service or standards body itself
  Confidence confidence = Confidence::kLow;
};

struct PlaybackOutcome {
  double gain_db = 0.0;
  double playback_lufs = 0.0;  // with kLimiter: before the service's limiter, which lowers it somewhat
  double playback_dbtp = 0.0;  // with kLimiter: at most the limiter's threshold
  LimitedBy limited_by = LimitedBy::kNone;
  double limiter_reduction_db = 0.0;  // the most the service's limiter can take off, judged by the true peak
};

// What the platform does to a track (or, in album scope, to a release measured as one). Both levels finite.
PlaybackOutcome play_on(const PlatformRule& platform, double integrated_lufs, double true_peak_dbtp);

}  // namespace lacquer
