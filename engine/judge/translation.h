#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "judge/target.h"
#include "measure/measurements.h"
#include "playback/heard.h"
#include "playback/systems.h"

namespace lacquer {

// Which losses on a system are worth saying, loaded by `library` from content/rules/translation.toml. Every
// small system loses bass from every record: what counts is what a track loses beyond a record of the
// target's shape.
struct TranslationRules {
  double kept_of_target = 0.0;        // lost: less is heard than so much of the target's share …
  double least_gap = 0.0;             // … and by at least so much
  double noise_kept_of_target = 0.0;  // the same for what noise covers, and for what is lost in passages only
  double noise_least_gap = 0.0;
  double part_matters = 0.0;        // share of the whole loudness on the reference
  double noise_part_matters = 0.0;  // the same for what noise covers
  double local_s = 0.0;             // a loss in passages is said from so long on …
  double local_share = 0.0;         // … and so much of the time with sound
  double passage_matters = 0.0;     // a moment counts from so much of the part's mean loudness on
  // Side to mid of an ordinary record.
  double low_side_db = 0.0;  // below 120 Hz
  double mid_side_db = 0.0;  // to 500 Hz
  double high_side_db = 0.0;
};

// A stretch of the spectrum that people hear as one thing.
struct MusicPart {
  const char* id;      // "low-end"
  const char* name;    // "the low end"
  int first_band = 0;  // of bark_bands()
  int end_band = 0;
};
inline constexpr std::array<MusicPart, 4> kMusicParts = {{{"low-end", "the low end", 0, 3},
                                                          {"body", "the body", 3, 8},
                                                          {"voice", "the range of voices", 8, 15},
                                                          {"air", "the top", 15, 20}}};

enum class LossCause { kResponse, kMono, kNoise };
std::string_view to_string(LossCause cause);  // "response", "mono", "noise"

struct PartLoss {
  const MusicPart* part = nullptr;
  double low_hz = 0.0;  // of what is lost of it
  double high_hz = 0.0;
  double audible =
      0.0;  // share of the part's loudness that is heard, 0 to 1; in quiet unless noise is the cause
  double target_audible = 0.0;
  LossCause cause = LossCause::kResponse;
  bool local = false;           // in passages only; the shares are of these
  std::vector<TimeRange> when;  // where it is lost
  std::string why;
  std::string action;  // "do" in JSON
};

struct BandHeard {
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::optional<double> audible;         // 0 to 1; empty where the track has nothing to lose
  std::optional<double> target_audible;  // the same of a record of the target's shape
};

struct SystemTranslation {
  PlaybackSystem system;
  double loudness_change_lu = 0.0;
  std::vector<BandHeard> bands;  // bark_bands()
  std::vector<BandHeard> parts;  // kMusicParts
  std::vector<PartLoss> lost;    // the gravest first
  std::string why;               // one or two sentences
};

// What each system but the first (the reference) loses of a piece. Empty where there is nothing to hear.
std::vector<SystemTranslation> translate(const Measurements& audio, const TargetCurve& target,
                                         const std::vector<PlaybackSystem>& systems,
                                         const TranslationRules& rules);

// How far a loss goes beyond the target's: 0 as much, 1 where nothing is left.
inline double gravity(const PartLoss& loss) {
  return loss.target_audible > 0.0 ? 1.0 - loss.audible / loss.target_audible : 0.0;
}

}  // namespace lacquer
