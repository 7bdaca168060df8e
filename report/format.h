#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/source_info.h"
#include "judge/finding.h"
#include "judge/plan.h"

namespace lacquer {

// Numbers and times as every report writes them: a true minus sign (U+2212), a unit on every number, a dash
// (U+2014) where there is no value. What is not finite has no value.

std::string number(std::optional<double> value, int decimals = 1);         // "−14.0"
std::string signed_number(std::optional<double> value, int decimals = 1);  // "+1.2", "−0.3", "0.0"
std::string quantity(std::optional<double> value, std::string_view unit, int decimals = 1);  // "−14.0 LUFS"
std::string signed_quantity(std::optional<double> value, std::string_view unit, int decimals = 1);

// At most two decimals, and none that say nothing: "120", "1.5", "−1.02".
std::string plain_number(std::optional<double> value);
// A setting with its unit, which its name ends in: "release_ms" 120 → "Release 120 ms".
std::string parameter_text(Stage stage, const PlanParameter& parameter);
// All settings of a stage, a band of it as one: "bell at 250 Hz, +3.6 dB, Q 1.4; output gain −0.2 dB".
std::string settings_text(const PlanStage& stage);

std::string clock(double seconds);              // "1:05", from an hour on "1:02:03"; rounded down
std::string duration(double seconds);           // "0.35 s" under ten seconds, else as clock
std::string time_range(const TimeRange& when);  // "1:05–1:20", or "1:05" within one second
std::string times(const std::vector<TimeRange>& when, std::size_t most);  // "0:12, 1:05–1:07 and 12 more"

std::string label(std::string_view id);  // "true_peak" → "True peak", "plr_db" → "PLR"
int decimals_for(std::string_view unit);

std::string value_text(const Evidence& evidence);      // "−0.4 dBTP"
std::string threshold_text(const Evidence& evidence);  // "−1.0 dBTP", or a dash
// "1.3 dB past", "5.1 dB inside", "just inside by 0.1 dB", or a dash.
std::string distance_text(const Evidence& evidence);
// Value and unit apart, for two columns; a share is in per cent.
std::pair<std::string, std::string> value_and_unit(const Evidence& evidence);
// Within a fifth of the way to the limit, which counts as 0.2 to 1 in units of level: a little more or less
// of the same would have given the other verdict.
bool is_near_miss(const Evidence& evidence);

// Confidence as people say it: "certain", "sure", "fairly sure", "not sure", "a guess".
std::string_view confidence_words(double confidence);
std::string hz_text(double hz);                        // "450 Hz", "1.2 kHz"
std::string band_text(double low_hz, double high_hz);  // "300–800 Hz", "1–3 kHz"

std::string describe_format(const SourceInfo& source);  // "WAV · 24-bit · 44.1 kHz · stereo"
std::string describe(const SourceInfo& source);         // the same and how long it is: "… · 4:00"

std::string join(const std::vector<std::string>& parts, std::string_view between);
std::string join_and(const std::vector<std::string>& parts);                          // "a, b and c"
std::string counted(std::size_t count, std::string_view one, std::string_view many);  // "1 item", "3 items"

}  // namespace lacquer
