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

constexpr double kBandwidthUnderProgrammeDb = 85.0;
constexpr double kBandwidthDbfs = -115.0;

constexpr std::array<double, 8> kOldRatesHz = {8000, 11025, 16000, 22050, 24000, 32000, 44100, 48000};
constexpr double kUpsampledDropDb = 30.0;
constexpr double kHighestOldOfNyquist = 0.8;
constexpr double kCliffReach = 0.2;  // of the old Nyquist frequency
constexpr double kCliffDb = 28.0;    // a drop over 300 Hz that no converter with a wide skirt makes
constexpr double kUpsampledHeardDbfs = -112.0;

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
    {17600, 18250, "AAC 160 kbps"},
    {18250, 18950, "MP3 192 kbps or MP3 V2"},
    {18950, 19850, "MP3 224 to 256 kbps or AAC 192 kbps"},
    {19850, 20150, "Opus or MP3 320 kbps"},
    {20150, 20500, "MP3 320 kbps or Vorbis q5"},
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
    below_.resize(count);
    above_.resize(count + kOver + 1);
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
  std::size_t steepest = 0;
  float drop = kSteepDb;
  for (std::size_t b = std::max<std::size_t>(lowest, kUnder); b + kOver < count; ++b) {
    const float under = median_of_five(&level_[b + 1 - kUnder]);
    if (under < kCliffHeardDbfs) continue;
    const float fall = under - above_[b + kOver];
    if (fall < kFlatDb && under > kHeardDbfs) ++bands_[b].contradicted;
    if (fall <= drop) continue;
    // The skirt of a lone partial falls as steeply, but not from a level stretch.
    const auto [low, high] = std::minmax_element(&level_[b + 1 - kUnder], &level_[b]);
    if (*high - *low <= kLevelDb) drop = fall, steepest = b;
  }
  if (steepest == 0) return;
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
  double weight = 0.0, centre = 0.0, drop = 0.0;
  for (std::size_t b = *found - 2; b <= std::min(*found + 2, bands_.size() - 1); ++b) {
    weight += static_cast<double>(bands_[b].steep);
    centre += static_cast<double>(bands_[b].steep) * (static_cast<double>(b) + 1.0);
    drop += bands_[b].drop_db;
  }
  const double hz = centre / weight * band_hz_;
  result.shelf_hz = hz;
  result.drop_db = drop / weight;
  const auto against = static_cast<double>(bands_[*found].contradicted);
  result.share_of_frames = weight / (weight + against);
  if (hz > kHighestShelfHz || hz > kHighestOfNyquist * 0.5 * sample_rate_hz_) return result;
  if (result.share_of_frames < kLeastShare || weight < kLeastSteepShare * static_cast<double>(frames_))
    return result;
  if (upsampled_from_hz()) return result;
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

bool HighsMeter::cliff_near(double hz) const {
  const auto found = shelf_band();
  if (!found || std::abs((static_cast<double>(*found) + 1.0) * band_hz_ / hz - 1.0) > kCliffReach)
    return false;
  double drop = 0.0;
  for (std::size_t b = *found - 2; b <= std::min(*found + 2, bands_.size() - 1); ++b)
    drop += bands_[b].drop_db;
  return drop >= kCliffDb * static_cast<double>(steep_near(*found));
}

// A converter's filter is centred on the old Nyquist frequency: flat to 0.84 of it, gone from 1.15 on, 6 dB
// down near 1.
std::optional<double> HighsMeter::upsampled_from_hz() const {
  if (frames_ == 0) return std::nullopt;
  const auto levels = mean_levels();
  const double nyquist = 0.5 * sample_rate_hz_;
  const auto at = [&](double hz) {
    return std::min(static_cast<std::size_t>(std::max(0.0, band_of(hz))), levels.size() - 1);
  };
  const auto mean = [&](double from_hz, double to_hz) {
    double sum = 0.0;
    for (std::size_t b = at(from_hz); b <= at(to_hz); ++b) sum += levels[b];
    return sum / static_cast<double>(at(to_hz) - at(from_hz) + 1);
  };
  std::optional<double> best;
  double best_off = 1.0;
  for (const double old : kOldRatesHz) {
    const double edge = 0.5 * old;
    if (edge > kHighestOldOfNyquist * nyquist) break;
    const double under = mean(0.78 * edge, 0.86 * edge);
    // Sound that falls by itself has to fall so much more.
    const double itself = std::max(0.0, mean(0.58 * edge, 0.66 * edge) - under);
    double over = -170.0;
    for (std::size_t b = at(1.17 * edge); b < at(std::min(0.97 * nyquist, 1.6 * edge)); ++b)
      over = std::max(over, levels[b]);
    if (under < kUpsampledHeardDbfs || under - over < kUpsampledDropDb + 1.5 * itself) continue;
    // Where the level has come down by 6 and by 30 dB for good.
    std::size_t down6 = at(1.17 * edge), down30 = down6;
    while (down30 > 0 && levels[down30 - 1] < under - kUpsampledDropDb) --down30;
    down6 = down30;
    while (down6 > 0 && levels[down6 - 1] < under - 6.0) --down6;
    const double from = static_cast<double>(down6) * band_hz_ / edge;
    const double to = static_cast<double>(down30) * band_hz_ / edge;
    // A cliff around 16 kHz is a coder's; a converter from 32 kHz shows by its skirt. Elsewhere both do.
    if (old == 32000.0 && cliff_near(edge)) continue;
    const double off = std::abs(0.5 * (from + to) - 1.0);
    if (from < 0.85 || from > 1.08 || to > 1.15 || off >= best_off) continue;
    best = old, best_off = off;
  }
  return best;
}

}  // namespace lacquer
