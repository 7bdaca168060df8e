#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "judge/target.h"
#include "judge/vocabulary.h"
#include "measure/measurements.h"

namespace lacquer {

// The judgement of a piece of audio: the twelve items of the diagnostic pass, and its faults.

enum class Verdict { kPass, kLook, kFix, kListen, kNotApplicable };
enum class CheckStage { kBefore, kListen, kExport };
enum class Where { kMix, kMaster, kExport, kNone };
enum class Severity { kLook, kFix };

std::string_view to_string(Verdict verdict);  // "pass", "look", "fix", "listen", "n/a"
// 0 pass, 1 look, 2 fix; nothing for listen and n/a, which cannot be better or worse than another verdict.
std::optional<int> verdict_rank(Verdict verdict);
std::string_view to_string(CheckStage stage);   // "before", "listen", "export"
std::string_view to_string(Where where);        // "mix", "master", "export", "none"
std::string_view to_string(Severity severity);  // "look", "fix"

struct Evidence {
  std::string metric;  // "true_peak"
  double value = 0.0;
  std::string unit;  // "dBTP"
  std::optional<double> threshold;
  std::optional<double> distance;  // how far from the threshold; positive on the good side of it
};

struct ListenPassage {
  double from_s = 0.0;
  double to_s = 0.0;
  std::string how;
};

struct Finding {
  int item = 0;  // 1 to 12
  std::string id;
  CheckStage stage = CheckStage::kBefore;
  Verdict verdict = Verdict::kNotApplicable;
  double confidence = 0.0;  // 0 to 1
  std::string title;
  std::vector<Evidence> evidence;
  std::vector<TimeRange> when;
  std::string why;
  std::string action;  // "do" in JSON
  Where where = Where::kNone;
  std::optional<ListenPassage> listen;
};

struct Fault {
  std::string id;
  Severity severity = Severity::kLook;
  double confidence = 0.0;
  std::vector<TimeRange> when;
  std::string why;
};

struct Role {
  enum class Kind { kMix, kMaster };
  enum class Purpose { kStreaming, kClub, kBoth };
  Kind as = Kind::kMix;
  Purpose purpose = Purpose::kStreaming;
  bool guessed = true;
  std::string why;
};

std::string_view to_string(Role::Kind kind);        // "mix", "master"
std::string_view to_string(Role::Purpose purpose);  // "streaming", "club", "both"

// A part of the piece that differs from its neighbours.
struct Section {
  std::string name;  // "intro", "quiet", "loud", "drop", "outro"
  TimeRange when;
  double loudness_lufs = 0.0;
};

struct Diagnosis {
  Role role;
  std::vector<Finding> findings;  // always twelve, in order
  std::vector<Fault> faults;
  std::optional<ChosenTarget> target{};  // none where there is no sound to compare
  std::vector<Word> words{};             // those that stand out first, strongest first
  std::vector<Section> sections{};
};

// The finding of item 1 to 12.
const Finding& item(const Diagnosis& diagnosis, int number);
// True where items 2 to 4 say that the mix must be fixed before mastering.
// (peak level and prior limiting never reach `fix` in a master).
bool mix_must_be_fixed(const Diagnosis& diagnosis);
// The one change to the mix to make first when it must be fixed, as a sentence; empty when it need not be.
std::string smallest_mix_change(const Diagnosis& diagnosis);

}  // namespace lacquer
