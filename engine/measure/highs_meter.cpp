#include "measure/highs_meter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace lacquer {

namespace {
constexpr double kBandHz = 100.0;
constexpr int kUnder = 5;  // bands whose median is the level under a cliff
constexpr int kOver = 3;   // bands after which all must be down
constexpr float kSteepDb = 18.0F;
constexpr float kLevelDb = 25.0F;
constexpr float kFlatDb = 10.0F;       // less than this: the sound goes on
constexpr float kHeardDbfs = -100.0F;  // of a band that speaks against a cliff; 16-bit dither lies at -124
constexpr float kCliffHeardDbfs = -115.0F;  // of a band under a cliff
constexpr double kLowestShelfHz = 9000.0;
constexpr double kHighestShelfHz = 20700.0;  // LAME's highest low-pass, 320 kbps, ends at 20.6 kHz
constexpr double kHighestOfNyquist = 0.945;  // above this stand the filters of converters
constexpr std::int64_t kLeastSteep = 12;     // frames, about 1 s
constexpr double kLeastSteepShare = 0.01;    // of all frames
constexpr double kLeastShare = 0.8;
constexpr double kRangeHz = 500.0;
constexpr double kLeadDb = 8.0;  // a filter that steepens has been falling before its steepest place
constexpr double kLeaningDropDb = 30.0;
constexpr double kCliffMovesHz = 1500.0;
constexpr float kMovingCliffDb = 20.0F;
constexpr double kMovesBelowHz = 17700.0;

constexpr double kBandwidthUnderProgrammeDb = 85.0;
constexpr double kBandwidthDbfs = -115.0;

constexpr std::array<double, 8> kOldRatesHz = {8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000};
constexpr double kHighestOldOfNyquist = 0.95;
constexpr std::int64_t kMirrorEvery = 12;  // frames: about a second
constexpr int kMirrorFromBins = 24;        // away from the edge, beyond the window's own skirts
constexpr int kStretchBins = 40;
constexpr int kTrendBins = 20;          // a trend is the mean of so many
constexpr float kMirrorHeard = 1e-15F;  // power of a bin: quieter ones are rounding
constexpr std::int64_t kLeastMirrorFrames = 4;
constexpr double kMirrored = 0.6;
constexpr double kMirrorFallDb = 3.0;  // images are weaker than what they mirror
constexpr double kSteepEnds = 0.93;    // of half the old rate: here and up to
constexpr double kSteepEndsAt = 1.005;
constexpr double kSteepDropDb = 40.0;
constexpr double kSteepShare = 0.9;
constexpr double kNothingDbfs = -142.0;  // in the loudest band of 100 Hz; decoders leave -140 or more

// What commonly cuts at a frequency: -10 dB points of white noise through LAME 3.100, FFmpeg's AAC,
// libvorbis and libopus (measured), and LAME's own table of low-passes.
struct Cutoff {
  double low_hz, high_hz;
  const char* codec;
};
constexpr std::array<Cutoff, 11> kCutoffs = {{
    {9000, 14500, "MP3 or AAC below 96 kbps"},
    {14500, 15450, "MP3 96 kbps"},
    {15450, 16150, "MP3 112 kbps, AAC 96 kbps or a 32 kHz source"},
    {16150, 16950, "MP3 128 kbps or Vorbis q2"},
    {16950, 17600, "MP3 160 kbps, MP3 V4 or AAC 128 kbps"},
    {17600, 18250, "AAC 160 kbps or Vorbis q3"},
    {18250, 18950, "MP3 192 kbps, MP3 V2 or Vorbis q3"},
    {18950, 19850, "MP3 224 to 256 kbps or AAC 192 kbps"},
    {19850, 20150, "Opus, MP3 320 kbps or Vorbis q5"},
    {20150, 20500, "MP3 320 kbps, Opus or Vorbis q5"},
    {20500, 20750, "MP3 320 kbps"},
}};

float median_of_five(const float* v) {
  const auto order = [](float& a, float& b) {
    const float low = std::min(a, b);
    b = std::max(a, b), a = low;
  };
  float a = v[0], b = v[1], c = v[2], d = v[3], e = v[4];
  order(a, b), order(d, e), order(c, e), order(c, d), order(b, e), order(a, d), order(a, c), order(b, d),
      order(b, c);
  return c;
}
}  // namespace

HighsMeter::HighsMeter(double sample_rate_hz) : sample_rate_hz_(sample_rate_hz) {}

void HighsMeter::on_frame(const SpectrumFrame& frame) {
  if (bands_.empty()) {
    bins_per_band_ = std::max(1, static_cast<int>(std::lround(kBandHz / frame.bin_hz)));
    band_hz_ = bins_per_band_ * frame.bin_hz;
    const std::size_t count = frame.left.size() / static_cast<std::size_t>(bins_per_band_);
    bands_.resize(count);
    level_.resize(count);
    above_.resize(count + kOver + 1);
    goes_on_.resize(count);
    when_.assign(static_cast<std::size_t>(sample_rate_hz_ / 2.0 / kRangeHz) + 2, RangeList(5.0));
  }
  ++frames_;
  const std::size_t count = bands_.size();
  const auto per_channel = static_cast<float>(frame.scale / (frame.right.empty() ? 1.0 : 2.0));
  for (std::size_t b = 0; b < count; ++b) {
    const auto first = b * static_cast<std::size_t>(bins_per_band_);
    float power = 0.0F;
    for (std::size_t k = first; k < first + static_cast<std::size_t>(bins_per_band_); ++k)
      power += frame.right.empty() ? frame.left[k] : frame.left[k] + frame.right[k];
    power *= per_channel;
    bands_[b].power += static_cast<double>(power);
    level_[b] = 10.0F * std::log10(power + 1e-16F);
  }
  const auto lowest = static_cast<std::size_t>(band_of(kLowestShelfHz));
  std::fill(above_.begin() + static_cast<std::ptrdiff_t>(count), above_.end(), -160.0F);
  for (std::size_t b = count; b-- > 0;) above_[b] = std::max(level_[b], above_[b + 1]);
  if (frames_ % kMirrorEvery == 1) compare_mirrored(frame);
  std::size_t steepest = 0;
  float drop = kSteepDb;
  for (std::size_t b = std::max<std::size_t>(lowest, kUnder); b + kOver < count; ++b) {
    const float under = median_of_five(&level_[b + 1 - kUnder]);
    goes_on_[b] = 0;
    if (under < kCliffHeardDbfs) continue;
    const float fall = under - above_[b + kOver];
    goes_on_[b] = fall < kFlatDb && under > kHeardDbfs ? 1 : 0;
    if (fall <= drop) continue;
    // The skirt of a lone partial falls as steeply, but not from a level stretch.
    const auto [low, high] = std::minmax_element(&level_[b + 1 - kUnder], &level_[b]);
    if (*high - *low <= kLevelDb) drop = fall, steepest = b;
  }
  // A coder's cliff comes and goes between its low-pass and the band below (MP3: 16 kHz): no contradiction.
  const bool moves = drop >= kMovingCliffDb && steepest < static_cast<std::size_t>(band_of(kMovesBelowHz));
  const auto spared = moves ? static_cast<std::size_t>(band_of(kCliffMovesHz)) : 0;
  for (std::size_t b = std::max<std::size_t>(lowest, kUnder); b + kOver < count; ++b)
    if (goes_on_[b] != 0 && (b > steepest || b + spared < steepest)) ++bands_[b].contradicted;
  if (steepest == 0) return;
  if (steepest + 1 >= 2 * kUnder)
    bands_[steepest].lead_db += static_cast<double>(median_of_five(&level_[steepest + 1 - 2 * kUnder]) -
                                                    median_of_five(&level_[steepest + 1 - kUnder]));
  bands_[steepest].rest += std::pow(10.0, 0.1 * static_cast<double>(above_[steepest + kOver + 2]));
  ++bands_[steepest].steep;
  bands_[steepest].drop_db += static_cast<double>(drop);
  const double at_s = static_cast<double>(frame.centre_frame) / sample_rate_hz_;
  const auto range = static_cast<std::size_t>(static_cast<double>(steepest) * band_hz_ / kRangeHz);
  when_[range].add(std::max(0.0, at_s - 0.09), at_s + 0.09);
}

std::int64_t HighsMeter::steep_near(std::size_t band) const {
  std::int64_t sum = 0;
  for (std::size_t b = band < 2 ? 0 : band - 2; b <= std::min(band + 2, bands_.size() - 1); ++b)
    sum += bands_[b].steep;
  return sum;
}

std::optional<std::size_t> HighsMeter::shelf_band() const {
  std::optional<std::size_t> best;
  std::int64_t most = kLeastSteep - 1;
  for (std::size_t b = 0; b < bands_.size(); ++b)
    if (const auto steep = steep_near(b); steep > most) most = steep, best = b;
  return best;
}

std::vector<double> HighsMeter::mean_levels() const {
  std::vector<double> levels;
  for (const Band& band : bands_)
    levels.push_back(
        10.0 * std::log10(band.power / static_cast<double>(std::max<std::int64_t>(1, frames_)) + 1e-17));
  return levels;
}

LossyResult HighsMeter::lossy() const {
  LossyResult result;
  const auto found = shelf_band();
  if (!found) return result;
  double weight = 0.0, centre = 0.0, drop = 0.0, lead = 0.0;
  for (std::size_t b = *found - 2; b <= std::min(*found + 2, bands_.size() - 1); ++b) {
    weight += static_cast<double>(bands_[b].steep);
    centre += static_cast<double>(bands_[b].steep) * (static_cast<double>(b) + 1.0);
    drop += bands_[b].drop_db;
    lead += bands_[b].lead_db;
  }
  const double hz = centre / weight * band_hz_;
  result.shelf_hz = hz;
  result.drop_db = drop / weight;
  const auto against = static_cast<double>(bands_[*found].contradicted);
  result.share_of_frames = weight / (weight + against);
  if (hz > kHighestShelfHz || hz > kHighestOfNyquist * 0.5 * sample_rate_hz_) return result;
  if (result.share_of_frames < kLeastShare || weight < kLeastSteepShare * static_cast<double>(frames_))
    return result;
  const bool leans = lead > kLeadDb * weight && drop < kLeaningDropDb * weight;
  if (leans || upsampled_from_hz()) return result;
  result.suspected = true;
  const double clear = std::clamp((*result.drop_db - kSteepDb) / 20.0 + 0.5, 0.5, 1.0);
  const double often = std::clamp(weight / (0.1 * static_cast<double>(frames_)), 0.5, 1.0);
  result.confidence = result.share_of_frames * clear * often;
  for (const Cutoff& cutoff : kCutoffs)
    if (hz >= cutoff.low_hz && hz < cutoff.high_hz) result.codec = cutoff.codec;
  RangeList merged(5.0);
  std::vector<TimeRange> all;
  for (const double side : {-0.5, 0.0, 0.5}) {
    const auto range = static_cast<std::size_t>(std::max(0.0, (hz - band_hz_) / kRangeHz + side));
    if (range >= when_.size() ||
        (side != 0.0 && range == static_cast<std::size_t>((hz - band_hz_) / kRangeHz)))
      continue;
    all.insert(all.end(), when_[range].ranges().begin(), when_[range].ranges().end());
  }
  std::sort(all.begin(), all.end(),
            [](const TimeRange& a, const TimeRange& b) { return a.from_s < b.from_s; });
  for (const TimeRange& range : all) merged.add(range.from_s, range.to_s);
  result.when = merged.ranges();
  return result;
}

std::optional<double> HighsMeter::bandwidth_hz() const {
  if (frames_ == 0) return std::nullopt;
  const auto levels = mean_levels();
  double total = 0.0;
  for (const Band& band : bands_) total += band.power;
  const double least =
      std::max(kBandwidthDbfs,
               10.0 * std::log10(total / static_cast<double>(frames_) + 1e-17) - kBandwidthUnderProgrammeDb);
  for (std::size_t b = levels.size(); b-- > 0;)
    if (levels[b] > least)
      return b + 1 == levels.size() ? 0.5 * sample_rate_hz_ : static_cast<double>(b + 1) * band_hz_;
  return std::nullopt;
}

void HighsMeter::compare_mirrored(const SpectrumFrame& frame) {
  const auto power_at = [&](std::ptrdiff_t bin) {
    const auto at = static_cast<std::size_t>(bin);
    return (frame.right.empty() ? frame.left[at] : frame.left[at] + frame.right[at]) *
           static_cast<float>(frame.scale);
  };
  const auto bins = static_cast<std::ptrdiff_t>(frame.left.size());
  std::array<float, kStretchBins> below, above;
  for (std::size_t r = 0; r < kOldRates; ++r) {
    if (kOldRatesHz[r] > kHighestOldOfNyquist * sample_rate_hz_) break;
    const auto twice = static_cast<std::ptrdiff_t>(std::lround(kOldRatesHz[r] / frame.bin_hz));
    for (std::size_t s = 0; s < kStretches; ++s) {
      const std::ptrdiff_t first =
          twice / 2 + kMirrorFromBins + static_cast<std::ptrdiff_t>(s) * kStretchBins;
      if (first + kStretchBins >= bins || twice - first - kStretchBins < 1) break;
      float least = HUGE_VALF;
      for (int i = 0; i < kStretchBins; ++i) {
        const float up = power_at(first + i), down = power_at(twice - first - i);
        least = std::min({least, up, down});
        above[static_cast<std::size_t>(i)] = 10.0F * std::log10(up + 1e-30F);
        below[static_cast<std::size_t>(i)] = 10.0F * std::log10(down + 1e-30F);
      }
      if (!(least > kMirrorHeard) || !std::isfinite(least)) continue;
      Mirror& mirror = mirrors_[r][s];
      ++mirror.frames;
      for (std::size_t from = 0; from < kStretchBins; from += kTrendBins) {
        double up = 0.0, down = 0.0;
        for (std::size_t i = from; i < from + kTrendBins; ++i)
          up += static_cast<double>(above[i]), down += static_cast<double>(below[i]);
        up /= kTrendBins, down /= kTrendBins;
        mirror.fall_db += (down - up) * kTrendBins / kStretchBins;
        for (std::size_t i = from; i < from + kTrendBins; ++i) {
          const double a = static_cast<double>(above[i]) - up, b = static_cast<double>(below[i]) - down;
          mirror.above += a * a, mirror.below += b * b, mirror.both += a * b;
        }
      }
    }
  }
}

std::optional<double> HighsMeter::mirrored_rate_hz() const {
  std::optional<double> rate;
  double best = kMirrored;
  for (std::size_t r = 0; r < kOldRates; ++r)
    for (const Mirror& mirror : mirrors_[r]) {
      if (mirror.frames < kLeastMirrorFrames ||
          mirror.fall_db < kMirrorFallDb * static_cast<double>(mirror.frames))
        continue;
      const double alike = mirror.both / std::sqrt(mirror.above * mirror.below + 1e-9);
      if (alike > best) best = alike, rate = kOldRatesHz[r];
    }
  return rate;
}

std::optional<double> HighsMeter::steep_rate_hz() const {
  const auto found = shelf_band();
  if (!found) return std::nullopt;
  double weight = 0.0, drop = 0.0, rest = 0.0, centre = 0.0;
  for (std::size_t b = *found - 2; b <= std::min(*found + 2, bands_.size() - 1); ++b) {
    const auto steep = static_cast<double>(bands_[b].steep);
    weight += steep, drop += bands_[b].drop_db, rest += bands_[b].rest;
    centre += steep * (static_cast<double>(b) + 1.0);
  }
  const auto against = static_cast<double>(bands_[*found].contradicted);
  if (drop < kSteepDropDb * weight || weight < kSteepShare * (weight + against)) return std::nullopt;
  const double hz = centre / weight * band_hz_;
  if (hz < kHighestShelfHz && 10.0 * std::log10(rest / weight + 1e-17) > kNothingDbfs) return std::nullopt;
  for (const double old : kOldRatesHz) {
    if (old > kHighestOldOfNyquist * sample_rate_hz_) break;
    if (hz > kSteepEnds * 0.5 * old && hz < kSteepEndsAt * 0.5 * old) return old;
  }
  return std::nullopt;
}

std::optional<double> HighsMeter::upsampled_from_hz() const {
  if (const auto rate = mirrored_rate_hz()) return rate;
  return steep_rate_hz();
}

}  // namespace lacquer
