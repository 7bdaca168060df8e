#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/finding_draft.h"
#include "judge/items.h"
#include "judge/prose.h"

namespace lacquer {

using namespace prose;  // NOLINT(google-build-using-namespace)

namespace {

constexpr const char* kAskForOpenMix =
    "In the mix, bypass the limiter or clipper on the master bus and bounce again; keep the limited bounce "
    "as a "
    "loudness reference.";

Verdict as_verdict(const Fault& fault) {
  return fault.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook;
}

constexpr const char* kFindTheClipper =
    "In the mix, find the track or bus whose clipper or overload meter lights up at the times given, lower "
    "its "
    "input, and bounce again.";

// In a master limiting is expected: only what would be too much on a mix is worth a look.
void raise_density(FindingDraft& draft, const DiagnosticCase& judged) {
  const Readings& reads = judged.reads;
  auto plr_limits = judged.rules.source_integrity.plr_db;
  auto psr_limits = judged.rules.source_integrity.psr_p5_db;
  if (judged.is_master()) {
    plr_limits.look = plr_limits.fix;
    psr_limits.look = psr_limits.fix;
  }
  // The peaks of a tone or of noise stand no higher by nature.
  const bool one_sound = is_one_sound(judged.audio, judged.known.tonal);
  const Verdict cap = judged.is_master() || one_sound ? Verdict::kLook : Verdict::kFix;
  const std::string action =
      judged.is_master()
          ? "At matched loudness, does the snare still step forward in the chorus? If not, ease "
            "the limiter and render again."
          : kAskForOpenMix;
  const Where where = judged.is_master() ? Where::kMaster : Where::kMix;
  const auto raise = [&](Verdict verdict, const std::string& why) {
    if (verdict == Verdict::kPass) return;
    draft.raise(verdict == Verdict::kFix ? cap : verdict, why, action, where);
  };
  const Verdict psr = draft.below("psr_p5", reads.psr_p5_db, "dB", psr_limits);
  if (psr != Verdict::kPass)
    raise(psr, "In its densest moments the peaks stand only " + db(*reads.psr_p5_db) +
                   " above the loudness around them (PSR, 5th percentile), as after a limiter.");
  const Verdict plr = draft.below("plr", reads.plr_db, "dB", plr_limits);
  if (plr != Verdict::kPass)
    raise(plr, "The highest peak stands only " + db(*reads.plr_db) +
                   " above the loudness of the whole (PLR), as after a limiter.");
  if (judged.audio.duration_s > 0.0) {
    const double per_min =
        static_cast<double>(judged.audio.peak.clipped_runs) * 60.0 / judged.audio.duration_s;
    const Verdict clipped =
        draft.above("clipped_per_min", per_min, "1/min", judged.rules.source_integrity.clipped_per_min);
    if (clipped != Verdict::kPass)
      raise(clipped, "Flat-topped peaks occur " + decimal(per_min, per_min < 10.0 ? 1 : 0) +
                         " times a minute, as after a clipper.");
  }
  if (const auto clipping = find_clipping(judged); clipping && judged.audio.peak.clipped_runs == 0)
    draft.raise(judged.is_master() ? Verdict::kLook : as_verdict(*clipping), clipping->why,
                judged.is_master() ? action : kFindTheClipper, where);
  if (judged.audio.peak.sample_ceiling) {
    const Ceiling& ceiling = *judged.audio.peak.sample_ceiling;
    draft.note("ceiling_share", known(ceiling.share), "share");
  }
  if (const auto limited = find_over_limited(judged)) raise(as_verdict(*limited), limited->why);
}

// What stops a mix from being mastered is what only the mix can mend. Rumble can be filtered out of the
// whole, and what a lossy encoder took does not come back: item 11 judges whether such a file can be
// delivered.
struct Remedy {
  std::optional<Fault> (*find)(const DiagnosticCase&);
  Verdict at_most;
  Where where;
  const char* action;
};

// What came with the sound, the gravest for the listener first.
constexpr Remedy kRemedies[] = {
    {find_dropouts, Verdict::kFix, Where::kMix,
     "In the session, look at the times given for a missing edit, a plug-in that stalled or a full disk, and "
     "bounce again, slower than real time if need be."},
    {find_clicks, Verdict::kFix, Where::kMix,
     "In the mix, solo the tracks at the times given, repair the edit or the damaged sample with a "
     "crossfade, "
     "and bounce again."},
    {find_hum, Verdict::kFix, Where::kMix,
     "In the mix, mute tracks in the quietest passage until it stops, then clean that track with narrow "
     "notches "
     "at the mains frequency and its harmonics, or record it again."},
    {find_dc_offset, Verdict::kFix, Where::kMix,
     "In the mix, put a high-pass filter at about 20 Hz on the master bus, or find the device that makes the "
     "offset, and bounce again."},
    {find_rumble, Verdict::kLook, Where::kMaster,
     "A high-pass filter at 25 to 30 Hz takes it out, best on the track that carries it (wind, a stand, a "
     "turntable, a synthesiser's modulation), else on the whole."},
    {find_lossy_source, Verdict::kLook, Where::kMix,
     "Bounce the mix again from lossless sources as WAV, AIFF or FLAC with 24 bits; converting this file "
     "back "
     "does not help. If a loop or sample is the only lossy part, that is your choice."},
    {find_upsampled, Verdict::kFix, Where::kMix,
     "Bounce at the session's own sample rate, and look for the step that converted it up; a higher number "
     "on "
     "the file brings nothing back."},
    {find_padded_bits, Verdict::kFix, Where::kMix,
     "Bounce straight from the session with 24 bits, and skip the step that converted it."},
};

Verdict verdict_of(const Fault& fault, const Remedy& remedy) {
  return *verdict_rank(as_verdict(fault)) < *verdict_rank(remedy.at_most) ? as_verdict(fault)
                                                                          : remedy.at_most;
}

void raise_source_defects(FindingDraft& draft, const DiagnosticCase& judged) {
  draft.above("dc_offset", judged.reads.dc_dbfs, "dBFS", dc_limits(judged));
  if (judged.audio.source) {
    const SourceResult& source = *judged.audio.source;
    draft.above("clicks", static_cast<double>(source.clicks), "clicks", judged.rules.faults.clicks);
    draft.above("dropouts", static_cast<double>(source.dropouts), "dropouts", {0.0, 0.0});
    draft.above("rumble", source.rumble_db, "dB", judged.rules.faults.rumble_db);
    if (source.hum.present) draft.note("hum", source.hum.level_dbfs, "dBFS");
    draft.note("bandwidth", source.bandwidth_hz, "Hz");
    if (source.lossy.suspected) draft.note("lossy_shelf", source.lossy.shelf_hz, "Hz");
    draft.note("upsampled_from", source.upsampled_from_hz, "Hz");
    draft.note("noise_floor", source.noise_floor_dbfs, "dBFS");
  }
  if (judged.reads.effective_bits) draft.note("effective_bits", *judged.reads.effective_bits, "bits");
  for (const Remedy& remedy : kRemedies)
    if (const auto fault = remedy.find(judged))
      draft.raise(verdict_of(*fault, remedy), fault->why, remedy.action, remedy.where);
}

// The times of what settled the verdict, else of the gravest fault that has any.
std::vector<TimeRange> source_times(const DiagnosticCase& judged, Verdict verdict) {
  std::vector<TimeRange> times;
  const auto take = [&](const std::optional<Fault>& fault, Verdict said) {
    if (times.empty() && fault && said == verdict) times = fault->when;
  };
  for (const auto find : {find_clipping, find_over_limited})
    if (const auto fault = find(judged))
      take(fault, judged.is_master() ? Verdict::kLook : as_verdict(*fault));
  for (const Remedy& remedy : kRemedies)
    if (const auto fault = remedy.find(judged)) take(fault, verdict_of(*fault, remedy));
  return times;
}

}  // namespace

Finding judge_source_integrity(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 4);
  if (judged.is_silent()) return draft.not_applicable(kNothingInside, kCheckTheBounce);
  raise_density(draft, judged);
  raise_source_defects(draft, judged);
  const bool dense_known = judged.reads.psr_p5_db || judged.reads.plr_db;
  if (draft.verdict() == Verdict::kPass && !dense_known)
    return draft.left_to_ears(
        "There is too little sound here to tell whether a limiter has already been at work.",
        "Listen for hum, clicks, dropouts and flattened drums.");
  if (draft.verdict() != Verdict::kPass) {
    std::vector<TimeRange> times = source_times(judged, draft.verdict());
    const double length = judged.rules.listening.passage_s;
    draft.listen(times.empty() ? loudest_passage(judged.audio, length)
                               : passage_around(judged.audio, times[0].from_s, length),
                 times.empty() ? "Does the snare still step forward of the rest?"
                               : "On headphones: can you hear it at the times given?");
    draft.when(std::move(times));
  }
  if (!judged.audio.source)
    return draft.settle(judged.rules.certainty.partly,
                        "No limiter or clipper shows; hum, clicks and lossy sources were not measured.",
                        "Run the full check.");
  return draft.settle(
      judged.rules.certainty.measured,
      judged.is_master()
          ? "Nothing is out of place for a master: no hum, rumble, clicks, dropouts or DC "
            "offset, and no sign of a lossy or converted source."
          : "No limiter or clipper shows, no hum, rumble, clicks, dropouts or DC offset, and no "
            "sign of a lossy or converted source.",
      "Nothing.");
}

}  // namespace lacquer
