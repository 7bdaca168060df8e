#include "session/exercises/band_map.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>

#include "core/decibels.h"
#include "dsp/fft.h"

namespace lacquer {
namespace {

constexpr double kLinesInRange = 3.0;
constexpr double kActiveDb = 30.0;
constexpr int kMostFrame = 1 << 17;

int frame_size(double rate_hz, const std::vector<HzRange>& ranges) {
  double narrowest = rate_hz / 2.0;
  for (const HzRange& range : ranges) narrowest = std::min(narrowest, range.high_hz - range.low_hz);
  const double wanted = kLinesInRange * rate_hz / std::max(1.0, narrowest);
  return fast_fft_size(static_cast<int>(std::clamp(wanted, 256.0, static_cast<double>(kMostFrame))));
}

// Which range each line of the spectrum belongs to; -1 for none.
std::vector<std::vector<std::size_t>> lines_of(const std::vector<HzRange>& ranges, double line_hz, int bins) {
  std::vector<std::vector<std::size_t>> lines(ranges.size());
  for (std::size_t r = 0; r < ranges.size(); ++r)
    for (int bin = 1; bin < bins; ++bin)
      if (bin * line_hz >= ranges[r].low_hz && bin * line_hz < ranges[r].high_hz)
        lines[r].push_back(static_cast<std::size_t>(bin));
  return lines;
}

}  // namespace

std::vector<HzRange> octave_parts(double from_hz, double to_hz, int parts) {
  const auto step = [&](double hz) { return static_cast<int>(std::lround(parts * std::log2(hz / 1000.0))); };
  const double half = std::pow(2.0, 0.5 / parts);
  std::vector<HzRange> ranges;
  for (int n = step(from_hz); n <= step(to_hz); ++n) {
    const double centre = 1000.0 * std::pow(2.0, static_cast<double>(n) / parts);
    ranges.push_back({centre / half, centre * half});
  }
  return ranges;
}

BandMap::BandMap(const Sound& sound, const std::vector<HzRange>& ranges, double block_s)
    : ranges_(ranges), block_s_(block_s) {
  const int size = frame_size(sound.rate_hz, ranges);
  const double block_frames = block_s * sound.rate_hz;
  const int hop = std::max(1, std::min(size / 2, static_cast<int>(block_frames)));
  const int frames = sound.audio.frames();
  const int channels = sound.audio.channels();
  blocks_ = std::max(1, static_cast<int>(std::ceil(frames / block_frames)));
  power_.assign(static_cast<std::size_t>(blocks_) * ranges.size(), 0.0);
  middle_ = power_;
  std::vector<double> window(static_cast<std::size_t>(size));
  double energy = 0.0;
  for (std::size_t i = 0; i < window.size(); ++i) {
    window[i] = 0.5 - 0.5 * std::cos(2.0 * std::numbers::pi * (static_cast<double>(i) + 0.5) / size);
    energy += window[i] * window[i];
  }
  RealFft fft(size);
  const auto lines = lines_of(ranges, sound.rate_hz / size, fft.bins());
  const double scale = 2.0 / (energy * size);
  std::vector<int> counts(static_cast<std::size_t>(blocks_), 0);
  std::vector<std::complex<double>> sum(static_cast<std::size_t>(fft.bins()));
  for (int centre = hop / 2; centre < frames; centre += hop) {
    const auto block =
        static_cast<std::size_t>(std::min(blocks_ - 1, static_cast<int>(centre / block_frames)));
    ++counts[block];
    std::fill(sum.begin(), sum.end(), std::complex<double>{});
    for (int c = 0; c < channels; ++c) {
      const auto samples = sound.audio.channel(c);
      const auto in = fft.input();
      for (int i = 0; i < size; ++i) {
        const int from = centre - size / 2 + i;
        in[static_cast<std::size_t>(i)] = from < 0 || from >= frames
                                              ? 0.0F
                                              : static_cast<float>(window[static_cast<std::size_t>(i)]) *
                                                    samples[static_cast<std::size_t>(from)];
      }
      const auto spectrum = fft.transform();
      for (std::size_t r = 0; r < lines.size(); ++r)
        for (const std::size_t bin : lines[r]) {
          const std::complex<double> value(spectrum[bin]);
          power_[block * ranges.size() + r] += scale * std::norm(value) / channels;
          sum[bin] += value / static_cast<double>(channels);
        }
    }
    for (std::size_t r = 0; r < lines.size(); ++r)
      for (const std::size_t bin : lines[r])
        middle_[block * ranges.size() + r] += scale * std::norm(sum[bin]);
  }
  for (std::size_t block = 0; block < counts.size(); ++block)
    for (std::size_t r = 0; r < ranges.size(); ++r) {
      power_[block * ranges.size() + r] /= std::max(1, counts[block]);
      middle_[block * ranges.size() + r] /= std::max(1, counts[block]);
    }
}

double BandMap::mean_power(int range) const {
  double sum = 0.0;
  for (int block = 0; block < blocks_; ++block) sum += power(block, range);
  return sum / blocks_;
}

std::vector<int> BandMap::active(int range) const {
  double loudest = 0.0;
  for (int block = 0; block < blocks_; ++block) loudest = std::max(loudest, power(block, range));
  std::vector<int> blocks;
  for (int block = 0; block < blocks_; ++block)
    if (power(block, range) > loudest * db_to_power(-kActiveDb)) blocks.push_back(block);
  return blocks;
}

}  // namespace lacquer
