#include <algorithm>
#include <array>
#include <cmath>

#include "judge/faults.h"
#include "judge/prose.h"

namespace lacquer {

using namespace prose;  // NOLINT(google-build-using-namespace)

namespace {

constexpr double kLoudnessStepS = 0.1;  // of LoudnessResult's series

Severity fix_if(bool grave) { return grave ? Severity::kFix : Severity::kLook; }

// The side to mid at which a band loses so much in mono.
double side_for_loss_db(double loss) { return 10.0 * std::log10(std::pow(10.0, loss / 10.0) - 1.0); }

bool is_quiet_at(const DiagnosticCase& judged, double from_s, double to_s) {
  const std::vector<float>& series = judged.audio.loudness.momentary_lufs;
  if (series.empty() || !judged.reads.integrated_lufs) return false;
  if (!std::isfinite(from_s) || !std::isfinite(to_s)) return true;
  const auto last = static_cast<double>(series.size() - 1);
  // The window that ends last in the column says what is in it.
  const double index = std::clamp(std::ceil(std::max(from_s, to_s) / kLoudnessStepS) - 1.0, 0.0, last);
  return !(series[static_cast<std::size_t>(index)] >
           *judged.reads.integrated_lufs - judged.rules.faults.quiet_lu);
}

std::string times_in_words(const std::vector<TimeRange>& times) {
  return times.empty() ? std::string()
                       : " from " + seconds(times.front().from_s) + " to " + seconds(times.front().to_s) +
                             (times.size() > 1 ? " and at other times" : "");
}

// The bands above the bass, where mono takes voices and instruments away.
struct Hollow {
  std::size_t band = 1;
  double limit_db = 0.0;  // what the band loses at least
  std::vector<TimeRange> when;
};

// The longest time that a band loses so much; the graver limit first.
Hollow find_hollow(const DiagnosticCase& judged) {
  const auto& rules = judged.rules.faults;
  for (const double limit : {rules.hollow_loss_db.fix, rules.hollow_loss_db.look}) {
    Hollow longest;
    for (std::size_t band = 1; band < kWidthBands.size(); ++band) {
      auto when = wide_stretches(judged, band, side_for_loss_db(limit), rules.hollow_s);
      if (total_s(when) > total_s(longest.when)) longest = {band, limit, std::move(when)};
    }
    if (!longest.when.empty()) return longest;
  }
  return {};
}

std::optional<OctaveLoss> octave_past_fix(const DiagnosticCase& judged) {
  const auto& rules = judged.rules.mono;
  std::optional<OctaveLoss> worst;
  for (const OctaveLoss& octave : octave_losses(judged)) {
    const double limit =
        octave.high_hz <= rules.low_octave_hz ? rules.low_octave_fix_db : rules.octave_loss_db.fix;
    if (octave.loss_db > limit && (!worst || octave.loss_db > worst->loss_db)) worst = octave;
  }
  return worst;
}

}  // namespace

std::vector<TimeRange> wide_stretches(const DiagnosticCase& judged, std::size_t band, double limit_db,
                                      double least_s) {
  std::vector<TimeRange> stretches;
  if (!judged.is_stereo() || !judged.audio.stereo) return stretches;
  const BandsOverTime& image = judged.audio.stereo->side_to_mid_over_time;
  const auto bands = static_cast<std::size_t>(std::max(0, image.bands));
  if (band >= bands || !(image.column_s > 0.0) ||
      is_quiet_band(judged, kWidthBands[band].low_hz, kWidthBands[band].high_hz))
    return stretches;
  const double end_s = whole_piece(judged.audio).to_s;
  for (std::size_t column = 0; column * bands + band < image.values.size(); ++column) {
    const double from_s = static_cast<double>(column) * image.column_s;
    const double to_s = std::min(end_s, from_s + image.column_s);
    if (!(image.values[column * bands + band] > limit_db) || to_s <= from_s) continue;
    if (is_quiet_at(judged, from_s, to_s)) continue;
    if (!stretches.empty() && from_s - stretches.back().to_s <= judged.rules.faults.break_s)
      stretches.back().to_s = to_s;
    else
      stretches.push_back({from_s, to_s});
  }
  std::erase_if(stretches, [&](const TimeRange& range) { return range.to_s - range.from_s < least_s; });
  return stretches;
}

std::optional<Fault> find_mono_as_stereo(const DiagnosticCase& judged) {
  if (silent_channel(judged) || !has_same_channels(judged)) return std::nullopt;
  return make_fault(judged, "mono-as-stereo", Severity::kLook, 1.0, "Both channels carry the same sound.");
}

std::optional<Fault> find_too_narrow(const DiagnosticCase& judged) {
  if (!judged.is_stereo() || !judged.audio.stereo) return std::nullopt;
  const auto& side = judged.reads.side_to_mid_db;
  const double limit = judged.rules.faults.narrow_db;
  if (!side || !(*side < limit) || has_same_channels(judged) || silent_channel(judged)) return std::nullopt;
  // A heavy bass in the middle hides the width of what lies above it. Panning is width here, so nothing is
  // balanced.
  for (const StereoBand& band : judged.audio.stereo->bands)
    if (band.low_hz >= kWidthBands[0].high_hz && !is_quiet_band(judged, band.low_hz, band.high_hz) &&
        known(band.side_to_mid_db) && *band.side_to_mid_db >= limit)
      return std::nullopt;
  return make_fault(judged, "too-narrow", Severity::kLook,
                    clearness({limit, judged.rules.stereo_width.broadband_mono_db}, *side),
                    "Side to mid is " + db(*side) + ", close to mono.");
}

std::optional<Fault> find_too_wide(const DiagnosticCase& judged) {
  if (silent_channel(judged)) return std::nullopt;
  const auto side = whole_width_db(judged);
  const auto& limits = judged.rules.faults.wide_db;
  if (!side || !(*side > limits.look)) return std::nullopt;
  return make_fault(judged, "too-wide", fix_if(*side > limits.fix), clearness(limits, *side),
                    "Side to mid is " + db(*side) + ": the sides are as loud as the middle.");
}

std::optional<Fault> find_low_end_wide(const DiagnosticCase& judged) {
  if (silent_channel(judged)) return std::nullopt;
  const auto side = low_side_to_mid_db(judged);
  const auto& limits = judged.rules.faults.low_wide_db;
  if (!side || !(*side > limits.look)) return std::nullopt;
  // Where all of it is too wide and the bass less than the rest, that is one finding.
  const auto whole = whole_width_db(judged);
  if (!(*side > limits.fix) && whole && *whole > judged.rules.faults.wide_db.look && *side < *whole)
    return std::nullopt;
  return make_fault(judged, "low-end-wide", fix_if(*side > limits.fix), clearness(limits, *side),
                    "Below 120 Hz side to mid is " + db(*side) + ", so the bass is not in the middle.",
                    judged.audio.stereo->low_wide_when);
}

std::optional<Fault> find_polarity_inverted(const DiagnosticCase& judged) {
  if (!judged.is_stereo() || !judged.audio.stereo) return std::nullopt;
  const StereoResult& stereo = *judged.audio.stereo;
  const auto& rules = judged.rules.faults;
  const auto& correlation = judged.reads.whole_correlation;
  const std::vector<TimeRange> when = stereo.polarity ? stereo.polarity->when : std::vector<TimeRange>();
  if (correlation && *correlation < judged.rules.mono.inverted_correlation)
    return make_fault(judged, "polarity-inverted", Severity::kFix, 1.0,
                      "Correlation is " + decimal(*correlation, 2) + ": one channel is upside down.");
  // In a wide piece the correlation only mirrors; but what every mix keeps in the middle, its bass first of
  // all, then stands in the side.
  const auto low = low_side_to_mid_db(judged);
  const auto& whole = judged.reads.side_to_mid_db;
  bool all_bands = low.has_value();
  for (const WidthBand& band : kWidthBands)
    if (const auto side = band_width_db(judged, band)) all_bands = all_bands && *side > 0.0;
  if (whole && *whole > rules.inverted_side_db && low && *low > rules.inverted_side_db && all_bands)
    return make_fault(judged, "polarity-inverted", Severity::kFix, 0.5,
                      "The bass and all above it are stronger in the side than in the middle (side to mid " +
                          db(*whole) + ", below 120 Hz " + db(*low) +
                          "), as when one channel is upside down.");
  if (!stereo.polarity) return std::nullopt;
  if (stereo.polarity->lows_inverted)
    return make_fault(judged, "polarity-inverted", Severity::kFix, 0.8,
                      "Below 120 Hz one channel is upside down, while the rest is not.", when);
  if (!std::isfinite(stereo.polarity->whole_share) || !(stereo.polarity->whole_share > rules.inverted_share))
    return std::nullopt;
  return make_fault(judged, "polarity-inverted", Severity::kLook, 0.5,
                    "For " + share(stereo.polarity->whole_share) +
                        " of the time one channel runs against the other as if it were upside down.",
                    when);
}

std::optional<Fault> find_mono_cancellation(const DiagnosticCase& judged) {
  if (silent_channel(judged)) return std::nullopt;
  const auto& loss = judged.reads.mono_loss_db;
  const auto octave = octave_past_fix(judged);
  const Hollow hollow = find_hollow(judged);
  const bool whole = loss && *loss > judged.rules.mono.loss_db.fix;
  const std::vector<TimeRange> when =
      hollow.when.empty() ? negative_correlation_times(judged.audio) : hollow.when;
  if (octave)
    return make_fault(judged, "mono-cancellation", Severity::kFix, 1.0,
                      "Summed to mono, the octave around " + frequency(octave->centre_hz) + " loses " +
                          db(octave->loss_db) + ".",
                      when);
  if (whole)
    return make_fault(judged, "mono-cancellation", Severity::kFix, 1.0,
                      "Summed to mono, the whole loses " + db(*loss) + ".", when);
  if (hollow.when.empty()) return std::nullopt;
  const bool grave = hollow.limit_db >= judged.rules.faults.hollow_loss_db.fix;
  return make_fault(judged, "mono-cancellation", fix_if(grave), grave ? 1.0 : 0.5,
                    "Summed to mono, what plays " + std::string(kWidthBands[hollow.band].name) +
                        " loses more than " + db(hollow.limit_db) + times_in_words(hollow.when) + ".",
                    when);
}

std::optional<Fault> find_channel_imbalance(const DiagnosticCase& judged) {
  if (const auto silent = silent_channel(judged))
    return Fault{"channel-imbalance",
                 Severity::kFix,
                 judged.rules.certainty.measured,
                 {},
                 std::string("The ") + (*silent == 0 ? "left" : "right") + " channel is silent."};
  const auto& balance = judged.reads.balance_lu;
  const auto& limits = judged.rules.faults.imbalance_lu;
  if (!balance || !(std::abs(*balance) > limits.look)) return std::nullopt;
  return make_fault(judged, "channel-imbalance", fix_if(std::abs(*balance) > limits.fix),
                    clearness(limits, std::abs(*balance)),
                    std::string("The ") + (*balance > 0.0 ? "left" : "right") + " channel is " +
                        lu(std::abs(*balance)) + " louder than the other.");
}

}  // namespace lacquer
