#include "chain/saturator.h"

#include <algorithm>
#include <cmath>

#include "chain/stage_parameters.h"
#include "core/decibels.h"
#include "dsp/guards.h"
#include "dsp/matched.h"
#include "dsp/scale.h"

namespace lacquer {

namespace {
constexpr double kNoDcHz = 10.0;
constexpr double kEmphasisHz = 120.0;  // a transformer's lows go into the curve this much hotter,
constexpr double kEmphasisDb = 12.0;   // and leave it as much colder

Bend curve_of(SaturatorCharacter character) {
  switch (character) {
    case SaturatorCharacter::kTube:
      return Bend::kAsymmetric;
    case SaturatorCharacter::kTransformer:
      return Bend::kRoot;
    case SaturatorCharacter::kClip:
      return Bend::kTop;
    default:
      return Bend::kTanh;
  }
}

void add(Cascade& cascade, const AnalogueSection& section, double rate) {
  const Biquad filter = bilinear(section, rate);
  cascade.add(filter, filter);
}

// First order: kEmphasisDb at 0 Hz, 0 dB far above.
AnalogueSection emphasis(bool removed) {
  const double root = db_to_gain(kEmphasisDb / 2.0);
  if (removed) return {kEmphasisHz, 1.0 / root, 1.0, 0.0, root, 1.0, 0.0};
  return {kEmphasisHz, root, 1.0, 0.0, 1.0 / root, 1.0, 0.0};
}
}  // namespace

void Saturator::prepare(const StreamFormat& format) {
  format_ = format;
  const auto channels = static_cast<std::size_t>(format.channels);
  const Oversampler oversampler(Oversampler::factor_for(format.sample_rate_hz));
  latency_frames_ = oversampler.latency_frames();
  oversamplers_.assign(channels, oversampler);
  memory_before_.resize((channels + 1) / 2);
  memory_after_.resize((channels + 1) / 2);
  rows_.resize(channels + channels % 2);
  delays_.assign(channels, std::vector<float>(static_cast<std::size_t>(latency_frames_ + kFrames)));
  for (Ramp* ramp : {&drive_, &mix_, &voice_level_, &gain_}) ramp->prepare(format.sample_rate_hz);
  reset();
}

void Saturator::set_params(const Params& params) noexcept {
  drive_.aim(db_to_gain(bounded(params.drive_db, -24.0F, 12.0F)));
  mix_.aim(bounded(params.mix_pct, 0.0F, 100.0F) / 100.0);
  gain_.aim(db_to_gain(bounded(params.output_gain_db, -24.0F, 24.0F)));
  wanted_voice_ = {params.character, params.low_hz > 0.0F ? bounded(params.low_hz, 1.0F, 5000.0F) : 0.0F,
                   bounded(params.high_hz, 200.0F, 20000.0F)};
  if (!started_) speak();
}

// Takes on the wanted voice, from silence.
void Saturator::speak() noexcept {
  voice_ = wanted_voice_;
  curve_ = curve_of(voice_.character);
  const double rate = format_.sample_rate_hz;
  before_.clear();
  after_.clear();
  if (voice_.low_hz > 0.0F) add(before_, analogue_high_pass(voice_.low_hz, butterworth_q(2, 0)), rate);
  if (voice_.high_hz < 20000.0F) add(before_, analogue_low_pass(voice_.high_hz, butterworth_q(2, 0)), rate);
  if (voice_.character == SaturatorCharacter::kTransformer) {
    add(before_, emphasis(false), rate);
    add(after_, emphasis(true), rate);
  }
  if (voice_.character == SaturatorCharacter::kTube)
    add(after_, analogue_first_order_high_pass(kNoDcHz), rate);
  forget();
  voice_level_.aim(1.0);
}

void Saturator::forget() noexcept {
  std::fill(memory_before_.begin(), memory_before_.end(), Cascade::Memory{});
  std::fill(memory_after_.begin(), memory_after_.end(), Cascade::Memory{});
  for (Oversampler& oversampler : oversamplers_) oversampler.reset();
  bending_ = false;
  warm_up_left_ = latency_frames_;
}

void Saturator::reset() noexcept {
  started_ = false;
  for (auto& delay : delays_) std::fill(delay.begin(), delay.end(), 0.0F);
  speak();
  for (Ramp* ramp : {&drive_, &mix_, &voice_level_, &gain_}) ramp->settle();
}

void Saturator::process(AudioBlock block) noexcept {
  if (block.frames() == 0) return;
  started_ = true;
  for (int c = 0; c < block.channels(); ++c) clean(block.channel(c));
  for (int at = 0; at < block.frames();) {
    if (!(voice_ == wanted_voice_)) {
      voice_level_.aim(0.0);
      if (silent()) speak();
    }
    // A part ends where a ramp does, so that what follows happens on the same frame however blocks are cut.
    int frames = std::min(block.frames() - at, kFrames);
    for (const Ramp* ramp : {&voice_level_, &mix_})
      if (ramp->moving()) frames = std::min(frames, ramp->left());
    if (warm_up_left_ > 0 && !silent()) frames = std::min(frames, warm_up_left_);
    process_part(block.slice(at, frames));
    at += frames;
  }
  scale(block, gain_);
}

void Saturator::process_part(AudioBlock block) noexcept {
  const auto frames = static_cast<std::size_t>(block.frames());
  const bool bends = !silent();
  // Until the first bent sample arrives there is nothing to fade in.
  const bool warming_up = bends && warm_up_left_ > 0;
  for (std::size_t i = 0; i < frames; ++i) {
    drives_[i] = drive_.next();
    weights_[i] = warming_up ? 0.0 : mix_.next() * voice_level_.next();
  }
  if (warming_up) warm_up_left_ -= block.frames();
  for (Ramp* ramp : {&drive_, &mix_, &voice_level_}) ramp->start();
  if (bends) {
    bending_ = true;
    for (std::size_t c = 0; c < delays_.size(); c += 2) bend_pair(c, block);
  } else if (bending_) {
    forget();
  }
  for (std::size_t c = 0; c < delays_.size(); ++c) {
    const auto samples = block.channel(static_cast<int>(c));
    auto& delay = delays_[c];
    const auto latency = static_cast<std::size_t>(latency_frames_);
    std::copy(samples.begin(), samples.end(), delay.begin() + latency_frames_);
    std::copy_n(delay.begin(), frames, samples.begin());
    std::copy_n(delay.begin() + static_cast<std::ptrdiff_t>(frames), latency, delay.begin());
    if (!bends) continue;
    for (std::size_t i = 0; i < frames; ++i)
      samples[i] = static_cast<float>(static_cast<double>(samples[i]) + weights_[i] * rows_[c][i]);
  }
}

// Leaves in rows_ what bending adds to two channels, or to the last of an odd number.
void Saturator::bend_pair(std::size_t first, AudioBlock block) noexcept {
  const std::size_t count = std::min<std::size_t>(2, delays_.size() - first);
  const auto frames = static_cast<std::size_t>(block.frames());
  for (std::size_t c = first; c < first + count; ++c) {
    const auto samples = block.channel(static_cast<int>(c));
    std::copy(samples.begin(), samples.end(), rows_[c].begin());
  }
  double* const a = rows_[first].data();
  double* const b = rows_[first + 1].data();
  if (!before_.empty()) before_.process(a, b, block.frames(), memory_before_[first / 2]);
  for (std::size_t c = first; c < first + count; ++c) {
    for (std::size_t i = 0; i < frames; ++i) single_[i] = static_cast<float>(drives_[i] * rows_[c][i]);
    const std::span<float> single = {single_.data(), frames};
    bend(curve_, oversamplers_[c].up(single));
    oversamplers_[c].down(single);
    for (std::size_t i = 0; i < frames; ++i) rows_[c][i] = static_cast<double>(single[i]) / drives_[i];
  }
  if (!after_.empty()) after_.process(a, b, block.frames(), memory_after_[first / 2]);
  memory_before_[first / 2].flush_denormals();
  memory_after_[first / 2].flush_denormals();
}

SaturatorParams saturator_params(const PlanStage& stage) {
  const auto value = [&](std::string_view id) { return static_cast<float>(parameter_value(stage, id)); };
  return {static_cast<SaturatorCharacter>(std::lround(parameter_value(stage, "character"))),
          value("drive_db"),
          value("mix_pct"),
          value("low_hz"),
          value("high_hz"),
          value("output_gain_db")};
}

}  // namespace lacquer
