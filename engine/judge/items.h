#pragma once

#include "judge/case.h"
#include "judge/finding.h"

namespace lacquer {

// One function for each of the twelve items; each is pure and always returns a complete finding.

// Before switching anything on (items_before.cpp).
Finding judge_fresh_ears(const DiagnosticCase& judged);
Finding judge_peak_level(const DiagnosticCase& judged);
Finding judge_mono_compatibility(const DiagnosticCase& judged);
Finding judge_source_integrity(const DiagnosticCase& judged);  // items_source.cpp
// The diagnostic listen (items_tonal.cpp, items_listen.cpp).
Finding judge_low_end(const DiagnosticCase& judged);
Finding judge_harshness(const DiagnosticCase& judged);
Finding judge_stereo_width(const DiagnosticCase& judged);
Finding judge_translation(const DiagnosticCase& judged);
// Before export (items_export.cpp).
Finding judge_platform_loudness(const DiagnosticCase& judged);
Finding judge_true_peak_ceiling(const DiagnosticCase& judged);
Finding judge_file_format(const DiagnosticCase& judged);
Finding judge_playback(const DiagnosticCase& judged);

// What the items share.
inline constexpr const char* kNothingInside = "The file holds no sound, so there is nothing to judge.";
inline constexpr const char* kNothingToHear = "The file holds no sound, so there is nothing to listen to.";
inline constexpr const char* kCheckTheBounce =
    "Check that the right file was bounced, and that nothing was muted.";
inline TimeRange loudest(const DiagnosticCase& judged) {
  return loudest_passage(judged.audio, judged.rules.listening.passage_s);
}

std::vector<Fault> find_faults(const DiagnosticCase& judged);  // faults.cpp
// boomy, muddy, boxy, nasal, harsh, sibilant, dull, thin (faults_tonal.cpp).
void add_tonal_faults(const DiagnosticCase& judged, std::vector<Fault>& faults);

}  // namespace lacquer
