#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/case.h"
#include "judge/finding.h"

namespace lacquer {

// Each fault by itself, as the twelve items and the list of faults both use it, so that they never disagree.
// Pure; empty where the fault is not there, or where too little is known to say. Tonal faults live elsewhere.

// Level (faults_level.cpp).
std::optional<Fault> find_clipping(const DiagnosticCase& judged);
std::optional<Fault> find_intersample_overs(const DiagnosticCase& judged);
std::optional<Fault> find_over_limited(const DiagnosticCase& judged);

// What was added to the sound, or taken from it, on its way here (faults_source.cpp).
std::optional<Fault> find_dc_offset(const DiagnosticCase& judged);
std::optional<Fault> find_hum(const DiagnosticCase& judged);
std::optional<Fault> find_rumble(const DiagnosticCase& judged);
std::optional<Fault> find_lossy_source(const DiagnosticCase& judged);
std::optional<Fault> find_upsampled(const DiagnosticCase& judged);
std::optional<Fault> find_padded_bits(const DiagnosticCase& judged);
std::optional<Fault> find_dropouts(const DiagnosticCase& judged);
std::optional<Fault> find_clicks(const DiagnosticCase& judged);

// The stereo image (faults_image.cpp).
std::optional<Fault> find_mono_as_stereo(const DiagnosticCase& judged);
std::optional<Fault> find_too_narrow(const DiagnosticCase& judged);
std::optional<Fault> find_too_wide(const DiagnosticCase& judged);
std::optional<Fault> find_low_end_wide(const DiagnosticCase& judged);
std::optional<Fault> find_polarity_inverted(const DiagnosticCase& judged);
std::optional<Fault> find_mono_cancellation(const DiagnosticCase& judged);
std::optional<Fault> find_channel_imbalance(const DiagnosticCase& judged);

// Head and tail (faults_edges.cpp).
std::optional<Fault> find_abrupt_start(const DiagnosticCase& judged);
std::optional<Fault> find_abrupt_end(const DiagnosticCase& judged);
std::optional<Fault> find_long_silence(const DiagnosticCase& judged);

// What the faults are made with.

// How far a value is from the `look` limit on the way to `fix`, 0 to 1; either may be the larger.
double clearness(DiagnosticRules::Limits limits, double value);
// `clear` 0 to 1: how far past the limit. A near miss is less sure, and so is a short piece.
Fault make_fault(const DiagnosticCase& judged, const char* id, Severity severity, double clear,
                 std::string why, std::vector<TimeRange> when = {});
// RMS of the whole, where it is known.
std::optional<double> programme_dbfs(const DiagnosticCase& judged);
// Crests cut flat below full scale, at the top of the file or at a level of their own, a minute.
std::optional<double> flat_tops_per_min(const DiagnosticCase& judged);
// Past what a DC offset counts: never where it lies far under the programme and takes nothing from it, so
// that a louder copy of a piece reads the same.
DiagnosticRules::Limits dc_limits(const DiagnosticCase& judged);
// Where side to mid of a band (of kWidthBands) stays above a limit for `least_s` or longer, short breaks let
// pass; the quiet parts of the piece left out.
std::vector<TimeRange> wide_stretches(const DiagnosticCase& judged, std::size_t band, double limit_db,
                                      double least_s);
double total_s(const std::vector<TimeRange>& times);

}  // namespace lacquer
