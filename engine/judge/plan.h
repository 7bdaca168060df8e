#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lacquer {

// A plan: which of the seven stages a track warrants, how hard, and why. Plain data that a person can read,
// edit and render again; only `chain` knows how it becomes processing.

enum class Stage {
  kGainStaging,
  kCorrectiveEq,
  kMultibandCompression,
  kEnhancingEq,
  kSaturation,
  kStereoWidth,
  kLimiting
};
inline constexpr std::array kStages = {
    Stage::kGainStaging, Stage::kCorrectiveEq, Stage::kMultibandCompression,
    Stage::kEnhancingEq, Stage::kSaturation,   Stage::kStereoWidth,
    Stage::kLimiting};
enum class Treatment { kCorrective, kEnhancing, kNone };
enum class StageState { kOn, kOffered, kOff };

std::string_view to_string(Stage stage);  // "gain-staging", …
std::string_view title(Stage stage);      // "Gain staging", …
std::string_view tag(Stage stage);        // "foundational", "if-needed", "optional", "always-last"
std::string_view to_string(Treatment treatment);
std::string_view to_string(StageState state);
std::optional<Stage> stage_from(std::string_view id);
std::optional<Treatment> treatment_from(std::string_view id);
std::optional<StageState> stage_state_from(std::string_view id);

// What a trial of a stage showed: the piece with it against the piece without it, equally loud.
struct Trial {
  bool kept = false;
  double improved_db = 0.0;  // of the stage's own evidence
  double worse_db = 0.0;     // of the item that lost most by it
  std::string evidence;      // what improved: "muddy_deviation"; may be empty
  std::string worse_item;    // the item that lost most; empty where none did
  std::string note;          // what was decided and why, where that needs a sentence
};

struct PlanParameter {
  std::string id;  // as the stage's parameter description names it, unit last
  double value = 0.0;
  bool operator==(const PlanParameter&) const = default;
};

// The id of one point of a matching curve, of "mid" or "side": "match_side_1000_hz_db" for the third-octave
// kThirdOctaveHz[band] (measure/spectrum_bands.h).
std::string match_id(std::string_view channels, std::size_t band);

struct PlanStage {
  Stage stage = Stage::kGainStaging;
  Treatment treatment = Treatment::kNone;
  StageState state = StageState::kOff;
  std::string reason;
  std::vector<std::string> findings;  // ids of the items that nominated it
  std::optional<Trial> trial;
  std::vector<PlanParameter> parameters;
  std::string too_far;  // how one would hear that the stage does too much

  std::optional<double> parameter(std::string_view id) const;
};

inline constexpr int kMostAlbumSongs = 99;  // as many tracks as a CD has (IEC 60908)

// The release a plan belongs to, where several songs were levelled as one.
struct AlbumLevel {
  int songs = 0;
  double loudness_lufs = 0.0;  // of all of them, one after the other
  double gain_db = 0.0;        // into the limiter, the same for each of them
  bool operator==(const AlbumLevel&) const = default;
};

// The master that a plan was rendered into.
struct RenderRecord {
  std::string program;  // "Lacquer 0.1.0"
  std::string path;
  std::string sha256;
  std::string format = "wav";    // "wav", "flac" or "aiff"
  int bits = 24;                 // 16, 24, or 32 for floating point
  std::string dither = "plain";  // "plain" or "shaped"
  double sample_rate_hz = 44100.0;
  bool operator==(const RenderRecord&) const = default;
};

struct Plan {
  int schema = 1;
  std::string source_path;
  std::string source_sha256;
  std::optional<RenderRecord> rendered;
  std::optional<AlbumLevel> album;
  std::optional<std::string> target;
  std::optional<double> loudness_lufs;  // where the master lands; empty: the ceiling only, no drive
  double ceiling_dbtp = -1.0;
  std::string why;
  std::array<PlanStage, 7> stages;  // always all seven, in chain order

  const PlanStage& at(Stage stage) const { return stages[static_cast<std::size_t>(stage)]; }
  PlanStage& at(Stage stage) { return stages[static_cast<std::size_t>(stage)]; }
};

}  // namespace lacquer
