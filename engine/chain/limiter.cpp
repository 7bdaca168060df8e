#include "chain/limiter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "dsp/cells.h"
#include "dsp/guards.h"

namespace lacquer {

namespace {
constexpr int kMargin = PeakRefiner::kLookBackFrames + 1;
constexpr int kMostGroups = 128 / PeakInterpolator::kGroupFrames;  // of the longest cell
constexpr double kRefineMarginDb = 0.35;  // the most the coarse grid misses, and a little

// Cubic B-spline, knots one apart, centred on 0 (de Boor, "A Practical Guide to Splines", 1978).
double b_spline(double x) {
  const double a = std::abs(x);
  if (a >= 2.0) return 0.0;
  if (a >= 1.0) return (2.0 - a) * (2.0 - a) * (2.0 - a) / 6.0;
  return 2.0 / 3.0 - a * a + a * a * a / 2.0;
}
}  // namespace

LimiterParams limiter_params(const PlanStage& stage) {
  LimiterParams params;
  params.release_ms = static_cast<float>(parameter_value(stage, "release_ms"));
  params.soft_clip_db = static_cast<float>(parameter_value(stage, "soft_clip_db"));
  params.quality = parameter_value(stage, "quality") < 0.5 ? LimiterQuality::kLive : LimiterQuality::kBest;
  return params;
}

void Limiter::prepare(const StreamFormat& format) {
  format_ = format;
  interpolator_ = PeakInterpolator(format.sample_rate_hz);
  cell_frames_ = cell_frames_for(format.sample_rate_hz);
  gain_.prepare(format.sample_rate_hz / cell_frames_);
  const int most_frames = latency_of(gain_.most_latency_cells());
  history_.assign(static_cast<std::size_t>(format.channels),
                  std::vector<float>(static_cast<std::size_t>(kMargin + most_frames +
                                                              format.max_block_frames + cell_frames_)));
  arrived_.resize(history_.size());
  clip_.prepare(format.sample_rate_hz, format.channels, format.max_block_frames);
  peaks_.assign(static_cast<std::size_t>(cell_frames_), 0.0F);
  gains_.resize(static_cast<std::size_t>((most_frames + format.max_block_frames) / cell_frames_ +
                                         gain_.most_latency_cells() + 8));
  spline_.resize(static_cast<std::size_t>(cell_frames_));
  for (int i = 0; i < cell_frames_; ++i) {
    const double position = (i + 0.5) / cell_frames_;  // within the cell; its knot stands at 0.5
    for (int k = 0; k < 5; ++k)
      spline_[static_cast<std::size_t>(i)][static_cast<std::size_t>(k)] =
          static_cast<float>(b_spline(position - 0.5 - (k - 2)));
  }
  reset();
}

void Limiter::set_params(const Params& params) noexcept {
  const float drive_db = bounded(params.drive_db, -60.0F, 60.0F);
  const float ceiling_dbtp = bounded(params.ceiling_dbtp, -30.0F, 0.0F);
  const bool live = params.quality == LimiterQuality::kLive;
  gain_.set_params({drive_db, ceiling_dbtp - kGuardDb, bounded(params.release_ms, 10.0F, 500.0F),
                    live ? LimiterQuality::kLive : LimiterQuality::kBest});
  refine_above_ =
      static_cast<float>(db_to_gain(static_cast<double>(ceiling_dbtp) - drive_db - kRefineMarginDb));
  const float soft_clip_db = bounded(params.soft_clip_db, 0.0F, 3.0F);
  const bool clipped_before = clips_;
  clips_ = soft_clip_db > 0.0F;
  clip_.set(db_to_gain(static_cast<double>(ceiling_dbtp) - kGuardDb - drive_db), soft_clip_db);
  if (clips_ != clipped_before || received_ == 0 || latency_of(gain_.latency_cells()) != latency_frames_)
    reset();
}

// A frame's gain needs the cells up to kSplineCells after its own, those need peaks latency_cells later
// still, and a peak needs samples kLookAheadFrames after the end of its cell.
int Limiter::latency_of(int gain_cells) const noexcept {
  return (gain_cells + LimiterGain::kSplineCells + 1) * cell_frames_ + PeakRefiner::kLookAheadFrames;
}

void Limiter::reset() noexcept {
  clip_.reset();
  gain_.reset();
  latency_frames_ = latency_of(gain_.latency_cells());
  for (auto& row : history_) std::fill(row.begin(), row.end(), 0.0F);
  origin_ = -latency_frames_;
  received_ = 0;
  cells_ = 0;
  std::fill(gains_.begin(), gains_.end(), 1.0);
}

// What provably stays below refine_above_ needs no gain, however high it is: it is passed over and counts as
// silence.
float Limiter::cell_peak(std::int64_t first_frame) const noexcept {
  const float near = static_cast<float>(db_to_gain(-kRefineMarginDb));
  float highest = 0.0F;
  for (int c = 0; c < format_.channels; ++c) {
    const float* samples = history_[static_cast<std::size_t>(c)].data() + kMargin + (first_frame - origin_);
    std::array<float, kMostGroups> group_peaks{};
    std::fill(peaks_.begin(), peaks_.end(), 0.0F);
    interpolator_.scan_above(samples, cell_frames_, refine_above_, peaks_.data(), group_peaks.data());
    const float coarse = *std::max_element(group_peaks.begin(), group_peaks.end());
    if (coarse < refine_above_) continue;
    if (coarse > highest * near) {
      const float floor = std::max(coarse, highest) * near;
      for (int i = 0; i < cell_frames_; ++i)
        if (peaks_[static_cast<std::size_t>(i)] >= floor)
          highest = std::max(highest, refiner_.highest(samples + i, 1));
    }
    highest = std::max(highest, coarse);
  }
  return highest;
}

void Limiter::take_cell() {
  const float highest = cell_peak(cells_ * cell_frames_);
  const double gain = gain_.push(highest > 0.0F ? 20.0 * std::log10(highest) : LimiterGain::kSilenceDb);
  const std::int64_t cell = cells_ - gain_.latency_cells();
  gain_of(cell) = gain;
  if (watched_ != nullptr && cell >= 0) watched_->push_back(static_cast<float>(gain));
  ++cells_;
}

void Limiter::process(AudioBlock block) noexcept {
  const int count = block.frames();
  if (count == 0) return;
  // The block joins what is still to come out, which begins at origin_ = received_ - latency.
  for (int c = 0; c < format_.channels; ++c) {
    const auto from = block.channel(c);
    float* const to = history_[static_cast<std::size_t>(c)].data() + kMargin + latency_frames_;
    std::transform(from.begin(), from.end(), to, [](float sample) { return clean(sample); });
    arrived_[static_cast<std::size_t>(c)] = to;
  }
  if (clips_) clip_.process(arrived_.data(), count);
  received_ += count;
  while ((cells_ + 1) * cell_frames_ + PeakRefiner::kLookAheadFrames <= received_) take_cell();
  apply(block);
  for (auto& row : history_)
    std::copy(row.begin() + count, row.begin() + count + kMargin + latency_frames_, row.begin());
  origin_ += count;
}

// Writes the frames from origin_ on, each under the curve through the gains of the five cells around it.
void Limiter::apply(AudioBlock block) noexcept {
  for (int i = 0; i < block.frames();) {
    const std::int64_t frame = origin_ + i;
    if (frame < 0) {
      const int part = static_cast<int>(std::min<std::int64_t>(block.frames() - i, -frame));
      for (int c = 0; c < format_.channels; ++c) {
        const auto out =
            block.channel(c).subspan(static_cast<std::size_t>(i), static_cast<std::size_t>(part));
        std::fill(out.begin(), out.end(), 0.0F);
      }
      i += part;
      continue;
    }
    const std::int64_t cell = frame / cell_frames_;
    const auto within = static_cast<int>(frame % cell_frames_);
    const int part = std::min(block.frames() - i, cell_frames_ - within);
    std::array<double, 5> gains;
    for (int k = 0; k < 5; ++k) gains[static_cast<std::size_t>(k)] = gain_of(cell + k - 2);
    for (int j = 0; j < part; ++j) {
      const auto& weights = spline_[static_cast<std::size_t>(within + j)];
      double sum = 0.0;
      for (std::size_t k = 0; k < 5; ++k) sum += static_cast<double>(weights[k]) * gains[k];
      const auto gain = static_cast<float>(sum);
      for (int c = 0; c < format_.channels; ++c)
        block.channel(c)[static_cast<std::size_t>(i + j)] =
            gain * history_[static_cast<std::size_t>(c)][static_cast<std::size_t>(kMargin + i + j)];
    }
    i += part;
  }
}

}  // namespace lacquer
