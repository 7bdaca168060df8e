#include <algorithm>
#include <cmath>

#include "judge/faults.h"
#include "judge/finding_draft.h"
#include "judge/items.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

constexpr const char* kCheckTheExport = "Check that the right file was exported.";
constexpr const char* kNoMasterYet = "This is a mix, and the item is about the finished master.";
constexpr const char* kMasterFirst = "Make the master, then check it.";

bool plays_by_default(const PlatformRule& platform) {
  return platform.kind == PlatformKind::kPlayback && platform.default_mode;
}

std::string gain_metric(const PlatformRule& platform) {
  std::string metric = "gain_" + platform.id + "_" + platform.mode;
  std::replace(metric.begin(), metric.end(), '-', '_');
  return metric;
}

struct DefaultPlayback {
  std::optional<double> typical_gain_db;   // median over the services that normalize
  double worst_shortfall_db = 0.0;         // of a lift that the track's peaks cut short …
  const PlatformRule* shortest = nullptr;  // … and where
};

DefaultPlayback play_by_default(FindingDraft& draft, const DiagnosticCase& judged, double loudness,
                                double peak) {
  DefaultPlayback result;
  std::vector<double> gains;
  for (const PlatformRule& platform : judged.platforms) {
    if (!plays_by_default(platform)) continue;
    const PlaybackOutcome outcome = play_on(platform, loudness, peak);
    draft.note(gain_metric(platform), outcome.gain_db, "dB");
    if (platform.gain == GainRule::kNone || !platform.reference_lufs) continue;
    gains.push_back(std::min(0.0, outcome.gain_db));
    const double shortfall = *platform.reference_lufs - outcome.playback_lufs;
    if (outcome.limited_by == LimitedBy::kPeak && shortfall > result.worst_shortfall_db) {
      result.worst_shortfall_db = shortfall;
      result.shortest = &platform;
    }
  }
  if (gains.empty()) return result;
  const auto middle = gains.begin() + static_cast<std::ptrdiff_t>(gains.size() / 2);
  std::nth_element(gains.begin(), middle, gains.end());
  result.typical_gain_db = *middle;
  return result;
}

// A loud master that keeps its punch is not a fault: turn-down counts only together with lost dynamics, or
// where the dynamics are unknown.
void raise_turn_down(FindingDraft& draft, const DiagnosticCase& judged, double turn_down) {
  const auto& rules = judged.rules.platform_loudness;
  const std::optional<double> psr = judged.reads.psr_p5_db;
  draft.above("turn_down", turn_down, "dB", rules.turn_down_db);
  const Verdict dense = draft.below("psr_p5", psr, "dB", rules.psr_p5_db);
  const std::string turned = "Most services turn it down by about " + db(turn_down);
  const std::string ease = "Try 1 to 2 dB less drive into the limiter, and compare both at equal loudness.";
  if (turn_down > rules.turn_down_db.fix && dense == Verdict::kFix)
    draft.raise(Verdict::kFix,
                turned + ", and its densest moments keep only " + db(*psr) +
                    " of peak over loudness: the level was paid for in punch and is given back.",
                ease, Where::kMaster);
  if (turn_down > rules.turn_down_db.fix ||
      (turn_down > rules.turn_down_db.look && (dense != Verdict::kPass || !psr)))
    draft.raise(Verdict::kLook, turned + ", so the last decibels of level bring nothing on those services.",
                ease, Where::kMaster);
  if (dense != Verdict::kPass)
    draft.raise(Verdict::kLook,
                "Its densest moments keep only " + db(*psr) +
                    " of peak over loudness (PSR, 5th percentile), which "
                    "normalization does not give back.",
                ease, Where::kMaster);
}

void raise_quietness(FindingDraft& draft, const DiagnosticCase& judged, double loudness,
                     const DefaultPlayback& playback) {
  const auto& rules = judged.rules.platform_loudness;
  const std::string action =
      "Decide whether that is meant; if not, 1 to 3 dB more drive into the limiter lifts it.";
  if (playback.shortest && playback.worst_shortfall_db > rules.lift_shortfall_db)
    draft.raise(Verdict::kLook,
                playback.shortest->name + " would lift it, but its peaks stop that " +
                    db(playback.worst_shortfall_db) + " short of the service's level.",
                action, Where::kMaster);
  if (loudness < rules.quiet_lufs)
    draft.raise(Verdict::kLook,
                "At " + lufs(loudness) +
                    " it plays quieter than its neighbours where services do not "
                    "lift tracks.",
                action, Where::kMaster);
}

}  // namespace

Finding judge_platform_loudness(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 9);
  if (!judged.is_master()) return draft.not_applicable(kNoMasterYet, kMasterFirst);
  if (judged.role.purpose == Role::Purpose::kClub)
    return draft.not_applicable("Club playback and DJ software use no streaming normalization.",
                                "Judge it beside the records it will be mixed with.");
  const std::optional<double> loudness = judged.reads.integrated_lufs;
  const std::optional<double> peak =
      judged.reads.true_dbtp ? judged.reads.true_dbtp : judged.reads.sample_dbfs;
  if (!loudness || !peak)
    return draft.not_applicable("There is too little sound here for a loudness that services would act on.",
                                "Use a longer piece.");
  draft.note("integrated_loudness", loudness, "LUFS");
  const DefaultPlayback playback = play_by_default(draft, judged, *loudness, *peak);
  if (!playback.typical_gain_db)
    return draft.not_applicable("No rule of a service that normalizes is loaded.",
                                "Load the platforms' rules.");
  raise_turn_down(draft, judged, -*playback.typical_gain_db);
  raise_quietness(draft, judged, *loudness, playback);
  draft.listen(loudest_passage(judged.audio, judged.rules.listening.passage_s),
               "At " + lufs(*loudness + *playback.typical_gain_db) +
                   ", as most services play it, next to records you like at the same level.");
  return draft.settle(
      judged.rules.certainty.measured,
      *playback.typical_gain_db < 0.0
          ? "Most services turn it down by about " + db(-*playback.typical_gain_db) +
                ", and it keeps its punch."
          : "At " + lufs(*loudness) + " most services leave its level alone, and it keeps its punch.",
      "Nothing; these levels describe playback, they are not targets.");
}

Finding judge_true_peak_ceiling(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 10);
  if (!judged.is_master()) return draft.not_applicable(kNoMasterYet, kMasterFirst);
  if (judged.is_silent()) return draft.not_applicable(kNothingInside, kCheckTheExport);
  const std::optional<double> peak = judged.reads.true_dbtp;
  if (!peak) return draft.not_applicable("The true peak of this file is not known.", "Use a longer piece.");

  const auto& rules = judged.rules.ceiling;
  const bool loud = judged.reads.integrated_lufs && *judged.reads.integrated_lufs > rules.loud_lufs;
  auto limits = rules.true_peak_dbtp;
  if (loud) limits.look = rules.loud_look_dbtp;
  const double margin = loud ? rules.loud_encoder_margin_db : rules.encoder_margin_db;
  const double decoded = *peak + margin;
  draft.note_limit("true_peak", *peak, "dBTP", limits.look);
  draft.note_limit("decoded_true_peak_estimate", decoded, "dBTP", rules.decoded_look_dbtp);
  draft.above("intersample_overs", static_cast<double>(judged.audio.peak.intersample_overs), "overs",
              {0.0, 0.0});

  const bool over = *peak > limits.fix;
  const bool near =
      *peak > limits.look + rules.tolerance_db || decoded > rules.decoded_look_dbtp + rules.tolerance_db;
  const std::string lower = "Lower the ceiling to " + dbtp(limits.look) + " and render again";
  if (over)
    draft.raise(
        Verdict::kFix,
        "The true peak is " + dbtp(*peak) + ", above full scale, so converters and encoders will clip it.",
        lower + ".", Where::kMaster);
  draft.raise(near ? Verdict::kLook : Verdict::kPass,
              "The true peak is " + dbtp(*peak) + "; encoders are expected to add about " + db(margin) +
                  " to a master " + (loud ? "this loud" : "like this") +
                  ", which would pass full scale (an estimate: nothing was encoded).",
              lower + ", or leave it where only lossless files are delivered.", Where::kMaster);
  draft.when(judged.audio.peak.intersample_overs_when);
  if (draft.verdict() != Verdict::kPass)
    draft.listen(loudest_passage(judged.audio, judged.rules.listening.passage_s),
                 "Encoded at a low rate: fuzz on hats, crackle on the kick?");
  return draft.settle(
      judged.rules.certainty.estimated,
      "The true peak is " + dbtp(*peak) + "; with the " + db(margin) +
          " that encoders are expected to add (an estimate: nothing was encoded) it stays at or below "
          "full scale.",
      "Nothing.");
}

namespace {

bool is_delivery_container(const std::string& container) {
  for (const char* taken : {"wav", "rf64", "w64", "aiff", "flac"})
    if (container == taken) return true;
  return false;
}

void raise_damage(FindingDraft& draft, const DiagnosticCase& judged) {
  const SourceInfo& source = judged.source;
  if (source.truncated)
    draft.raise(Verdict::kFix, "The file ends before its header says it should, or a part of it is damaged.",
                "Export it again and copy it whole.", Where::kExport);
  if (source.non_finite_samples > 0) {
    draft.note("non_finite_samples", static_cast<double>(source.non_finite_samples), "samples");
    draft.raise(Verdict::kFix,
                amount(static_cast<double>(source.non_finite_samples), "sample is", "samples are") +
                    " not a number; silence took their place here.",
                "Find the plug-in that makes them by bypassing one after another, then export again.",
                Where::kMix);
  }
  if (source.lossy)
    draft.raise(Verdict::kFix,
                "The file was made by a lossy encoder, and services would encode it a second time.",
                "Export it again from the session as WAV, AIFF or FLAC with 24 bits; converting this file "
                "does not help.",
                Where::kExport);
}

void raise_samples(FindingDraft& draft, const DiagnosticCase& judged) {
  const SourceInfo& source = judged.source;
  const auto& rules = judged.rules.format;
  const double rate = source.sample_rate_hz;
  if (std::isfinite(rate) && rate > 0.0) {
    draft.note("sample_rate", rate, "Hz");
    if (rate < rules.least_rate_hz)
      draft.raise(judged.is_master() ? Verdict::kFix : Verdict::kLook,
                  "The sample rate is " + sample_rate(rate) + ", and distributors take no less than " +
                      sample_rate(rules.least_rate_hz) + ".",
                  "Export at the session's own rate, " + sample_rate(rules.least_rate_hz) +
                      " or more; converting this file up does not help.",
                  Where::kExport);
    else if (judged.is_master() && rate > rules.usual_rate_hz)
      draft.raise(Verdict::kLook,
                  "The sample rate is " + sample_rate(rate) + ", which not every distributor takes.",
                  "Ask your distributor, and export at " + sample_rate(rules.least_rate_hz) + " or " +
                      sample_rate(rules.usual_rate_hz) + " if needed.",
                  Where::kExport);
  }
  if (!source.bits || source.lossy) return;
  draft.note("bits", *source.bits, "bits");
  const std::string has = "The file has " + std::to_string(*source.bits) + " bits";
  if (*source.bits < rules.least_bits)
    draft.raise(Verdict::kFix, has + ", and its noise will be heard.",
                "Export it again with " + decimal(rules.wanted_bits, 0) + " bits.", Where::kExport);
  else if (*source.bits < rules.wanted_bits)
    draft.raise(Verdict::kLook,
                judged.is_master() ? has + ", which is enough for delivery where it was dithered."
                                   : has + ", fewer than a mix needs.",
                judged.is_master()
                    ? "If it was not dithered when it was reduced, export it again with dither, or with " +
                          decimal(rules.wanted_bits, 0) + " bits."
                    : "Bounce with " + decimal(rules.wanted_bits, 0) + " bits or as floating point.",
                Where::kExport);
  if (judged.is_master() && source.is_float)
    draft.raise(Verdict::kLook, "The file is floating point, and distributors take 16 or 24 bits.",
                "Export the delivery copy with " + decimal(rules.wanted_bits, 0) + " bits.", Where::kExport);
}

void raise_container(FindingDraft& draft, const DiagnosticCase& judged) {
  const SourceInfo& source = judged.source;
  if (source.channels == 1)
    draft.raise(Verdict::kLook, "The file is mono.", "If stereo was meant, export it again as stereo.",
                Where::kExport);
  if (!judged.is_master()) return;
  if (!source.lossy && !is_delivery_container(source.container))
    draft.raise(Verdict::kLook, "Distributors ask for WAV, AIFF or FLAC, and this is another kind of file.",
                "Export the delivery copy as WAV with 24 bits.", Where::kExport);
  if (source.extensible_header)
    draft.raise(
        Verdict::kLook,
        "The WAV header is of the extensible kind, and some services, Spotify among them, ask for plain PCM.",
        "Export as plain PCM WAV, or as FLAC.", Where::kExport);
}

void raise_silences(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto& rules = judged.rules.format;
  const auto& head = judged.reads.head_silence_s;
  const auto& tail = judged.reads.tail_silence_s;
  if (draft.above("head_silence", head, "s", {rules.head_silence_s, INFINITY}) != Verdict::kPass)
    draft.raise(Verdict::kLook, "It starts with " + seconds(*head) + " of silence.",
                "Trim the start, unless the pause is meant.", Where::kExport);
  if (draft.above("tail_silence", tail, "s", {rules.tail_silence_s, INFINITY}) != Verdict::kPass)
    draft.raise(Verdict::kLook, "It ends with " + seconds(*tail) + " of silence.",
                "Trim the end after the last sound has died away, unless the pause is meant.",
                Where::kExport);
}

// What the sound tells about the file, whatever its header says.
void raise_history(FindingDraft& draft, const DiagnosticCase& judged) {
  const auto raise = [&](const std::optional<Fault>& fault, const char* action) {
    if (!fault) return;
    draft.raise(fault->severity == Severity::kFix ? Verdict::kFix : Verdict::kLook, fault->why, action,
                Where::kExport);
    if (draft.verdict() != Verdict::kPass && !fault->when.empty()) draft.when(fault->when);
  };
  if (!judged.source.lossy)
    raise(
        find_lossy_source(judged),
        "Export it again from the session, from lossless sources; a lossless container brings nothing back.");
  raise(find_upsampled(judged),
        "Export it at the rate the sound was made at; a higher rate on the label brings nothing back.");
  raise(find_padded_bits(judged),
        "Export it again from the session with 24 bits, or label it with the bits it has.");
  if (judged.is_silent()) return;
  raise(find_abrupt_start(judged),
        "Move the start of the export a little earlier, or put a fade of a few milliseconds there.");
  raise(find_abrupt_end(judged),
        "Export past the end of the last reverb, or put a fade there; if the hard stop is meant, leave it.");
}

}  // namespace

Finding judge_file_format(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 11);
  raise_damage(draft, judged);
  raise_samples(draft, judged);
  raise_container(draft, judged);
  raise_history(draft, judged);
  if (!judged.is_silent()) raise_silences(draft, judged);
  return draft.settle(judged.rules.certainty.certain,
                      judged.is_master()
                          ? "Container, sample rate and bit depth are what distributors take, and the "
                            "sound has no lossy or converted past that shows."
                          : "Container, sample rate and bit depth are good to master from, and "
                            "the sound has no lossy or converted past that shows.",
                      "Nothing.");
}

Finding judge_playback(const DiagnosticCase& judged) {
  FindingDraft draft(judged, 12);
  draft.listen(loudest_passage(judged.audio, judged.rules.listening.passage_s),
               judged.is_master()
                   ? "Blind and at equal loudness against the mix: the chorus first, then a verse. The "
                     "master should win."
                   : "Remember how this sounds: the master will have to beat it at equal loudness.");
  if (!judged.is_master()) return draft.not_applicable(kNoMasterYet, kMasterFirst);
  if (judged.is_silent()) return draft.not_applicable(kNothingInside, kCheckTheExport);
  draft.note("plr", judged.reads.plr_db, "dB");
  draft.note("psr_p5", judged.reads.psr_p5_db, "dB");
  return draft.left_to_ears("Whether the master beats its mix at equal loudness is for ears to say.",
                            "Compare blind, at equal loudness; if the mix wins, take stages back one at a "
                            "time, the last first, until the "
                            "master does.");
}

}  // namespace lacquer
