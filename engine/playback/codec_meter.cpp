#include "playback/codec_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "dsp/span_stats.h"

namespace lacquer {
namespace {

constexpr double kMergeS = 0.1;
constexpr std::size_t kMostRanges = 1000;
constexpr double kKeptDb = -6.0;    // a band that falls by more is gone
constexpr double kNothing = 1e-12;  // mean square of a band that holds nothing to compare: -120 dBFS

}  // namespace

CodecMeter::CodecMeter(const StreamFormat& format)
    : format_(format),
      loudness_(format, false),
      peak_(format, false),
      fft_(kFftFrames),
      sums_(format.sample_rate_hz / kFftFrames, kFftFrames / 2 + 1),
      window_(kFftFrames),
      waiting_original_(format.channels, kFftFrames),
      waiting_delta_(format.channels, kFftFrames),
      power_(static_cast<std::size_t>(kFftFrames / 2 + 1)),
      before_(kBands),
      after_(kBands),
      delta_(kBands) {
  for (int i = 0; i < kFftFrames; ++i)
    window_[static_cast<std::size_t>(i)] =
        static_cast<float>(0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (i + 0.5) / kFftFrames));
}

void CodecMeter::add(ConstAudioBlock original, ConstAudioBlock decoded) {
  loudness_.add(decoded);
  peak_.add(decoded);
  count_overs(decoded);
  collect(original, decoded);
  frame_ += decoded.frames();
}

void CodecMeter::finish() {
  peak_.finish();
  if (waiting_ == 0) return;
  for (int c = 0; c < format_.channels; ++c) {
    std::fill(waiting_original_.channel(c).begin() + waiting_, waiting_original_.channel(c).end(), 0.0F);
    std::fill(waiting_delta_.channel(c).begin() + waiting_, waiting_delta_.channel(c).end(), 0.0F);
  }
  transform();
}

void CodecMeter::count_overs(ConstAudioBlock decoded) {
  float highest = 0.0F;
  for (int c = 0; c < decoded.channels(); ++c)
    highest = std::max(highest, highest_magnitude(decoded.channel(c)));
  if (!(highest > 1.0F)) return;
  for (int i = 0; i < decoded.frames(); ++i) {
    int over = 0;
    for (int c = 0; c < decoded.channels(); ++c)
      if (std::abs(decoded.channel(c)[static_cast<std::size_t>(i)]) > 1.0F) ++over;
    if (over == 0) continue;
    samples_over_ += over;
    const double at_s = static_cast<double>(frame_ + i) / format_.sample_rate_hz;
    const double end_s = at_s + 1.0 / format_.sample_rate_hz;
    if (!over_when_.empty() && at_s - over_when_.back().to_s <= kMergeS)
      over_when_.back().to_s = end_s;
    else if (over_when_.size() < kMostRanges)
      over_when_.push_back({at_s, end_s});
  }
}

void CodecMeter::collect(ConstAudioBlock original, ConstAudioBlock decoded) {
  for (int done = 0; done < decoded.frames();) {
    const int part = std::min(decoded.frames() - done, kFftFrames - waiting_);
    for (int c = 0; c < format_.channels; ++c) {
      const auto from =
          original.channel(c).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(part));
      const auto to =
          decoded.channel(c).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(part));
      std::copy(from.begin(), from.end(), waiting_original_.channel(c).begin() + waiting_);
      std::transform(to.begin(), to.end(), from.begin(), waiting_delta_.channel(c).begin() + waiting_,
                     [](float after, float before) { return after - before; });
    }
    done += part;
    waiting_ += part;
    if (waiting_ == kFftFrames) transform();
  }
}

// One window of every channel, both signals, into the sums. The decoded spectrum is that of the original plus
// that of the difference.
void CodecMeter::transform() {
  waiting_ = 0;
  // Mean square, one-sided: the window's power is 3/8.
  const double scale = 2.0 / (0.375 * kFftFrames * static_cast<double>(kFftFrames));
  const auto sum_into = [&](std::vector<double>& total) {
    std::vector<double> bands(kBands);
    sums_.sum(power_, 0, sums_.count(), scale, bands);
    for (std::size_t b = 0; b < bands.size(); ++b) total[b] += bands[b];
  };
  std::vector<std::complex<float>> original(power_.size());
  for (int c = 0; c < format_.channels; ++c) {
    const auto windowed = [&](const AudioBuffer& from) {
      std::transform(window_.begin(), window_.end(), from.channel(c).begin(), fft_.input().begin(),
                     std::multiplies<>());
      return fft_.transform();
    };
    const auto before = windowed(waiting_original_);
    std::copy(before.begin(), before.end(), original.begin());
    for (std::size_t k = 0; k < power_.size(); ++k) power_[k] = std::norm(original[k]);
    sum_into(before_);
    const auto delta = windowed(waiting_delta_);
    for (std::size_t k = 0; k < power_.size(); ++k) power_[k] = std::norm(delta[k]);
    sum_into(delta_);
    for (std::size_t k = 0; k < power_.size(); ++k) power_[k] = std::norm(original[k] + delta[k]);
    sum_into(after_);
  }
}

CodecBand CodecMeter::band(int first, int end) const {
  CodecBand band{band_edge_hz(first), band_edge_hz(end), std::nullopt, std::nullopt};
  const auto total = [&](const std::vector<double>& of) {
    double sum = 0.0;
    for (int b = first; b < end; ++b) sum += of[static_cast<std::size_t>(b)];
    return sum;
  };
  const double windows = std::max(1.0, std::ceil(static_cast<double>(frame_) / kFftFrames));
  const double before = total(before_);
  if (before / windows < kNothing) return band;
  // Nothing left reads as the floor of comparison, not as minus infinity.
  const auto relative = [&](double power) {
    return 10.0 * std::log10(std::max(power, 1e-12 * before) / before);
  };
  band.change_db = relative(total(after_));
  band.delta_db = relative(total(delta_));
  return band;
}

CodecMeasurement CodecMeter::result() const {
  CodecMeasurement result;
  const PeakResult peak = peak_.result();
  result.sample_dbfs = peak.sample_dbfs;
  result.true_dbtp = peak.true_dbtp;
  result.samples_over = samples_over_;
  result.over_when = over_when_;
  result.integrated_lufs = loudness_.result().integrated_lufs;
  for (std::size_t i = 0; i + 1 < kStereoEdgesHz.size(); ++i) {
    CodecBand wide = band(nearest_band_edge(kStereoEdgesHz[i]), nearest_band_edge(kStereoEdgesHz[i + 1]));
    wide.low_hz = kStereoEdgesHz[i];
    wide.high_hz = kStereoEdgesHz[i + 1];
    result.bands.push_back(wide);
  }
  for (int t = 0; t < kThirdOctaves && (t + 1) * kBandsPerThirdOctave <= sums_.count(); ++t)
    result.third_octaves.push_back(band(t * kBandsPerThirdOctave, (t + 1) * kBandsPerThirdOctave));
  for (int b = 0; b < sums_.count(); ++b) {
    const CodecBand narrow = band(b, b + 1);
    if (narrow.change_db && *narrow.change_db > kKeptDb) result.bandwidth_hz = narrow.high_hz;
  }
  result.tenth_peaks = peak_.tenths();
  return result;
}

}  // namespace lacquer
