#include "chain/compressor_bands.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"

namespace lacquer {

namespace {

constexpr double kLowestBorderHz = 20.0;
constexpr double kHighestBorder = 0.45;  // of the sample rate

bool works(const CompressorBandParams& band) { return band.ratio > 1.0F || band.makeup_db != 0.0F; }

// Long enough to average over what the band holds: 16 ms below 125 Hz, 2 ms from 1 kHz on.
double averaging_ms(double upper_border_hz) { return std::clamp(2000.0 / upper_border_hz, 2.0, 16.0); }

using Channels = CompressorBandParams::Channels;

}  // namespace

CompressorLayout::CompressorLayout(const MultibandCompressorParams& params, double sample_rate_hz) noexcept {
  linear_phase = params.crossover == MultibandCompressorParams::Crossover::kLinearPhase;
  std::array<double, kMostBands - 1> borders{};
  std::size_t count = 0;
  for (const float border : params.crossover_hz)
    if (border > 0.0F)
      borders[count++] = std::clamp<double>(border, kLowestBorderHz, kHighestBorder * sample_rate_hz);
  std::sort(borders.begin(), borders.begin() + static_cast<std::ptrdiff_t>(count));
  for (std::size_t b = 0; b <= count; ++b) {
    const bool here = works(params.bands[b]);
    if (here) place_of[b] = crossovers;
    if (b < count && (here || works(params.bands[b + 1])))
      hz[static_cast<std::size_t>(crossovers++)] = borders[b];
  }
}

void CompressorBands::prepare(double sample_rate_hz, int cell_frames, int delay_cells) {
  sample_rate_hz_ = sample_rate_hz;
  cell_frames_ = cell_frames;
  delay_cells_ = delay_cells;
  ring_cells_ = delay_cells + 1;
  split_.prepare(sample_rate_hz);
  linear_split_.prepare(sample_rate_hz, cell_frames);
  delayed_.assign(static_cast<std::size_t>(kMostBands + 1) * static_cast<std::size_t>(ring_cells_) *
                      static_cast<std::size_t>(cell_frames),
                  {});
  for (Band& band : bands_) {
    for (CompressorGain& level : band.levels) level.prepare(sample_rate_hz / cell_frames);
    band.makeup.prepare(sample_rate_hz / cell_frames);
    band.gains.assign(static_cast<std::size_t>(ring_cells_), {});
  }
  reset();
}

void CompressorBands::set(const CompressorLayout& layout, const MultibandCompressorParams& params) noexcept {
  layout_ = layout;
  std::array<bool, kMostBands> wanted{};
  for (const int place : layout.place_of)
    if (place >= 0) wanted[static_cast<std::size_t>(place)] = true;
  const std::span crossovers_hz(layout.hz.data(), static_cast<std::size_t>(layout.crossovers));
  if (layout.linear_phase)
    linear_split_.set(crossovers_hz, wanted);
  else
    split_.set(crossovers_hz, wanted);
  tune(params);
  reset();
}

void CompressorBands::tune(const MultibandCompressorParams& params) noexcept {
  ahead_cells_ = std::clamp(
      static_cast<int>(std::lround(params.look_ahead_ms * sample_rate_hz_ / (1000.0 * cell_frames_))), 0,
      delay_cells_);
  for (std::size_t b = 0; b < kMostBands; ++b) {
    const int place = layout_.place_of[b];
    if (place < 0) continue;
    Band& band = bands_[b];
    const CompressorBandParams& given = band.params = params.bands[b];
    const double upper_hz = place < layout_.crossovers ? layout_.hz[static_cast<std::size_t>(place)]
                                                       : kHighestBorder * sample_rate_hz_;
    for (CompressorGain& level : band.levels)
      level.set_params({given.threshold_dbfs, given.ratio, given.knee_db, given.attack_ms, given.release_ms,
                        given.most_reduction_db, averaging_ms(upper_hz)});
    band.makeup.aim(db_to_gain(given.makeup_db));
  }
}

void CompressorBands::reset() noexcept {
  split_.reset();
  linear_split_.reset();
  cell_ = 0;
  std::fill(delayed_.begin(), delayed_.end(), StereoFrame{});
  for (Band& band : bands_) {
    for (CompressorGain& level : band.levels) level.reset();
    band.makeup.settle();
    const double rest = band.makeup.value() - 1.0;
    std::fill(band.gains.begin(), band.gains.end(), StereoFrame{rest, rest});
    band.gain_before = {rest, rest};
    band.taken_db = band.most_db = 0.0;
    band.cells = 0;
  }
}

BandReduction CompressorBands::reduction(int band) const noexcept {
  const Band& one = bands_[static_cast<std::size_t>(std::clamp(band, 0, kMostBands - 1))];
  return {one.cells > 0 ? one.taken_db / static_cast<double>(one.cells) : 0.0, one.most_db};
}

// The gains less 1 that the band's levels ask for after this cell.
StereoFrame CompressorBands::listen(Band& band, const StereoFrame* audio) noexcept {
  StereoFrame power{};
  for (int i = 0; i < cell_frames_; ++i) {
    const double left = audio[i][0], right = audio[i][1];
    switch (band.params.channels) {
      case Channels::kMid:
        power[0] += 0.25 * (left + right) * (left + right);
        break;
      case Channels::kSide:
        power[0] += 0.25 * (left - right) * (left - right);
        break;
      default:
        power[0] += left * left, power[1] += right * right;
    }
  }
  for (double& sum : power) sum /= cell_frames_;
  const bool stereo = band.params.channels == Channels::kStereo;
  const double link = band.params.link_pct / 100.0;
  if (stereo) {
    const double mean = 0.5 * (power[0] + power[1]);
    for (double& one : power) one += link * (mean - one);
  }
  const double makeup = band.makeup.next();
  band.makeup.start();
  StereoFrame taken_db{};
  taken_db[0] = band.levels[0].push(power[0]);
  taken_db[1] = stereo && link < 1.0 ? band.levels[1].push(power[1]) : taken_db[0];
  constexpr double kHeardDbfs = -70.0;
  if (band.levels[0].level_dbfs() > kHeardDbfs) {
    const double taken = std::max(taken_db[0], taken_db[1]);
    band.taken_db += taken;
    band.most_db = std::max(band.most_db, taken);
    ++band.cells;
  }
  return {makeup * db_to_gain(-taken_db[0]) - 1.0, makeup * db_to_gain(-taken_db[1]) - 1.0};
}

// Adds what the band's gain changes to `out`; the gain moves in a straight line from cell to cell.
void CompressorBands::add(Band& band, const StereoFrame* audio, StereoFrame* out) noexcept {
  const std::int64_t at = cell_ - delay_cells_ + ahead_cells_;
  const StereoFrame gain = band.gains[static_cast<std::size_t>((at + ring_cells_) % ring_cells_)];
  StereoFrame now = band.gain_before;
  const StereoFrame step{(gain[0] - now[0]) / cell_frames_, (gain[1] - now[1]) / cell_frames_};
  band.gain_before = gain;
  if (now == StereoFrame{} && gain == StereoFrame{}) return;
  for (int i = 0; i < cell_frames_; ++i) {
    for (std::size_t lane = 0; lane < 2; ++lane) now[lane] += step[lane];
    const double left = audio[i][0], right = audio[i][1];
    switch (band.params.channels) {
      case Channels::kMid: {
        const double change = 0.5 * (left + right) * now[0];
        out[i][0] += change, out[i][1] += change;
        break;
      }
      case Channels::kSide: {
        const double change = 0.5 * (left - right) * now[0];
        out[i][0] += change, out[i][1] -= change;
        break;
      }
      default:
        out[i][0] += left * now[0], out[i][1] += right * now[1];
    }
  }
}

void CompressorBands::process(std::span<const StereoFrame> in, StereoFrame* out) noexcept {
  std::array<StereoFrame*, kMostBands> made{};
  for (std::size_t b = 0; b < kMostBands; ++b) made[b] = row(b + 1, cell_);
  if (layout_.linear_phase)
    linear_split_.process(in, row(0, cell_), made);
  else
    split_.process(in, row(0, cell_), made);
  for (std::size_t b = 0; b < kMostBands; ++b)
    if (const int place = layout_.place_of[b]; place >= 0)
      bands_[b].gains[static_cast<std::size_t>(cell_ % ring_cells_)] =
          listen(bands_[b], made[static_cast<std::size_t>(place)]);
  const std::int64_t heard = cell_ - delay_cells_;
  std::copy_n(row(0, heard), cell_frames_, out);
  for (std::size_t b = 0; b < kMostBands; ++b)
    if (const int place = layout_.place_of[b]; place >= 0)
      add(bands_[b], row(static_cast<std::size_t>(place) + 1, heard), out);
  ++cell_;
}

}  // namespace lacquer
