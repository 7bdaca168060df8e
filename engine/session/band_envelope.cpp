#include "session/band_envelope.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chain/mastering_chain.h"
#include "core/read_fully.h"
#include "dsp/cells.h"
#include "dsp/linkwitz_riley.h"

namespace lacquer {
namespace {

constexpr double kLeadInS = 1.0;  // for filters and detectors to settle
constexpr std::array kEdgesHz = {120.0, 500.0, 4000.0};
constexpr double kLowestHz = 20.0;
constexpr int kBlockFrames = 4096;  // a multiple of every cell

// Splits blocks of whole cells and sums them up.
class Splitter {
 public:
  Splitter(double sample_rate_hz, BandEnvelope& into)
      : into_(into), cell_frames_(cell_frames_for(sample_rate_hz)) {
    std::vector<double> edges;
    for (const double edge : kEdgesHz)
      if (edge < 0.45 * sample_rate_hz) edges.push_back(edge);
    split_.prepare(sample_rate_hz);
    std::array<bool, kMostBands> wanted{};
    for (std::size_t b = 0; b <= edges.size(); ++b) {
      wanted[b] = true;
      into_.bands.push_back(
          {b == 0 ? kLowestHz : edges[b - 1], b < edges.size() ? edges[b] : sample_rate_hz / 2.0, {}, {}});
      rows_[b].resize(kBlockFrames);
      outputs_[b] = rows_[b].data();
    }
    split_.set(edges, wanted);
    in_.resize(kBlockFrames);
    sum_.resize(kBlockFrames);
  }

  // `keep`: whether it is part of the passage, or of its lead-in.
  void add(ConstAudioBlock block, bool keep) {
    const auto frames = static_cast<std::size_t>(block.frames());
    const bool stereo = block.channels() > 1;
    for (std::size_t i = 0; i < frames; ++i)
      in_[i] = {block.channel(0)[i], stereo ? block.channel(1)[i] : 0.0F};
    split_.process({in_.data(), frames}, sum_.data(), outputs_);
    if (!keep) return;
    for (std::size_t b = 0; b < into_.bands.size(); ++b) add_cells(rows_[b], frames, into_.bands[b]);
  }

 private:
  void add_cells(const std::vector<StereoFrame>& row, std::size_t frames, BandEnvelope::Band& band) const {
    const auto cell = static_cast<std::size_t>(cell_frames_);
    for (std::size_t from = 0; from + cell <= frames; from += cell) {
      double peak = 0.0;
      double energy = 0.0;
      for (std::size_t i = from; i < from + cell; ++i) {
        peak = std::max({peak, std::abs(row[i][0]), std::abs(row[i][1])});
        energy += row[i][0] * row[i][0] + row[i][1] * row[i][1];
      }
      band.peak.push_back(static_cast<float>(peak));
      band.energy.push_back(static_cast<float>(energy));
    }
  }

  BandEnvelope& into_;
  int cell_frames_;
  LinkwitzRileyBands split_;
  std::array<std::vector<StereoFrame>, kMostBands> rows_;
  std::array<StereoFrame*, kMostBands> outputs_{};
  std::vector<StereoFrame> in_, sum_;
};

}  // namespace

BandEnvelope band_envelope(AudioSource& source, const Plan& plan, const TimeRange& when,
                           const ProgressCallback& progress) {
  StreamFormat format = source.format();
  format.max_block_frames = kBlockFrames;
  const auto block_of = [&](double seconds) {
    return static_cast<std::int64_t>(std::max(0.0, seconds) * format.sample_rate_hz) / kBlockFrames;
  };
  StageChain stages;
  stages.prepare(format, plan);
  // What comes out is late by the stages' latency; in whole blocks that is near enough for statistics.
  const std::int64_t late = (stages.latency_frames() + kBlockFrames / 2) / kBlockFrames;
  const std::int64_t first = block_of(when.from_s);
  const std::int64_t end = block_of(when.to_s) + 1;
  const std::int64_t begin = block_of(when.from_s - kLeadInS);
  const int cell_frames = cell_frames_for(format.sample_rate_hz);

  BandEnvelope envelope;
  envelope.first_cell = first * (kBlockFrames / cell_frames);
  envelope.cells_per_second = format.sample_rate_hz / cell_frames;
  envelope.samples_per_cell = cell_frames * format.channels;
  Splitter splitter(format.sample_rate_hz, envelope);
  AudioBuffer buffer(format.channels, kBlockFrames);
  source.rewind();
  for (std::int64_t at = 0; at < end + late; ++at) {
    const int got = read_fully(source, buffer.block());
    if (got < kBlockFrames) break;
    report_progress(progress, "measuring what loudness costs", -1.0);
    if (at < begin) continue;
    AudioBlock block = buffer.block();
    stages.process(block);
    splitter.add(block, at - late >= first);
  }
  return envelope;
}

}  // namespace lacquer
