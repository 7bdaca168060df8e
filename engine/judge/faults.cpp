#include <algorithm>
#include <cmath>

#include "judge/items.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

class FaultList {
 public:
  explicit FaultList(const DiagnosticCase& judged) : judged_(judged) {}

  void add(const char* id, Severity severity, const std::string& why, std::vector<TimeRange> when = {}) {
    faults_.push_back(
        {id, severity, judged_.rules.certainty.measured * length_factor(), std::move(when), why});
  }
  void add_certain(const char* id, Severity severity, const std::string& why) {
    faults_.push_back({id, severity, judged_.rules.certainty.certain, {}, why});
  }
  std::vector<Fault> take() { return std::move(faults_); }

 private:
  double length_factor() const { return judged_.is_short() ? judged_.rules.certainty.short_factor : 1.0; }

  const DiagnosticCase& judged_;
  std::vector<Fault> faults_;
};

void find_level_faults(FaultList& faults, const DiagnosticCase& judged) {
  const PeakResult& peak = judged.audio.peak;
  if (peak.clipped_runs > 0)
    faults.add("clipping", judged.is_master() ? Severity::kLook : Severity::kFix,
               amount(static_cast<double>(peak.clipped_runs), "stretch", "stretches") +
                   " of samples cut flat at the top.",
               peak.clipped_when);
  const auto& true_peak = judged.reads.true_dbtp;
  if (peak.intersample_overs > 0 && true_peak)
    faults.add("intersample-overs", judged.is_master() ? Severity::kFix : Severity::kLook,
               "Between the samples the waveform passes full scale " +
                   amount(static_cast<double>(peak.intersample_overs), "time", "times") + ", up to " +
                   dbtp(*true_peak) + ".",
               peak.intersample_overs_when);
  const auto& rules = judged.rules.source_integrity;
  const auto& psr = judged.reads.psr_p5_db;
  const auto& plr = judged.reads.plr_db;
  if ((psr && *psr < rules.psr_p5_db.fix) || (plr && *plr < rules.plr_db.fix))
    faults.add(
        "over-limited", judged.is_master() ? Severity::kLook : Severity::kFix,
        psr && *psr < rules.psr_p5_db.fix
            ? "In the densest moments the peaks stand only " + db(*psr) + " above the loudness around them."
            : "The highest peak stands only " + db(*plr) + " above the loudness of the whole.");
}

void find_source_faults(FaultList& faults, const DiagnosticCase& judged) {
  const auto& limits = judged.rules.source_integrity.dc_dbfs;
  const auto& dc = judged.reads.dc_dbfs;
  if (dc && *dc > limits.look)
    faults.add("dc-offset", *dc > limits.fix ? Severity::kFix : Severity::kLook,
               "The waveform is off centre by " + dbfs(*dc) + ".");
  if (judged.source.lossy)
    faults.add_certain("lossy-source", Severity::kFix, "The file was made by a lossy encoder.");
  const auto& used = judged.reads.effective_bits;
  if (used && judged.source.bits && judged.is_fixed_point() && *used > 0 && *used < *judged.source.bits)
    faults.add_certain("padded-bits", Severity::kLook,
                       "Only " + std::to_string(*used) + " of its " + std::to_string(*judged.source.bits) +
                           " bits are used.");
  const auto& format = judged.rules.format;
  const auto& head = judged.reads.head_silence_s;
  const auto& tail = judged.reads.tail_silence_s;
  const double duration = judged.audio.duration_s;
  std::vector<TimeRange> silences;
  if (head && *head > format.head_silence_s) silences.push_back({0.0, *head});
  if (tail && *tail > format.tail_silence_s && std::isfinite(duration))
    silences.push_back({std::max(0.0, duration - *tail), std::max(0.0, duration)});
  if (!silences.empty())
    faults.add("long-silence", Severity::kLook,
               silences.front().from_s == 0.0
                   ? "It starts with " + seconds(silences.front().to_s) + " of silence."
                   : "It ends with " + seconds(*tail) + " of silence.",
               silences);
}

// The octave that loses most is named by item 3; here it is enough that one is past its limit.
bool loses_an_octave(const DiagnosticCase& judged) {
  const auto& rules = judged.rules.mono;
  const std::vector<OctaveLoss> losses = octave_losses(judged);
  return std::any_of(losses.begin(), losses.end(), [&](const OctaveLoss& octave) {
    return octave.loss_db > rules.octave_loss_db.fix ||
           (octave.high_hz <= rules.low_octave_hz && octave.loss_db > rules.low_octave_fix_db);
  });
}

void find_image_faults(FaultList& faults, const DiagnosticCase& judged) {
  const Readings& reads = judged.reads;
  const auto& width = judged.rules.stereo_width;
  if (const auto silent = silent_channel(judged)) {
    faults.add("channel-imbalance", Severity::kFix,
               std::string("The ") + (*silent == 0 ? "left" : "right") + " channel is silent.");
    return;
  }
  if (has_same_channels(judged)) {
    faults.add("mono-as-stereo", Severity::kLook, "Both channels carry the same sound.");
  } else if (reads.side_to_mid_db && *reads.side_to_mid_db < width.broadband_mono_db) {
    faults.add("too-narrow", Severity::kLook,
               "Side to mid is " + db(*reads.side_to_mid_db) + ", as good as mono.");
  }
  if (is_polarity_inverted(judged))
    faults.add("polarity-inverted", Severity::kFix,
               "Correlation is " + decimal(*reads.whole_correlation, 2) + ": one channel is upside down.");
  const bool loses_whole = reads.mono_loss_db && *reads.mono_loss_db > judged.rules.mono.loss_db.fix;
  if (loses_whole || loses_an_octave(judged))
    faults.add("mono-cancellation", Severity::kFix,
               loses_whole ? "Summed to mono, the whole loses " + db(*reads.mono_loss_db) + "."
                           : "Summed to mono, one octave loses too much of its level; item 3 says which.",
               negative_correlation_times(judged.audio));
  if (reads.side_to_mid_db && *reads.side_to_mid_db > width.broadband_db.fix)
    faults.add("too-wide", Severity::kFix, "Side to mid is " + db(*reads.side_to_mid_db) + ".");
  const auto low = low_side_to_mid_db(judged);
  if (low && *low > judged.rules.low_end.side_to_mid_db.fix)
    faults.add("low-end-wide", Severity::kFix, "Below 120 Hz side to mid is " + db(*low) + ".");
  if (reads.balance_lu && std::abs(*reads.balance_lu) > width.balance_lu.fix)
    faults.add("channel-imbalance", Severity::kFix,
               std::string("The ") + (*reads.balance_lu > 0.0 ? "left" : "right") + " channel is " +
                   lu(std::abs(*reads.balance_lu)) + " louder than the other.");
}

}  // namespace

std::vector<Fault> find_faults(const DiagnosticCase& judged) {
  FaultList faults(judged);
  if (!judged.is_silent()) {
    find_level_faults(faults, judged);
    if (judged.is_stereo() && judged.audio.stereo) find_image_faults(faults, judged);
  }
  find_source_faults(faults, judged);
  std::vector<Fault> all = faults.take();
  if (!judged.is_silent()) add_tonal_faults(judged, all);
  return all;
}

}  // namespace lacquer
