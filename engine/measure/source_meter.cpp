#include "measure/source_meter.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "measure/source_kernels.h"

namespace lacquer {

namespace {
constexpr int kRoomCells = 8;  // filled before the history is moved to the front again
constexpr double kLevelBlockS = 0.4;
constexpr double kLowestLevelDbfs = -160.0;
constexpr double kSilenceDbfs = -120.0;  // a block below this is digital silence
constexpr double kQuietestShare = 0.01;
constexpr double kPairHeard = 3e-9;    // -85 dBFS: below it rounding decides
constexpr double kSamePower = 1e-8;    // difference 80 dB under the signal (equal channels)
constexpr double kScaledPower = 1e-6;  // 60 dB with a gain between them: both were rounded apart

int history_frames(int cell_frames) {
  const int cells = std::max(2, (RepeatMeter::kReach + cell_frames - 1) / cell_frames);
  return cells * cell_frames;
}

int cell_scale(double sample_rate_hz) {
  int scale = 1;
  while (sample_rate_hz / scale > 70000.0) scale *= 2;
  return scale;
}
}  // namespace

SourceMeter::SourceMeter(const StreamFormat& format, SpectrumMeter& spectrum)
    : format_(format),
      cell_frames_(1024 * cell_scale(format.sample_rate_hz)),
      span_frames_(64 * cell_scale(format.sample_rate_hz)),
      channels_(static_cast<std::size_t>(format.channels)),
      pointers_(static_cast<std::size_t>(format.channels)),
      history_frames_(history_frames(cell_frames_)),
      newest_at_(history_frames_),
      quiet_(static_cast<std::size_t>(format.channels) * static_cast<std::size_t>(cell_frames_ / 16), 1),
      quiet_before_(quiet_),
      highs_(format.sample_rate_hz),
      gaps_(format.sample_rate_hz, format.channels),
      clicks_(format.sample_rate_hz, span_frames_),
      repeats_(format.sample_rate_hz, cell_frames_),
      lows_(format.sample_rate_hz, format.channels) {
  for (Channel& channel : channels_) {
    channel.samples.assign(static_cast<std::size_t>(history_frames_ + kRoomCells * cell_frames_), 0.0F);
    channel.jerk_peak.assign(static_cast<std::size_t>(3 * cell_frames_ / span_frames_), 0.0F);
    channel.jerk_energy = channel.jerk_peak;
  }
  spectrum.listen(highs_);
}

void SourceMeter::add(ConstAudioBlock block) {
  for (int done = 0; done < block.frames();) {
    const int part = std::min(block.frames() - done, cell_frames_ - filled_);
    for (std::size_t c = 0; c < channels_.size(); ++c) {
      const auto from = block.channel(static_cast<int>(c))
                            .subspan(static_cast<std::size_t>(done), static_cast<std::size_t>(part));
      std::copy(from.begin(), from.end(), channels_[c].samples.begin() + newest_at_ + filled_);
    }
    filled_ += part;
    done += part;
    total_frames_ += part;
    if (filled_ == cell_frames_) end_cell();
  }
}

// The cell `back` before the newest.
SourceCell SourceMeter::cell_at(int back) {
  for (std::size_t c = 0; c < channels_.size(); ++c)
    pointers_[c] = channels_[c].samples.data() + newest_at_ - back * cell_frames_;
  SourceCell cell;
  cell.first_frame = (cells_ - back) * cell_frames_;
  cell.size = cell_frames_;
  cell.frames = static_cast<int>(std::clamp<std::int64_t>(total_frames_ - cell.first_frame, 0, cell_frames_));
  cell.channels = pointers_;
  return cell;
}

// The newest cell is whole. What needs no future looks at it; what needs a cell on either side looks at the
// one before.
void SourceMeter::end_cell() {
  filled_ = 0;
  std::swap(quiet_, quiet_before_);
  const int spans = cell_frames_ / span_frames_;
  const int sixteens = cell_frames_ / 16;
  SourceCell cell = cell_at(0);
  double energy = 0.0;
  std::array<float, 16> span_energy{};
  for (std::size_t c = 0; c < channels_.size(); ++c) {
    Channel& channel = channels_[c];
    std::copy(channel.jerk_peak.begin() + spans, channel.jerk_peak.end(), channel.jerk_peak.begin());
    std::copy(channel.jerk_energy.begin() + spans, channel.jerk_energy.end(), channel.jerk_energy.begin());
    const float* x = channel.samples.data() + newest_at_;
    survey_cell(
        x, cell_frames_, span_frames_, GapMeter::kQuiet,
        {span_energy.data(), channel.jerk_peak.data() + 2 * spans, channel.jerk_energy.data() + 2 * spans,
         quiet_.data() + c * static_cast<std::size_t>(sixteens)});
    for (int s = 0; s < spans; ++s) energy += static_cast<double>(span_energy[static_cast<std::size_t>(s)]);
  }
  note_level(energy, cell.frames);
  bits_.add(cell);
  if (channels_.size() == 2) compare_channels(cell);
  repeats_.add(cell);
  lows_.add(cell);
  if (cells_ > 0) {
    cell = cell_at(1);
    gaps_.add(cell, quiet_before_);
    for (std::size_t c = 0; c < channels_.size(); ++c)
      clicks_.add(cell, static_cast<int>(c), channels_[c].jerk_peak, channels_[c].jerk_energy);
  }
  ++cells_;
  make_room();
}

void SourceMeter::make_room() {
  newest_at_ += cell_frames_;
  if (newest_at_ < history_frames_ + kRoomCells * cell_frames_) return;
  for (Channel& channel : channels_)
    std::copy(channel.samples.end() - history_frames_, channel.samples.end(), channel.samples.begin());
  newest_at_ = history_frames_;
}

void SourceMeter::note_level(double energy, int frames) {
  if (!std::isfinite(energy)) return;
  energy_ += energy;
  block_energy_ += energy;
  block_frames_ += frames;
  if (static_cast<double>(block_frames_) < kLevelBlockS * format_.sample_rate_hz) return;
  const double power = block_energy_ / (static_cast<double>(block_frames_) * format_.channels);
  block_energy_ = 0.0;
  block_frames_ = 0;
  const double level = power_to_db(power).value_or(-200.0);
  if (level < kSilenceDbfs) return;
  ++levels_[static_cast<std::size_t>(std::clamp((level - kLowestLevelDbfs) * 2.0, 0.0, kLevels - 1.0))];
}

void SourceMeter::compare_channels(const SourceCell& cell) {
  const PairSums sums = pair_sums(cell.channels[0], cell.channels[1], cell.frames, pair_gain_);
  const double heard = kPairHeard * cell.frames;
  if (!(sums.left + sums.right > 2.0 * heard)) return;
  ++pair_cells_;
  if (!(sums.left > heard && sums.right > heard)) return;
  const double allowed = pair_gain_ == 1.0F ? kSamePower : kScaledPower;
  if (sums.difference <= allowed * sums.right) {
    ++pair_same_;
    return;
  }
  // Not equal: does a gain explain it? The next cells will tell. Equal channels keep the gain at 1.
  pair_gain_ = static_cast<float>(sums.cross / sums.left);
  if (!std::isfinite(pair_gain_) || std::abs(pair_gain_ - 1.0F) < 0.02F) pair_gain_ = 1.0F;
}

void SourceMeter::finish() {
  // The rest of the last cell and what lies behind it: silence.
  for (Channel& channel : channels_)
    std::fill_n(channel.samples.begin() + newest_at_ + filled_, cell_frames_ - filled_, 0.0F);
  if (filled_ > 0) end_cell();
  for (int flush = 0; flush < 2; ++flush) {
    for (Channel& channel : channels_) std::fill_n(channel.samples.begin() + newest_at_, cell_frames_, 0.0F);
    end_cell();
  }
  bits_.finish();
  clicks_.finish(total_frames_);
  lows_.finish();
}

SourceResult SourceMeter::result() const {
  SourceResult result;
  result.effective_bits = bits_.effective_bits();
  result.quantisation_step = bits_.step();
  result.bandwidth_hz = highs_.bandwidth_hz();
  result.lossy = highs_.lossy();
  result.upsampled_from_hz = highs_.upsampled_from_hz();
  result.hum = lows_.hum();
  if (const auto dc = lows_.dc_max()) result.dc_offset_max_dbfs = gain_to_db(*dc);
  result.dc_when = lows_.dc_when();
  const double programme = energy_ / std::max(1.0, static_cast<double>(total_frames_) * format_.channels);
  if (const auto rumble = lows_.rumble_power(); rumble && programme > 0.0) {
    result.rumble_dbfs = power_to_db(*rumble);
    result.rumble_db = power_to_db(*rumble / programme);
    result.rumble_when = lows_.rumble_when(programme);
  }
  result.clicks = clicks_.count();
  result.click_places = clicks_.places();
  result.dropouts = gaps_.dropout_count();
  result.dropout_when = gaps_.dropouts();
  result.repeated_blocks = repeats_.count();
  result.repeated_when = repeats_.when();
  const auto edge = [](const std::optional<SoundEdge>& from) -> std::optional<EdgeResult> {
    if (!from) return std::nullopt;
    return EdgeResult{GapMeter::abrupt(*from), gain_to_db(from->near_rms).value_or(kLowestLevelDbfs),
                      gain_to_db(from->moving_rms).value_or(kLowestLevelDbfs)};
  };
  result.start = edge(gaps_.start());
  result.end = edge(gaps_.end());
  std::int64_t blocks = 0, counted = 0;
  for (const std::int64_t count : levels_) blocks += count;
  const auto wanted = std::max<std::int64_t>(1, std::llround(kQuietestShare * static_cast<double>(blocks)));
  for (std::size_t i = 0; i < levels_.size() && blocks > 0; ++i) {
    counted += levels_[i];
    if (counted < wanted) continue;
    result.noise_floor_dbfs = kLowestLevelDbfs + 0.5 * static_cast<double>(i) + 0.25;
    break;
  }
  if (format_.channels == 2 && pair_cells_ > 0)
    result.dual_mono_share = static_cast<double>(pair_same_) / static_cast<double>(pair_cells_);
  return result;
}

}  // namespace lacquer
