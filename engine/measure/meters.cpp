#include "measure/meters.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "dsp/cells.h"
#include "measure/ceiling.h"
#include "measure/level_history.h"

namespace lacquer {

namespace {
constexpr std::size_t kPsrWindowTenths = 30;  // 3 s

double percentile(std::vector<double> values, double share) {
  const auto index = static_cast<std::ptrdiff_t>(std::lround(static_cast<double>(values.size() - 1) * share));
  std::nth_element(values.begin(), values.begin() + index, values.end());
  return values[static_cast<std::size_t>(index)];
}

// ReplayGain 2 plays at -18 LUFS, R128 tags (RFC 7845, 5.2.1) at -23 in steps of 1/256 dB.
void tag_gains(LoudnessResult& loudness) {
  if (!loudness.integrated_lufs) return;
  loudness.replaygain_db = -18.0 - *loudness.integrated_lufs;
  loudness.r128_gain_q78 = static_cast<int>(std::lround((-23.0 - *loudness.integrated_lufs) * 256.0));
}
}  // namespace

Meters::Meters(const StreamFormat& format, MeasureGroups groups, bool keep_envelope)
    : format_(format),
      groups_(groups),
      loudness_(format, keep_envelope),
      peak_(format, keep_envelope),
      overview_(format) {
  if (groups == MeasureGroups::kLoudness) return;
  stereo_.emplace(format);
  flat_tops_.emplace(format);
  pulse_.emplace(format);
  frequency_ = std::make_unique<FrequencyMeters>(format);
  if (groups == MeasureGroups::kAll) source_ = std::make_unique<SourceMeter>(format, frequency_->fft());
}

void Meters::add(ConstAudioBlock block) {
  for (const Part& part : parts()) part(block);
}

std::vector<Meters::Part> Meters::parts() {
  std::vector<Part> parts;
  if (frequency_) parts.emplace_back([this](ConstAudioBlock block) { frequency_->add(block); });
  parts.emplace_back([this](ConstAudioBlock block) { peak_.add(block); });
  // What the source meter hears of the spectrum touches nothing of what it hears of the samples.
  if (source_) parts.emplace_back([this](ConstAudioBlock block) { source_->add(block); });
  parts.emplace_back([this](ConstAudioBlock block) {
    loudness_.add(block);
    overview_.add(block);
    if (stereo_) stereo_->add(block);
    if (flat_tops_) flat_tops_->add(block);
    if (pulse_) pulse_->add(block);
  });
  return parts;
}

void Meters::finish() {
  peak_.finish();
  if (frequency_) frequency_->finish();
  if (source_) source_->finish();
}

// PSR: the highest true peak in 3 s minus the short-term loudness of the same 3 s, every 100 ms while the
// music is above the relative gate (AES e-brief 373, 2017).
DynamicsResult Meters::dynamics(const LoudnessResult& loudness, const PeakResult& peak) const {
  DynamicsResult result;
  if (peak.true_dbtp && loudness.integrated_lufs) result.plr_db = *peak.true_dbtp - *loudness.integrated_lufs;
  const auto rms = overview_.rms_dbfs();
  if (peak.sample_dbfs && rms) result.crest_db = *peak.sample_dbfs - *rms;
  const double gate = loudness_.gate().threshold_lufs;
  result.bands = frequency_->crests();
  pulse_->report(gate, result);
  result.level_steps = level_steps(loudness.short_term_lufs, gate);
  result.loudness_histogram = loudness_histogram(loudness.short_term_lufs);
  std::vector<double> ratios;
  const auto& tenths = peak_.tenths();
  for (std::size_t i = kPsrWindowTenths; i <= std::min(tenths.size(), loudness.short_term_lufs.size()); ++i) {
    const double short_term = loudness.short_term_lufs[i - 1];
    if (!(short_term > gate)) continue;
    const auto end = tenths.begin() + static_cast<std::ptrdiff_t>(i);
    const auto highest = gain_to_db(*std::max_element(end - kPsrWindowTenths, end));
    if (highest) ratios.push_back(*highest - short_term);
  }
  if (ratios.empty()) return result;
  result.psr_median_db = percentile(ratios, 0.5);
  result.psr_p5_db = percentile(ratios, 0.05);
  return result;
}

StereoResult Meters::stereo(const LoudnessResult& loudness) const {
  StereoResult result;
  if (format_.channels != 2) return result;
  const double gate = loudness_.gate().threshold_lufs;
  const auto image = stereo_->result();
  result.correlation = image.correlation;
  result.side_to_mid_db = image.side_to_mid_db;
  result.negative_share = image.negative_share;
  result.correlation_series = image.correlation_series;
  result.mono_loss_db = loudness_.mono_loss_db();
  const auto& channels = loudness.channel_lufs;
  if (channels.size() == 2 && channels[0] && channels[1]) result.balance_lu = *channels[0] - *channels[1];
  frequency_->report_stereo(gate, result);
  return result;
}

Measurements Meters::result() const {
  Measurements all;
  all.sample_rate_hz = format_.sample_rate_hz;
  all.channels = format_.channels;
  all.duration_s = static_cast<double>(overview_.frames()) / format_.sample_rate_hz;
  all.loudness = loudness_.result();
  all.peak = peak_.result();
  all.overview = overview_.overview();
  tag_gains(all.loudness);
  if (groups_ == MeasureGroups::kLoudness) return all;
  flat_tops_->report(all.peak);
  all.peak.true_ceiling = find_ceiling(peak_.tenths());
  all.dynamics = dynamics(all.loudness, all.peak);
  all.stereo = stereo(all.loudness);
  all.spectrum = frequency_->spectrum(loudness_.gate().threshold_lufs);
  if (!source_) return all;
  SourceResult source = source_->result();
  source.dc_offset_dbfs = overview_.dc_offset_dbfs();
  source.head_silence_s = overview_.head_silence_s();
  source.tail_silence_s = overview_.tail_silence_s();
  all.source = source;
  return all;
}

LimiterEnvelope Meters::take_envelope() {
  LimiterEnvelope envelope;
  envelope.sample_rate_hz = format_.sample_rate_hz;
  envelope.channels = format_.channels;
  envelope.cell_frames = cell_frames_for(format_.sample_rate_hz);
  envelope.frames = overview_.frames();
  envelope.peak = peak_.take_cells();
  envelope.energy = loudness_.take_cells();
  envelope.energy.resize(envelope.peak.size(), 0.0F);
  return envelope;
}

}  // namespace lacquer
