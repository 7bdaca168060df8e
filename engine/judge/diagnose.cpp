#include "judge/diagnose.h"

#include "judge/items.h"
#include "judge/words.h"

namespace lacquer {

Diagnosis diagnose(const Measurements& audio, const SourceInfo& source, const Circumstances& circumstances,
                   const Knowledge& known) {
  const DiagnosticCase judged{audio, source, circumstances, known};
  Diagnosis diagnosis{circumstances.role,
                      {judge_fresh_ears(judged), judge_peak_level(judged), judge_mono_compatibility(judged),
                       judge_source_integrity(judged), judge_low_end(judged), judge_harshness(judged),
                       judge_stereo_width(judged), judge_translation(judged), judge_platform_loudness(judged),
                       judge_true_peak_ceiling(judged), judge_file_format(judged), judge_playback(judged)},
                      find_faults(judged)};
  diagnosis.target = judged.tone.choice.target;
  diagnosis.words = find_words(judged);
  diagnosis.sections = judged.sections;
  return diagnosis;
}

std::string smallest_mix_change(const Diagnosis& diagnosis) {
  std::string change;
  int others = 0;
  // Prior limiting first: taking the limiter off often clears the peaks too.
  for (const int number : {4, 2, 3}) {
    const Finding& finding = item(diagnosis, number);
    if (finding.verdict != Verdict::kFix) continue;
    if (change.empty())
      change = finding.action;
    else
      ++others;
  }
  if (others > 0) change += " Then check again: another item may clear with it.";
  return change;
}

}  // namespace lacquer
