#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "judge/target.h"
#include "measure/measurements.h"

namespace lacquer {

// How a target is made of records, loaded by `library` from content/rules/learning.toml.
struct LearningRules {
  double least_s = 0.0;             // shorter records are left out
  double whole_s = 0.0;             // shorter ones count part_weight
  double part_weight = 0.0;         // 0 to 1; mono records too
  double own_spread_records = 0.0;  // from so many on, the spread of the records makes the tolerance …
  double spread_factor = 0.0;       // … as so many of their standard deviations …
  double least_tolerance = 0.0;     // … but no less than this share of the built-in curve's
};

// The tonal shape of one record, as far as it says something about records of its kind.
struct RecordShape {
  std::array<std::optional<double>, kTargetBands> level_db{};  // mean of 200 Hz to 2 kHz is 0 dB
  double weight = 1.0;
  std::string caution;  // why it counts less than 1; empty where it does not
};

// Why a record can be no part of a target; every other one gives its shape.
struct UnusableRecord {
  enum class Reason { kSilent, kShort, kNoSpectrum };
  Reason reason = Reason::kSilent;
  std::string why;  // "it is silent; …"
};

struct ReadRecord {
  std::optional<RecordShape> shape;
  std::optional<UnusableRecord> unusable;  // one of the two is there
  bool mono = false;                       // one channel, or the same on both
  ReferenceSound sound{};
};

// What a lossy encoder has cut off says nothing about the record: bands from its shelf on are left empty.
ReadRecord read_record(const Measurements& audio, const LearningRules& rules);

struct LearnedTarget {
  TargetCurve curve;  // without name and label
  bool own_tolerance = false;
  std::string base;  // the built-in curve next to it, of which its tolerance comes
};

// The curve that at least one record has. From own_spread_records on: the weighted median of each band, and
// as tolerance spread_factor times the robust standard deviation between the records (1.4826 times the median
// deviation from the median), evened out over neighbouring bands, no less than least_tolerance times the
// tolerance of the nearest built-in curve. Of fewer: the mean, with the tolerance of that curve. Bands that
// fewer than half of the records have follow it too, from the band beside them on. `built_in` is not empty.
LearnedTarget learn_target(const std::vector<RecordShape>& records, const std::vector<TargetCurve>& built_in,
                           const LearningRules& rules);

}  // namespace lacquer
