#include "support/plain_meter.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace lacquer::test {

namespace {

using Row = std::vector<double>;

double lufs(double power) { return 10.0 * std::log10(power) - 0.691; }
double power_of(double loudness) { return std::pow(10.0, (loudness + 0.691) / 10.0); }

// BS.1770-5 Annex 1 at any rate from 32 kHz: the analogue shelf and high-pass behind its tables, by the
// bilinear transform s = (1 - z^-1) / (1 + z^-1) / tan(pi f / rate).
Row weighted(const Row& x, double rate) {
  const double shelf_k = std::tan(std::numbers::pi * 1681.974450955533 / rate);
  const double shelf_q = 0.7071752369554196;
  const double high = std::pow(10.0, 3.999843853973347 / 20.0);
  const double middle = std::pow(high, 0.4996667741545416);
  const double pass_k = std::tan(std::numbers::pi * 38.13547087602444 / rate);
  const double table_k = std::tan(std::numbers::pi * 38.13547087602444 / 48000.0);
  const double pass_q = 0.5003270373238773;
  const double gain = (1.0 + table_k / pass_q + table_k * table_k);  // the table's numerator is 1, -2, 1
  Row y(x.size()), z(x.size());
  const auto at = [](const Row& row, std::size_t i, std::size_t back) {
    return i >= back ? row[i - back] : 0.0;
  };
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double kk = shelf_k * shelf_k;
    const double a0 = 1.0 + shelf_k / shelf_q + kk;
    y[i] = ((high + middle * shelf_k / shelf_q + kk) * x[i] + 2.0 * (kk - high) * at(x, i, 1) +
            (high - middle * shelf_k / shelf_q + kk) * at(x, i, 2) - 2.0 * (kk - 1.0) * at(y, i, 1) -
            (1.0 - shelf_k / shelf_q + kk) * at(y, i, 2)) /
           a0;
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double kk = pass_k * pass_k;
    const double a0 = 1.0 + pass_k / pass_q + kk;
    z[i] = (gain * (y[i] - 2.0 * at(y, i, 1) + at(y, i, 2)) - 2.0 * (kk - 1.0) * at(z, i, 1) -
            (1.0 - pass_k / pass_q + kk) * at(z, i, 2)) /
           a0;
  }
  return z;
}

// Means of a[i] * b[i] over `window` frames, every `hop` frames, of whole windows only.
Row window_means(const Row& a, const Row& b, std::size_t window, std::size_t hop) {
  Row means;
  for (std::size_t end = hop; end <= a.size(); end += hop) {
    if (end < window) continue;
    double sum = 0.0;
    for (std::size_t i = end - window; i < end; ++i) sum += a[i] * b[i];
    means.push_back(sum / static_cast<double>(window));
  }
  return means;
}

double mean_above(const Row& powers, double threshold) {
  double sum = 0.0, count = 0.0;
  for (const double power : powers)
    if (power > threshold) sum += power, count += 1.0;
  return sum / count;
}

double bessel(double x) {
  double sum = 0.0, term = 1.0;
  for (int k = 1; k < 120; ++k) {
    sum += term;
    term *= x * x / 4.0 / k / k;
  }
  return sum;
}

// |x(t)| at every point of an n-fold grid by a Kaiser-windowed sinc, highest for each frame. A frame whose
// neighbourhood lies below 0.6 of its tenth's highest sample cannot hold the peak of this signal: its own
// sample stands for it.
Row grid_peaks(const Row& x, int ratio, int taps, double beta, std::size_t tenth) {
  const int half = taps / 2;
  std::vector<Row> rows;
  for (int p = 1; p < ratio; ++p) {
    Row row;
    double sum = 0.0;
    for (int k = 1 - half; k <= half; ++k) {
      const double t = k - static_cast<double>(p) / ratio;
      const double window = bessel(beta * std::sqrt(std::max(0.0, 1.0 - t * t / half / half))) / bessel(beta);
      row.push_back(std::sin(std::numbers::pi * t) / (std::numbers::pi * t) * window);
      sum += row.back();
    }
    for (double& tap : row) tap /= sum;
    rows.push_back(row);
  }
  const auto frames = static_cast<std::ptrdiff_t>(x.size());
  const auto sample = [&](std::ptrdiff_t i) {
    return i >= 0 && i < frames ? x[static_cast<std::size_t>(i)] : 0.0;
  };
  Row highest(x.size() / tenth + 1);
  for (std::size_t i = 0; i < x.size(); ++i)
    highest[i / tenth] = std::max(highest[i / tenth], std::abs(x[i]));
  Row peaks(x.size());
  for (std::ptrdiff_t i = 0; i < frames; ++i) {
    double near = 0.0;
    for (std::ptrdiff_t k = -2; k <= 3; ++k) near = std::max(near, std::abs(sample(i + k)));
    double& peak = peaks[static_cast<std::size_t>(i)];
    peak = std::abs(sample(i));
    if (near < 0.6 * highest[static_cast<std::size_t>(i) / tenth]) continue;
    for (const Row& row : rows) {
      double sum = 0.0;
      for (int j = 0; j < taps; ++j) sum += row[static_cast<std::size_t>(j)] * sample(i + j + 1 - half);
      peak = std::max(peak, std::abs(sum));
    }
  }
  return peaks;
}

void read_loudness(const std::vector<Row>& y, double rate, PlainReading& reading) {
  const auto step = static_cast<std::size_t>(rate / 100.0);
  const auto sum_over_channels = [&](std::size_t window, std::size_t hop) {
    Row total = window_means(y[0], y[0], window, hop);
    if (y.size() == 2) {
      const Row second = window_means(y[1], y[1], window, hop);
      for (std::size_t i = 0; i < total.size(); ++i) total[i] += second[i];
    }
    return total;
  };
  const Row momentary = sum_over_channels(40 * step, step);
  const Row short_term = sum_over_channels(300 * step, step);
  reading.momentary_max_lufs = lufs(*std::max_element(momentary.begin(), momentary.end()));
  reading.short_term_max_lufs = lufs(*std::max_element(short_term.begin(), short_term.end()));

  const Row blocks = sum_over_channels(40 * step, 10 * step);
  const double gate = std::max(power_of(-70.0), mean_above(blocks, power_of(-70.0)) / 10.0);
  reading.integrated_lufs = lufs(mean_above(blocks, gate));
  const auto gated = [&](const Row& powers) {
    double sum = 0.0, count = 0.0;
    for (std::size_t i = 0; i < blocks.size(); ++i)
      if (blocks[i] > gate) sum += powers[i], count += 1.0;
    return sum / count;
  };
  double both = 0.0;
  for (const Row& channel : y) {
    const double power = gated(window_means(channel, channel, 40 * step, 10 * step));
    reading.channel_lufs.push_back(lufs(power));
    both += power;
  }
  if (y.size() == 2) {
    const double mid = both + 2.0 * gated(window_means(y[0], y[1], 40 * step, 10 * step));
    reading.mono_loss_db = 10.0 * std::log10(2.0 * both / mid);
  }

  Row range = sum_over_channels(300 * step, 10 * step);
  std::erase_if(range, [](double power) { return power < power_of(-70.0); });
  double mean = 0.0;
  for (const double power : range) mean += power / static_cast<double>(range.size());
  std::erase_if(range, [&](double power) { return power < mean / 100.0; });
  std::sort(range.begin(), range.end());
  const auto percentile = [&](double share) {
    return range[static_cast<std::size_t>(std::lround(share * static_cast<double>(range.size() - 1)))];
  };
  reading.range_lu = 10.0 * std::log10(percentile(0.95) / percentile(0.10));
}

}  // namespace

PlainReading plain_reading(const AudioBuffer& audio, double rate) {
  PlainReading reading;
  std::vector<Row> x, y;
  double squares = 0.0;
  for (int c = 0; c < audio.channels(); ++c) {
    const auto channel = audio.channel(c);
    x.emplace_back(channel.begin(), channel.end());
    y.push_back(weighted(x.back(), rate));
    double sum = 0.0;
    for (const double sample : x.back()) {
      sum += sample;
      squares += sample * sample;
      reading.sample_peak = std::max(reading.sample_peak, std::abs(sample));
    }
    reading.largest_mean = std::max(reading.largest_mean, std::abs(sum) / audio.frames());
  }
  reading.rms = std::sqrt(squares / audio.frames() / audio.channels());
  read_loudness(y, rate, reading);

  const auto tenth = static_cast<std::size_t>(rate / 10.0);
  reading.tenths_least.assign((static_cast<std::size_t>(audio.frames()) + tenth - 1) / tenth, 0.0);
  reading.tenths_most = reading.tenths_least;
  for (const Row& channel : x) {
    const int ratio = rate <= 50000.0 ? 8 : rate <= 100000.0 ? 4 : 2;
    const Row coarse = grid_peaks(channel, ratio, 32, 7.0, tenth);
    const Row fine = grid_peaks(channel, 32, 128, 12.0, tenth);
    for (std::size_t i = 0; i < fine.size(); ++i) {
      const auto [low, high] = std::minmax(coarse[i], fine[i]);
      reading.tenths_least[i / tenth] = std::max(reading.tenths_least[i / tenth], low);
      reading.tenths_most[i / tenth] = std::max(reading.tenths_most[i / tenth], high);
      reading.true_peak = std::max(reading.true_peak, fine[i]);
    }
  }
  return reading;
}

}  // namespace lacquer::test
