#include "measure/spectrum_meter.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/decibels.h"
#include "measure/k_weighting.h"
#include "measure/loudness_meter.h"

namespace lacquer {

namespace {

constexpr double kLowestEdgeExponent = 1.25;  // 10^1.25 = 17.78 Hz, the lower edge of the 20 Hz third octave
constexpr double kBandsPerDecade = 40.0;
constexpr int kBandsPerThirdOctave = 4;
constexpr double kLoudnessBinLu = 0.5;
constexpr double kLowestLoudnessLufs = -80.0;
constexpr std::array<double, 31> kNominalHz = {
    20,  25,   31.5, 40,   50,   63,   80,   100,  125,  160,  200,  250,   315,   400,   500,  630,
    800, 1000, 1250, 1600, 2000, 2500, 3150, 4000, 5000, 6300, 8000, 10000, 12500, 16000, 20000};

int fft_size_for(double sample_rate_hz) {
  int size = 8192;
  while (size < sample_rate_hz * 8192.0 / 50000.0) size *= 2;
  while (size > 1024 && size * 1.5 > sample_rate_hz * 8192.0 / 44100.0 * 2.0) size /= 2;
  return size;
}

// |H|^2 of the K-weighting at one frequency.
double k_power(double hz, double sample_rate_hz) {
  // The filters exist from 32 kHz up; lower rates see the same curve.
  const double rate = std::max(sample_rate_hz, 48000.0);
  const std::complex<double> z = std::polar(1.0, -2.0 * std::numbers::pi * hz / rate);
  double power = 1.0;
  for (const BiquadCoefficients& c : k_weighting(rate))
    power *= std::norm((c.b0 + z * (c.b1 + z * c.b2)) / (1.0 + z * (c.a1 + z * c.a2)));
  return power;
}

}  // namespace

double SpectrumMeter::band_edge_hz(int band) {
  return std::pow(10.0, kLowestEdgeExponent + band / kBandsPerDecade);
}

SpectrumMeter::SpectrumMeter(const StreamFormat& format)
    : format_(format),
      fft_(fft_size_for(format.sample_rate_hz)),
      window_(static_cast<std::size_t>(fft_.size())),
      history_(static_cast<std::size_t>(format.channels),
               std::vector<float>(static_cast<std::size_t>(fft_.size()))),
      left_spectrum_(static_cast<std::size_t>(fft_.bins())),
      left_power_(static_cast<std::size_t>(fft_.bins())),
      right_power_(static_cast<std::size_t>(fft_.bins())),
      cross_power_(static_cast<std::size_t>(fft_.bins())),
      sums_(kLoudnessBins),
      frames_(kLoudnessBins) {
  const int size = fft_.size();
  double window_power = 0.0;
  for (int i = 0; i < size; ++i) {
    const double w = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * i / size);
    window_[static_cast<std::size_t>(i)] = static_cast<float>(w);
    window_power += w * w;
  }
  scale_ = 2.0 / (window_power * size);  // both halves of the spectrum; Parseval
  const double bin_hz = format.sample_rate_hz / size;
  for (int b = 0; b < kBands; ++b) {
    const double low = band_edge_hz(b) / bin_hz + 0.5;  // bin k covers [k, k + 1) on this axis
    const double high = std::min(band_edge_hz(b + 1) / bin_hz + 0.5, static_cast<double>(fft_.bins()));
    if (low >= fft_.bins()) break;
    BinRange& range = ranges_[static_cast<std::size_t>(b)];
    range.first = static_cast<int>(low);
    range.last = std::min(static_cast<int>(high), fft_.bins() - 1);
    if (range.first == range.last) {
      range.first_weight = static_cast<float>(high - low);
    } else {
      range.first_weight = static_cast<float>(range.first + 1 - low);
      range.last_weight = static_cast<float>(high - range.last);
    }
    k_weight_[static_cast<std::size_t>(b)] =
        k_power(std::sqrt(band_edge_hz(b) * band_edge_hz(b + 1)), format.sample_rate_hz);
    bands_below_nyquist_ = b + 1;
  }
}

void SpectrumMeter::add(ConstAudioBlock block) {
  const int size = fft_.size();
  for (int done = 0; done < block.frames();) {
    const int part = std::min(block.frames() - done, size - fill_);
    for (int c = 0; c < format_.channels; ++c) {
      const auto from =
          block.channel(c).subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(part));
      std::copy(from.begin(), from.end(), history_[static_cast<std::size_t>(c)].begin() + fill_);
    }
    fill_ += part;
    done += part;
    if (fill_ < size) continue;
    transform();
    for (auto& row : history_) std::copy(row.begin() + size / 2, row.end(), row.begin());
    fill_ = size / 2;
    first_frame_ += size / 2;
  }
}

void SpectrumMeter::transform() {
  const int bins = fft_.bins();
  const auto load = [&](std::size_t channel) {
    const auto input = fft_.input();
    const auto& row = history_[channel];
    for (std::size_t i = 0; i < input.size(); ++i) input[i] = row[i] * window_[i];
    return fft_.transform();
  };
  const bool stereo = format_.channels == 2;
  const auto first = load(0);
  std::copy(first.begin(), first.end(), left_spectrum_.begin());
  const auto second = stereo ? load(1) : std::span<const std::complex<float>>(left_spectrum_);
  const auto* l = reinterpret_cast<const float*>(left_spectrum_.data());
  const auto* r = reinterpret_cast<const float*>(second.data());
  for (int k = 0; k < bins; ++k) {
    const float lr = l[2 * k], li = l[2 * k + 1], rr = r[2 * k], ri = r[2 * k + 1];
    left_power_[static_cast<std::size_t>(k)] = lr * lr + li * li;
    right_power_[static_cast<std::size_t>(k)] = rr * rr + ri * ri;
    cross_power_[static_cast<std::size_t>(k)] = lr * rr + li * ri;
  }
  Bands bands;
  double weighted = 0.0;
  for (int b = 0; b < bands_below_nyquist_; ++b) {
    const BinRange& range = ranges_[static_cast<std::size_t>(b)];
    const auto sum = [&](const std::vector<float>& power) {
      double total = static_cast<double>(range.first_weight) * power[static_cast<std::size_t>(range.first)] +
                     static_cast<double>(range.last_weight) * power[static_cast<std::size_t>(range.last)];
      for (int k = range.first + 1; k < range.last; ++k) total += power[static_cast<std::size_t>(k)];
      return total * scale_;
    };
    Band& band = bands[static_cast<std::size_t>(b)];
    band = {sum(left_power_), sum(right_power_), sum(cross_power_)};
    weighted += k_weight_[static_cast<std::size_t>(b)] * (stereo ? band.left + band.right : band.left);
  }
  const auto lufs = loudness_of_power(weighted);
  if (!lufs || *lufs < kLowestLoudnessLufs) return;
  const auto right_or_none = [&](const std::vector<float>& power) {
    return stereo ? std::span<const float>(power) : std::span<const float>();
  };
  const SpectrumFrame frame{
      first_frame_ + fft_.size() / 2, format_.sample_rate_hz / fft_.size(), scale_, *lufs, left_power_,
      right_or_none(right_power_),    right_or_none(cross_power_)};
  for (SpectrumListener* listener : listeners_) listener->on_frame(frame);
  const auto bin = static_cast<std::size_t>(
      std::min<double>(kLoudnessBins - 1, (*lufs - kLowestLoudnessLufs) / kLoudnessBinLu));
  ++frames_[bin];
  for (std::size_t b = 0; b < kBands; ++b) {
    sums_[bin][b].left += bands[b].left;
    sums_[bin][b].right += bands[b].right;
    sums_[bin][b].cross += bands[b].cross;
  }
}

SpectrumMeter::Bands SpectrumMeter::gated(double gate_lufs) const {
  Bands total{};
  const int first = static_cast<int>(std::max(0.0, (gate_lufs - kLowestLoudnessLufs) / kLoudnessBinLu));
  for (auto bin = static_cast<std::size_t>(first); bin < kLoudnessBins; ++bin) {
    if (frames_[bin] == 0) continue;
    for (std::size_t b = 0; b < kBands; ++b) {
      total[b].left += sums_[bin][b].left;
      total[b].right += sums_[bin][b].right;
      total[b].cross += sums_[bin][b].cross;
    }
  }
  return total;
}

SpectrumResult SpectrumMeter::spectrum(double gate_lufs) const {
  const Bands bands = gated(gate_lufs);
  SpectrumResult result;
  for (std::size_t third = 0; third < kNominalHz.size(); ++third) {
    double power = 0.0;
    bool whole = true;
    for (int part = 0; part < kBandsPerThirdOctave; ++part) {
      const int b = static_cast<int>(third) * kBandsPerThirdOctave + part;
      whole = whole && b < bands_below_nyquist_;
      power += bands[static_cast<std::size_t>(b)].left + bands[static_cast<std::size_t>(b)].right;
    }
    result.third_octaves.push_back({kNominalHz[third], whole ? power_to_db(power) : std::nullopt});
  }
  // 0 dB is the mean of the eleven bands from 200 Hz to 2 kHz.
  double mean = 0.0;
  int count = 0;
  for (const ThirdOctave& band : result.third_octaves) {
    if (!band.level_db || band.hz < 200.0 || band.hz > 2000.0) continue;
    mean += *band.level_db;
    ++count;
  }
  if (count == 0) {
    for (ThirdOctave& band : result.third_octaves) band.level_db.reset();
    return result;
  }
  mean /= count;
  for (ThirdOctave& band : result.third_octaves)
    if (band.level_db) *band.level_db -= mean;

  // Least squares over 100 Hz - 10 kHz; a power density falls 3.01 dB an octave faster than third-octave
  // levels.
  double n = 0.0, sx = 0.0, sy = 0.0, sxx = 0.0, sxy = 0.0;
  for (const ThirdOctave& band : result.third_octaves) {
    if (!band.level_db || band.hz < 100.0 || band.hz > 10000.0) continue;
    const double x = std::log2(band.hz);
    n += 1.0, sx += x, sy += *band.level_db, sxx += x * x, sxy += x * *band.level_db;
  }
  if (n >= 3.0) {
    constexpr double kDensityDbPerOctave = 3.0103;
    result.slope_psd_db_per_octave = (n * sxy - sx * sy) / (n * sxx - sx * sx) - kDensityDbPerOctave;
  }
  return result;
}

StereoBand SpectrumMeter::stereo_between(const Bands& bands, double low_hz, double high_hz, int first,
                                         int end) const {
  Band sum;
  for (int b = std::max(0, first); b < std::min(end, bands_below_nyquist_); ++b) {
    sum.left += bands[static_cast<std::size_t>(b)].left;
    sum.right += bands[static_cast<std::size_t>(b)].right;
    sum.cross += bands[static_cast<std::size_t>(b)].cross;
  }
  StereoBand result{low_hz, high_hz, {}, {}, {}};
  const double both = sum.left + sum.right;
  if (format_.channels != 2 || both <= 0.0) return result;
  if (sum.left > 0.0 && sum.right > 0.0)
    result.correlation = std::clamp(sum.cross / std::sqrt(sum.left * sum.right), -1.0, 1.0);
  // Below these ratios rounding decides: -120 dB is as narrow, or as hollow, as a figure can say.
  constexpr double kLeast = 1e-12;
  const double mid = std::max(both + 2.0 * sum.cross, kLeast * both);   // 4 M^2
  const double side = std::max(both - 2.0 * sum.cross, kLeast * both);  // 4 S^2
  result.side_to_mid_db = 10.0 * std::log10(side / mid);
  result.mono_loss_db = 10.0 * std::log10(2.0 * both / mid);
  return result;
}

namespace {
int nearest_edge(double hz) {
  return static_cast<int>(std::lround((std::log10(hz) - kLowestEdgeExponent) * kBandsPerDecade));
}
}  // namespace

std::vector<StereoBand> SpectrumMeter::stereo_bands(double gate_lufs) const {
  const Bands bands = gated(gate_lufs);
  constexpr std::array<double, 5> kEdgesHz = {20.0, 120.0, 500.0, 4000.0, 16000.0};
  std::vector<StereoBand> result;
  for (std::size_t i = 0; i + 1 < kEdgesHz.size(); ++i)
    result.push_back(stereo_between(bands, kEdgesHz[i], kEdgesHz[i + 1], nearest_edge(kEdgesHz[i]),
                                    nearest_edge(kEdgesHz[i + 1])));
  return result;
}

std::vector<StereoBand> SpectrumMeter::stereo_octaves(double gate_lufs) const {
  const Bands bands = gated(gate_lufs);
  constexpr int kBandsPerOctave = 3 * kBandsPerThirdOctave;
  std::vector<StereoBand> result;
  for (std::size_t third = 5; third < 5 + 8 * 3; third += 3) {  // centred on 63, 125, … 8,000 Hz
    const int first = (static_cast<int>(third) - 1) * kBandsPerThirdOctave;
    result.push_back(stereo_between(bands, band_edge_hz(first), band_edge_hz(first + kBandsPerOctave), first,
                                    first + kBandsPerOctave));
  }
  return result;
}

}  // namespace lacquer
