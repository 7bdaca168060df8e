#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/finding_draft.h"
#include "judge/items.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

// How far the mix has to come down, in half decibels, as one sets a fader.
double fader_move_db(double too_much_db) { return std::max(0.5, std::ceil(too_much_db * 2.0) / 2.0); }

std::string lower_the_mix(const DiagnosticCase& judged, double peak) {
  const double move = fader_move_db(peak - judged.rules.peak_level.true_peak_dbtp.look);
  return "In the mix, lower the master fader by at least " + db(move) +
         ", take any clipper off the master bus, and bounce again with 24 bits.";
}

void raise_mix_peak(FindingDraft& draft, const DiagnosticCase& judged, double peak, Verdict level) {
  const bool over = level == Verdict::kFix;
  if (judged.audio.peak.clipped_runs > 0) {
    draft.raise(Verdict::kFix,
                amount(static_cast<double>(judged.audio.peak.clipped_runs), "stretch of samples is",
                       "stretches of samples are") +
                    " cut flat at the top, and what stood above is gone from the file.",
                lower_the_mix(judged, peak), Where::kMix);
  } else if (over && judged.is_fixed_point()) {
    draft.raise(Verdict::kFix,
                "The waveform reaches " + dbtp(peak) +
                    ", above full scale, in a file that cannot hold more than full scale.",
                lower_the_mix(judged, peak), Where::kMix);
  } else if (over) {
    draft.raise(
        Verdict::kLook,
        "The waveform reaches " + dbtp(peak) +
            ", above full scale, but this file keeps such peaks, so a plain turn-down brings them back.",
        "Leave the mix as it is and let gain staging bring it down; do not convert it to 16 or 24 bits "
        "first.",
        Where::kMaster);
  } else {
    draft.raise(level,
                "The highest true peak is " + dbtp(peak) + ", with less room above it than the usual " +
                    db(-judged.rules.peak_level.true_peak_dbtp.look) + ", but nothing is clipped.",
                "Nothing in the mix: gain staging sets the working level before the chain.", Where::kMaster);
  }
}

void raise_master_peak(FindingDraft& draft, const DiagnosticCase& judged, double peak) {
  if (judged.audio.peak.clipped_runs > 0)
    draft.raise(
        Verdict::kLook,
        amount(static_cast<double>(judged.audio.peak.clipped_runs), "stretch of samples is",
               "stretches of samples are") +
            " cut flat at the top, by choice or by accident.",
        "Listen to the loudest hits for crackle; if you hear it, lower the drive into the limiter and "
        "render again.",
        Where::kMaster);
  if (peak > judged.rules.peak_level.true_peak_dbtp.fix)
    draft.raise(Verdict::kLook,
                "The true peak is " + dbtp(peak) + ", above full scale; item 10 judges what that costs.",
                "See item 10, the true-peak ceiling.", Where::kMaster);
}

// Below full scale no level is to blame: the crests were cut before the fader that turned them down.
void raise_turned_down_clipping(FindingDraft& draft, const DiagnosticCase& judged, const Fault& clipping) {
  if (judged.is_master())
    draft.raise(
        Verdict::kLook, clipping.why,
        "Listen there for crackle; if you hear it, lower the drive into the limiter and render again.",
        Where::kMaster);
  else
    draft.raise(
        clipping.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook, clipping.why,
        "In the mix, find the track or bus whose clipper or overload meter lights up at the times given, "
        "lower its input, and bounce again; turning the bounce down does not bring the crests back.",
        Where::kMix);
}

}  // namespace

namespace {

std::string hours(double value) {
  if (value < 1.0) return amount(std::max(1.0, std::round(value * 60.0)), "minute", "minutes");
  return decimal(value, value < 10.0 ? 1 : 0) + " h";
}

// What the history and the user tell; a clock that was set back tells nothing.
std::optional<double> told(std::optional<double> hours_ago) {
  return known(hours_ago) && *hours_ago >= 0.0 ? hours_ago : std::nullopt;
}

constexpr const char* kWriteDown =
    "Play it once from start to end and write down the first three things you notice, with their times, "
    "before "
    "reading the other items.";

std::string take_a_rest(const DiagnosticCase& judged) {
  return "Leave at least " + hours(judged.rules.fresh_ears.rest_h) +
         " with a night's sleep between mix and master, then play it once and write down the first three "
         "things "
         "you notice, with their times.";
}

Finding without_rest(const DiagnosticCase& judged, FindingDraft& draft, const std::string& why) {
  draft.raise(Verdict::kLook, why, take_a_rest(judged), judged.is_master() ? Where::kMaster : Where::kMix);
  return draft.settle(judged.rules.certainty.estimated, {}, {});
}

Finding rest_as_told(const DiagnosticCase& judged, FindingDraft& draft, double rested_h) {
  // Never worse than a look: what ears can bear is not measured.
  if (draft.below("rested", rested_h, "h", {judged.rules.fresh_ears.rest_h, -INFINITY}) != Verdict::kPass)
    return without_rest(judged, draft,
                        "By your own account you rested " + hours(rested_h) + ", which is short.");
  return draft.settle(judged.rules.certainty.measured,
                      "By your own account you rested " + hours(rested_h) + ".", kWriteDown);
}

}  // namespace

// A file's date proves nothing, since a copy has a new one: only what was checked here before counts.
Finding judge_fresh_ears(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 1);
  draft.listen(
      whole_piece(judged.audio),
      "Play it once from start to end, quietly and without stopping, before reading the other items.");
  const PastChecks past = judged.circumstances.past.value_or(PastChecks{});
  if (const auto rested = told(past.rested_h)) return rest_as_told(judged, draft, *rested);
  const auto seen = told(past.this_version_first_seen_h);
  const auto heard = told(past.this_song_last_heard_h);
  const double rest_h = judged.rules.fresh_ears.rest_h;
  const bool heard_lately = draft.below("since_heard", heard, "h", {rest_h, -INFINITY}) != Verdict::kPass;
  const bool seen_lately = draft.below("since_first_seen", seen, "h", {rest_h, -INFINITY}) != Verdict::kPass;
  if (heard_lately)
    return without_rest(judged, draft,
                        "This song was checked " + hours(*heard) + " ago, so your ears still know it.");
  if (seen_lately)
    return without_rest(judged, draft,
                        "This version was first checked " + hours(*seen) + " ago, so it is still new.");
  if (seen)
    return draft.settle(judged.rules.certainty.estimated,
                        heard ? "This version is " + hours(*seen) + " old, and the song was last checked " +
                                    hours(*heard) + " ago."
                              : "This version was first checked " + hours(*seen) + " ago.",
                        kWriteDown);
  if (heard)
    return draft.left_to_ears(
        "The song was last checked " + hours(*heard) +
            " ago, but this version is new, and nothing tells when you last worked on it.",
        take_a_rest(judged));
  return draft.left_to_ears(
      judged.circumstances.past
          ? "This song was not checked here before, so nothing tells how long ago you last "
            "worked on it."
          : "No history is kept of this check, so nothing tells how long ago you last worked "
            "on it.",
      take_a_rest(judged));
}

Finding judge_peak_level(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 2);
  const Readings& reads = judged.reads;
  if (judged.is_silent()) return draft.not_applicable(kNothingInside, kCheckTheBounce);
  const double peak = reads.true_dbtp ? *reads.true_dbtp : *reads.sample_dbfs;
  if (reads.true_dbtp) draft.note("sample_peak", reads.sample_dbfs, "dBFS");
  DiagnosticRules::Limits limits = judged.rules.peak_level.true_peak_dbtp;
  if (judged.is_master()) limits.look = limits.fix;  // the room was for mastering, and has been used
  const Verdict level = draft.above(reads.true_dbtp ? "true_peak" : "sample_peak", peak,
                                    reads.true_dbtp ? "dBTP" : "dBFS", limits);
  draft.above("clipped_runs", static_cast<double>(judged.audio.peak.clipped_runs), "runs", {0.0, 0.0});
  const std::optional<Fault> clipping = find_clipping(judged);
  draft.above("flat_tops_per_min", flat_tops_per_min(judged), "1/min", judged.rules.faults.flat_tops_per_min);

  if (judged.is_master())
    raise_master_peak(draft, judged, peak);
  else
    raise_mix_peak(draft, judged, peak, level);
  if (clipping && judged.audio.peak.clipped_runs == 0) raise_turned_down_clipping(draft, judged, *clipping);
  if (clipping) draft.when(clipping->when);
  if (draft.verdict() != Verdict::kPass) {
    const auto& highest = judged.audio.peak.highest;
    const double length = judged.rules.listening.passage_s;
    const TimeRange passage =
        clipping && !clipping->when.empty() ? passage_around(judged.audio, clipping->when[0].from_s, length)
        : highest.empty()                   ? loudest_passage(judged.audio, judged.rules.listening.passage_s)
                          : passage_around(judged.audio, highest[0].at_s, judged.rules.listening.passage_s);
    draft.listen(passage, "On headphones: does the loudest hit crackle, flatten or spit?");
  }
  return draft.settle(judged.rules.certainty.measured,
                      judged.is_master()
                          ? "The true peak is " + dbtp(peak) +
                                " and nothing is clipped; a finished master needs no room for mastering."
                          : "The highest true peak is " + dbtp(peak) +
                                " and nothing is clipped: the mix arrived whole, with room above it.",
                      "Nothing.");
}

namespace {

// The octave that loses most, among those that end below `up_to_hz`.
std::optional<OctaveLoss> worst_octave(const DiagnosticCase& judged, double up_to_hz) {
  std::optional<OctaveLoss> worst;
  for (const OctaveLoss& octave : octave_losses(judged))
    if (octave.high_hz <= up_to_hz && (!worst || octave.loss_db > worst->loss_db)) worst = octave;
  return worst;
}

std::string octave_metric(const OctaveLoss& octave) {
  return "mono_loss_" + std::to_string(static_cast<int>(std::min(octave.centre_hz, 1e6))) + "_hz";
}

void raise_octaves(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto& rules = judged.rules.mono;
  const auto low = worst_octave(judged, rules.low_octave_hz);
  const auto any = worst_octave(judged, INFINITY);
  const std::string find_it =
      "In the mix, listen in mono and mute the wide parts (doubled synths, wideners, stereo bass) one at a "
      "time until "
      "the octave around ";
  if (low && low->loss_db > rules.low_octave_fix_db)
    draft.raise(Verdict::kFix,
                "In mono the bass octave around " + frequency(low->centre_hz) + " loses " + db(low->loss_db) +
                    ", more than mastering can bring back.",
                find_it + frequency(low->centre_hz) + " comes back, then make that part mono below " +
                    frequency(rules.low_octave_hz) + ".",
                Where::kMix);
  if (!any) return;
  const Verdict verdict = draft.above(octave_metric(*any), any->loss_db, "dB", rules.octave_loss_db);
  draft.raise(verdict,
              "In mono the octave around " + frequency(any->centre_hz) + " loses " + db(any->loss_db) +
                  ", so what plays there turns quiet or hollow.",
              find_it + frequency(any->centre_hz) + " comes back, then narrow that part.", Where::kMix);
}

// Where the loss is greatest, for the ears to go to.
std::string worst_place(const DiagnosticCase& judged) {
  const auto& worst = judged.audio.stereo->worst_mono_loss;
  if (!worst || !known(worst->mono_loss_db) || !std::isfinite(worst->when.from_s) || !(worst->low_hz > 0.0) ||
      !(worst->high_hz > worst->low_hz) || !std::isfinite(worst->high_hz))
    return "";
  return " It is worst at " + seconds(worst->when.from_s) + ", where " + decimal(worst->low_hz, 0) + " to " +
         decimal(worst->high_hz, 0) + " Hz lose " + db(worst->mono_loss_db) + ".";
}

void raise_cancellation(FindingDraft& draft, const DiagnosticCase& judged, const Fault& fault) {
  draft.raise(
      fault.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook, fault.why + worst_place(judged),
      "In the mix, go to the times given, listen in mono, and mute the wide parts one at a time until "
      "the sound comes back; then narrow that part or take its widener off.",
      Where::kMix);
}

}  // namespace

Finding judge_mono_compatibility(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 3);
  const Readings& reads = judged.reads;
  const auto& rules = judged.rules.mono;
  if (judged.is_silent()) return draft.not_applicable(kNothingInside, kCheckTheBounce);
  if (judged.audio.channels == 1)
    return draft.not_applicable("The file is mono already, so nothing can be lost in mono.", "Nothing.");
  if (!judged.is_stereo() || !judged.audio.stereo)
    return draft.not_applicable("The stereo image of this file was not measured.",
                                "Run the full check on a stereo file.");

  if (const auto silent = silent_channel(judged))
    draft.raise_defect(
        Verdict::kFix,
        std::string(*silent == 0 ? "The left" : "The right") +
            " channel is silent, so the file is half a stereo mix.",
        "Bounce the mix again with both channels, or as a mono file if it is meant to be mono.", Where::kMix);
  draft.note("correlation", reads.whole_correlation, "");
  if (judged.audio.stereo->worst_mono_loss)
    draft.note("worst_mono_loss", known(judged.audio.stereo->worst_mono_loss->mono_loss_db), "dB");
  const std::optional<Fault> inverted = find_polarity_inverted(judged);
  if (inverted)
    draft.raise_defect(
        inverted->severity == Severity::kFix ? Verdict::kFix : Verdict::kLook,
        inverted->why + " In mono most of that cancels.",
        "In the mix, flip the polarity of one channel, of the master bus or of the part that is upside "
        "down, listen in mono whether the bass comes back, and bounce again.",
        Where::kMix);
  raise_octaves(draft, judged);
  const Verdict loss = draft.above("mono_loss", reads.mono_loss_db, "dB", rules.loss_db);
  if (loss != Verdict::kPass)
    draft.raise(
        loss, "Summed to mono, the whole loses " + db(*reads.mono_loss_db) + ".",
        "In the mix, listen in mono and mute the wide parts one at a time until the level holds, then narrow "
        "the one that was guilty.",
        Where::kMix);
  const std::optional<Fault> cancelled = find_mono_cancellation(judged);
  if (cancelled) raise_cancellation(draft, judged, *cancelled);
  const Verdict negative =
      draft.above("negative_correlation_share", reads.negative_share, "share", rules.negative_share);
  if (negative != Verdict::kPass)
    draft.raise(
        negative,
        "For " + share(*reads.negative_share) +
            " of the time left and right work against each other (correlation below 0).",
        "In the mix, go to the times given and look for a widener, a long stereo delay or a flipped layer.",
        Where::kMix);
  if (!draft.has_evidence() && draft.verdict() == Verdict::kPass)
    return draft.not_applicable("There is too little sound here to compare stereo with mono.",
                                "Use a longer piece.");
  if (draft.verdict() != Verdict::kPass) {
    std::vector<TimeRange> times;
    if (inverted)
      times = inverted->when;
    else if (cancelled)
      times = cancelled->when;
    if (times.empty()) times = negative_correlation_times(judged.audio);
    const double length = judged.rules.listening.passage_s;
    draft.listen(
        times.empty() ? loudest_passage(judged.audio, length)
                      : passage_around(judged.audio, times[0].from_s + length / 2.0, length),
        "In mono, from one loudspeaker and quietly, against stereo every four bars: lead vocal, kick, snare "
        "and bass must not move.");
    draft.when(std::move(times));
  }
  return draft.settle(judged.rules.certainty.measured,
                      reads.mono_loss_db ? "Summed to mono, the whole loses " + db(*reads.mono_loss_db) +
                                               " and no octave stands out."
                                         : "What could be compared holds together in mono.",
                      "Nothing.");
}

}  // namespace lacquer
