#include "measure/loudness_meter.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "core/decibels.h"
#include "dsp/cells.h"

namespace lacquer {

namespace {

constexpr double kOffsetDb = -0.691;  // BS.1770-5: a 997 Hz sine at 0 dBFS on one channel reads -3.01
constexpr double kAbsoluteGateLufs = -70.0;
constexpr double kRelativeGateLu = -10.0;
constexpr double kRangeGateLu = -20.0;  // Tech 3342
constexpr double kMostCellEnergy = std::numeric_limits<float>::max();
constexpr double kStepS = 0.010;
constexpr int kChunkFrames = 1024;  // two weighted channels stay in the first-level cache

// Weights of BS.1770-5 Table 3 for the usual orders of channels.
std::array<double, 6> channel_weights(int channels) {
  constexpr double kSurround = 1.41;
  switch (channels) {
    case 4:
      return {1.0, 1.0, kSurround, kSurround};
    case 5:
      return {1.0, 1.0, 1.0, kSurround, kSurround};
    case 6:
      return {1.0, 1.0, 1.0, 0.0, kSurround, kSurround};
    default:
      return {1.0, 1.0, 1.0};
  }
}

// Four sums side by side, by place in the cell, so that the compiler can use vectors and the way a stream is
// cut changes no bit.
void add_squares(const double* y, int count, std::array<double, 4>& sums, int place) {
  int i = 0;
  for (; i < count && (place + i) % 4 != 0; ++i) sums[static_cast<std::size_t>(place + i) % 4] += y[i] * y[i];
  for (; i + 4 <= count; i += 4)
    for (std::size_t k = 0; k < 4; ++k) sums[k] += y[i + static_cast<int>(k)] * y[i + static_cast<int>(k)];
  for (; i < count; ++i) sums[static_cast<std::size_t>(place + i) % 4] += y[i] * y[i];
}

float series_value(double power) {
  return static_cast<float>(loudness_of_power(power).value_or(-std::numeric_limits<double>::infinity()));
}

}  // namespace

std::optional<double> loudness_of_power(double power) noexcept {
  const auto db = power_to_db(power);
  if (!db) return std::nullopt;
  return *db + kOffsetDb;
}

double power_of_loudness(double lufs) noexcept { return db_to_power(lufs - kOffsetDb); }

LoudnessGate gate_blocks(const std::vector<double>& block_power) {
  const auto mean_above = [&](double threshold) -> std::optional<double> {
    double sum = 0.0;
    std::int64_t count = 0;
    for (const double power : block_power) {
      if (power <= threshold) continue;
      sum += power;
      ++count;
    }
    if (count == 0) return std::nullopt;
    return sum / static_cast<double>(count);
  };
  const double absolute = power_of_loudness(kAbsoluteGateLufs);
  const auto first = mean_above(absolute);
  if (!first) return {};
  const double threshold = std::max(absolute, *first * db_to_power(kRelativeGateLu));
  const auto gated = mean_above(threshold);
  return {gated ? loudness_of_power(*gated) : std::nullopt, *loudness_of_power(threshold)};
}

std::optional<LoudnessSpan> loudness_span(std::vector<double> short_term_power) {
  const double absolute = power_of_loudness(kAbsoluteGateLufs);
  std::erase_if(short_term_power, [&](double power) { return power < absolute; });
  if (short_term_power.empty()) return std::nullopt;
  double sum = 0.0;
  for (const double power : short_term_power) sum += power;
  const double gate = sum / static_cast<double>(short_term_power.size()) * db_to_power(kRangeGateLu);
  std::erase_if(short_term_power, [&](double power) { return power < gate; });
  const auto percentile = [&](double share) {
    const auto index =
        static_cast<std::ptrdiff_t>(std::lround(static_cast<double>(short_term_power.size() - 1) * share));
    std::nth_element(short_term_power.begin(), short_term_power.begin() + index, short_term_power.end());
    return short_term_power[static_cast<std::size_t>(index)];
  };
  const double high = percentile(0.95);
  const double low = percentile(0.10);
  return LoudnessSpan{*loudness_of_power(low), *loudness_of_power(high)};
}

std::optional<double> loudness_range_lu(std::vector<double> short_term_power) {
  const auto span = loudness_span(std::move(short_term_power));
  if (!span) return std::nullopt;
  return span->high_lufs - span->low_lufs;
}

LoudnessMeter::LoudnessMeter(const StreamFormat& format, bool keep_cells)
    : format_(format),
      channel_weight_(channel_weights(format.channels)),
      keep_cells_(keep_cells),
      cell_frames_(cell_frames_for(format.sample_rate_hz)) {
  weighting_.prepare(format.sample_rate_hz, format.channels);
  weighted_.assign(static_cast<std::size_t>(format.channels),
                   std::vector<double>(static_cast<std::size_t>(kChunkFrames * weighting_.factor())));
  grid_ = TimeGrid(kStepS, format.sample_rate_hz);
  step_end_ = grid_.frame(1);
}

void LoudnessMeter::weigh(ConstAudioBlock block) {
  const int count = block.frames();
  int c = 0;
  for (; c + 1 < format_.channels; c += 2)
    weighting_.process_pair(c, block.channel(c).data(), block.channel(c + 1).data(), count,
                            weighted_[static_cast<std::size_t>(c)].data(),
                            weighted_[static_cast<std::size_t>(c) + 1].data());
  if (c < format_.channels)
    weighting_.process(c, block.channel(c).data(), count, weighted_[static_cast<std::size_t>(c)].data());
}

void LoudnessMeter::add(ConstAudioBlock block) {
  for (int first = 0; first < block.frames(); first += kChunkFrames) {
    const int count = std::min(kChunkFrames, block.frames() - first);
    weigh(block.slice(first, count));
    if (keep_cells_) add_cells(count);
    for (int done = 0; done < count;) {
      const auto part = static_cast<int>(std::min<std::int64_t>(count - done, step_end_ - frame_));
      accumulate(done, part);
      done += part;
      if (frame_ == step_end_) end_step();
    }
  }
}

void LoudnessMeter::accumulate(int from, int count) {
  const auto row = [&](int c) {
    return weighted_[static_cast<std::size_t>(c)].data() +
           static_cast<std::ptrdiff_t>(from) * weighting_.factor();
  };
  for (int c = 0; c < format_.channels; c += 2)
    add_energy(row(c), c + 1 < format_.channels ? row(c + 1) : nullptr, count * weighting_.factor(),
               frame_ * weighting_.factor(), energy_[static_cast<std::size_t>(c) / 2]);
  frame_ += count;
}

// What a whole step holds, from the partial sums.
LoudnessMeter::Sums LoudnessMeter::take_step() {
  const double scale = 1.0 / weighting_.factor();
  Sums step;
  for (int c = 0; c < format_.channels; ++c) {
    const WeightedEnergy& pair = energy_[static_cast<std::size_t>(c) / 2];
    const double energy = WeightedEnergy::total(c % 2 == 0 ? pair.first : pair.second) * scale;
    step.energy[static_cast<std::size_t>(c)] = energy;
    step.total += channel_weight_[static_cast<std::size_t>(c)] * energy;
  }
  if (format_.channels == 2) step.cross = WeightedEnergy::total(energy_[0].product) * scale;
  step.frames = step_end_ - grid_.frame(step_);
  energy_ = {};
  return step;
}

void LoudnessMeter::add_cells(int count) {
  for (int done = 0; done < count;) {
    const int part = std::min(count - done, cell_frames_ - cell_fill_);
    for (int c = 0; c < format_.channels; ++c)
      add_squares(weighted_[static_cast<std::size_t>(c)].data() +
                      static_cast<std::ptrdiff_t>(done) * weighting_.factor(),
                  part * weighting_.factor(), cell_sums_[static_cast<std::size_t>(c)],
                  cell_fill_ * weighting_.factor());
    done += part;
    cell_fill_ += part;
    if (cell_fill_ < cell_frames_) continue;
    double energy = 0.0;
    for (int c = 0; c < format_.channels; ++c) {
      double sum = 0.0;
      for (const double part_sum : cell_sums_[static_cast<std::size_t>(c)]) sum += part_sum;
      energy += channel_weight_[static_cast<std::size_t>(c)] * sum;
    }
    cells_.push_back(static_cast<float>(std::min(energy / weighting_.factor(), kMostCellEnergy)));
    cell_sums_ = {};
    cell_fill_ = 0;
  }
}

void LoudnessMeter::end_step() {
  const Sums current = take_step();
  const auto slot = static_cast<std::size_t>(step_ % kShortTermSteps);
  const Sums& oldest = ring_[slot];
  const Sums& leaving =
      ring_[static_cast<std::size_t>((step_ + kShortTermSteps - kMomentarySteps) % kShortTermSteps)];
  momentary_sum_ += current.total - leaving.total;
  momentary_frames_ += current.frames - leaving.frames;
  short_term_sum_ += current.total - oldest.total;
  short_term_frames_ += current.frames - oldest.frames;
  ring_[slot] = current;
  ++step_;
  step_end_ = grid_.frame(step_ + 1);
  if (step_ % kShortTermSteps == 0) {
    // Adding and taking away for hours would pile up rounding: begin again from the ring.
    short_term_sum_ = windowed_energy(kShortTermSteps);
    momentary_sum_ = windowed_energy(kMomentarySteps);
  }
  if (step_ >= kMomentarySteps)
    momentary_max_ = std::max(momentary_max_, momentary_sum_ / static_cast<double>(momentary_frames_));
  if (step_ >= kShortTermSteps)
    short_term_max_ = std::max(short_term_max_, short_term_sum_ / static_cast<double>(short_term_frames_));
  if (step_ % kStepsPerSeries == 0) end_series_point();
}

double LoudnessMeter::windowed_energy(int steps) const {
  double sum = 0.0;
  for (int back = 1; back <= steps; ++back)
    sum += ring_[static_cast<std::size_t>((step_ + kShortTermSteps - back) % kShortTermSteps)].total;
  return sum;
}

void LoudnessMeter::end_series_point() {
  const double momentary = std::max(0.0, momentary_sum_) / static_cast<double>(momentary_frames_);
  const double short_term = std::max(0.0, short_term_sum_) / static_cast<double>(short_term_frames_);
  const float nothing = -std::numeric_limits<float>::infinity();
  momentary_series_.push_back(step_ >= kMomentarySteps ? series_value(momentary) : nothing);
  short_term_series_.push_back(step_ >= kShortTermSteps ? series_value(short_term) : nothing);
  if (step_ >= kShortTermSteps) short_term_power_.push_back(short_term);
  if (step_ < kMomentarySteps) return;
  block_power_.push_back(momentary);
  std::array<double, kMaxChannels + 1> sums{};
  for (int back = 1; back <= kMomentarySteps; ++back) {
    const Sums& step = ring_[static_cast<std::size_t>((step_ + kShortTermSteps - back) % kShortTermSteps)];
    for (int c = 0; c < format_.channels; ++c)
      sums[static_cast<std::size_t>(c)] += step.energy[static_cast<std::size_t>(c)];
    sums[static_cast<std::size_t>(format_.channels)] += step.cross;
  }
  for (int c = 0; c <= format_.channels; ++c)
    block_channel_power_.push_back(sums[static_cast<std::size_t>(c)] /
                                   static_cast<double>(momentary_frames_));
}

LoudnessGate LoudnessMeter::gate() const { return gate_blocks(block_power_); }

std::optional<double> LoudnessMeter::mono_loss_db() const {
  if (format_.channels != 2) return std::nullopt;
  const double threshold = power_of_loudness(gate().threshold_lufs);
  double stereo = 0.0;
  double mid = 0.0;
  for (std::size_t b = 0; b < block_power_.size(); ++b) {
    if (block_power_[b] <= threshold) continue;
    const double both = block_channel_power_[3 * b] + block_channel_power_[3 * b + 1];
    stereo += both;
    mid += (both + 2.0 * block_channel_power_[3 * b + 2]) / 2.0;
  }
  if (stereo <= 0.0) return std::nullopt;
  constexpr double kMostDb =
      120.0;  // complete cancellation has no finite loss; a float pair cannot show more
  return mid <= stereo * db_to_power(-kMostDb) ? kMostDb : 10.0 * std::log10(stereo / mid);
}

LoudnessResult LoudnessMeter::result() const {
  LoudnessResult result;
  const LoudnessGate found = gate();
  result.integrated_lufs = found.integrated_lufs;
  result.range_lu = loudness_range_lu(short_term_power_);
  result.momentary_max_lufs = loudness_of_power(momentary_max_);
  result.short_term_max_lufs = loudness_of_power(short_term_max_);
  result.momentary_lufs = momentary_series_;
  result.short_term_lufs = short_term_series_;
  const double threshold = power_of_loudness(found.threshold_lufs);
  const auto row = static_cast<std::size_t>(format_.channels) + 1;
  for (int c = 0; c < format_.channels; ++c) {
    double sum = 0.0;
    std::int64_t count = 0;
    for (std::size_t b = 0; b < block_power_.size(); ++b) {
      if (block_power_[b] <= threshold) continue;
      sum += block_channel_power_[row * b + static_cast<std::size_t>(c)];
      ++count;
    }
    const double weight = channel_weight_[static_cast<std::size_t>(c)];
    result.channel_lufs.push_back(count > 0 ? loudness_of_power(weight * sum / static_cast<double>(count))
                                            : std::nullopt);
  }
  return result;
}

}  // namespace lacquer
