#include "session/exercises/changes.h"

#include <algorithm>
#include <cmath>

#include "chain/equaliser.h"
#include "chain/limiter.h"
#include "chain/multiband_compressor.h"
#include "core/decibels.h"
#include "dsp/quantiser.h"
#include "measure/loudness_meter.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kMostBellDb = 6.0;  // of one band of the equaliser
constexpr double kTopHz = 20000.0;

// A sound through a processor, its delay taken out.
template <class P>
Sound through(P& processor, const Sound& sound) {
  const int latency = processor.latency_frames();
  const int frames = sound.audio.frames();
  Sound result{AudioBuffer(sound.audio.channels(), frames), sound.rate_hz};
  AudioBuffer block(sound.audio.channels(), kBlockFrames);
  for (int at = 0; at < frames + latency; at += kBlockFrames) {
    for (int c = 0; c < block.channels(); ++c) {
      const auto from = sound.audio.channel(c);
      const auto to = block.channel(c);
      for (int i = 0; i < kBlockFrames; ++i)
        to[static_cast<std::size_t>(i)] = at + i < frames ? from[static_cast<std::size_t>(at + i)] : 0.0F;
    }
    processor.process(block.block());
    for (int c = 0; c < block.channels(); ++c)
      for (int i = std::max(0, latency - at); i < kBlockFrames && at + i - latency < frames; ++i)
        result.audio.channel(c)[static_cast<std::size_t>(at + i - latency)] =
            block.channel(c)[static_cast<std::size_t>(i)];
  }
  return result;
}

StreamFormat format_of(const Sound& sound) { return {sound.rate_hz, sound.audio.channels(), kBlockFrames}; }

Sound equalised(const Sound& sound, const EqualiserParams& params) {
  Equaliser equaliser;
  equaliser.prepare(format_of(sound));
  equaliser.set_params(params);
  equaliser.reset();
  return through(equaliser, sound);
}

// As many equal bands as the gain needs.
EqualiserParams bands_of(const EqualiserBand& band, double gain_db) {
  EqualiserParams params;
  const auto count =
      static_cast<std::size_t>(std::clamp(std::ceil(std::abs(gain_db) / kMostBellDb), 1.0, 4.0));
  for (std::size_t i = 0; i < count; ++i) {
    params.bands[i] = band;
    params.bands[i].gain_db = static_cast<float>(gain_db / static_cast<double>(count));
  }
  return params;
}

struct Pass {
  Sound sound;
  double reduction_db = 0.0;
};

Pass compressed(const Sound& sound, MultibandCompressorParams params, std::size_t band, double threshold) {
  params.bands[band].threshold_dbfs = static_cast<float>(threshold);
  MultibandCompressor compressor;
  compressor.prepare(format_of(sound));
  compressor.set_params(params);
  compressor.reset();
  Pass pass{through(compressor, sound), 0.0};
  pass.reduction_db = compressor.reduction(static_cast<int>(band)).max_db;
  return pass;
}

Compressed solved(const Sound& sound, const MultibandCompressorParams& params, std::size_t band,
                  double reduction_db) {
  double low = -80.0, high = 0.0;
  for (int i = 0; i < 12; ++i) {  // to 0.02 dB of threshold
    const double middle = (low + high) / 2.0;
    (compressed(sound, params, band, middle).reduction_db > reduction_db ? low : high) = middle;
  }
  Pass pass = compressed(sound, params, band, high);
  return {std::move(pass.sound), high, pass.reduction_db};
}

CompressorBandParams band_of(const CompressorSetting& setting) {
  CompressorBandParams band;
  band.ratio = static_cast<float>(setting.ratio);
  band.attack_ms = static_cast<float>(setting.attack_ms);
  band.release_ms = static_cast<float>(setting.release_ms);
  band.most_reduction_db = 12.0F;
  return band;
}

Sound of_middle_and_side(const Sound& sound, float middle, float side) {
  Sound result = sound;
  if (sound.audio.channels() != 2) return result;
  const auto left = result.audio.channel(0);
  const auto right = result.audio.channel(1);
  for (std::size_t i = 0; i < left.size(); ++i) {
    const float one = 0.5F * (middle * (left[i] + right[i]) + side * (left[i] - right[i]));
    left[i] = one;
    right[i] = one;
  }
  return result;
}

}  // namespace

Sound with_range_raised(const Sound& sound, double low_hz, double high_hz, double gain_db) {
  EqualiserBand band;
  if (high_hz >= kTopHz) {
    band.shape = BandShape::kHighShelf;
    band.frequency_hz = static_cast<float>(low_hz);
    band.q = 0.7F;
  } else {
    band.shape = BandShape::kBell;
    band.frequency_hz = static_cast<float>(std::sqrt(low_hz * high_hz));
    band.q = static_cast<float>(std::sqrt(low_hz * high_hz) / (high_hz - low_hz));
  }
  return equalised(sound, bands_of(band, gain_db));
}

Sound with_bell(const Sound& sound, double hz, double gain_db, double q) {
  return equalised(
      sound, bands_of({BandShape::kBell, static_cast<float>(hz), 0.0F, static_cast<float>(q)}, gain_db));
}

Compressed with_compressor(const Sound& sound, const CompressorSetting& setting) {
  MultibandCompressorParams params;
  params.look_ahead_ms = 5.0F;  // as long as the level is averaged: the attack alone decides what comes late
  params.bands[0] = band_of(setting);
  return solved(sound, params, 0, setting.gain_reduction_db);
}

Compressed with_band_compressor(const Sound& sound, double low_hz, double high_hz,
                                const CompressorSetting& setting) {
  MultibandCompressorParams params;
  std::size_t borders = 0;
  if (low_hz > 0.0) params.crossover_hz[borders++] = static_cast<float>(low_hz);
  const std::size_t band = borders;
  if (high_hz > 0.0 && high_hz < 0.45 * sound.rate_hz)
    params.crossover_hz[borders++] = static_cast<float>(high_hz);
  params.bands[band] = band_of(setting);
  return solved(sound, params, band, setting.gain_reduction_db);
}

Sound with_limiter(const Sound& sound, double reduction_db, double ceiling_dbtp) {
  LimiterParams params;
  params.ceiling_dbtp = static_cast<float>(ceiling_dbtp);
  params.drive_db = static_cast<float>(ceiling_dbtp + reduction_db - level_of(sound).dbtp.value_or(0.0));
  Limiter limiter;
  limiter.prepare(format_of(sound));
  limiter.set_params(params);
  limiter.reset();
  return through(limiter, sound);
}

Sound with_side(const Sound& sound, double first_edge_hz, double second_edge_hz, const SideGains& gains) {
  if (sound.audio.channels() != 2) return sound;
  Sound wide = sound;
  const auto gain = static_cast<float>(db_to_gain(gains.middle_db));
  const auto left = wide.audio.channel(0);
  const auto right = wide.audio.channel(1);
  for (std::size_t i = 0; i < left.size(); ++i) {
    const float middle = 0.5F * (left[i] + right[i]);
    const float side = 0.5F * gain * (left[i] - right[i]);
    left[i] = middle + side;
    right[i] = middle - side;
  }
  EqualiserParams params;
  params.bands[0] = {BandShape::kLowShelf, static_cast<float>(first_edge_hz),
                     static_cast<float>(gains.low_db - gains.middle_db), 0.7F, BandChannels::kSide};
  params.bands[1] = {BandShape::kHighShelf, static_cast<float>(second_edge_hz),
                     static_cast<float>(gains.high_db - gains.middle_db), 0.7F, BandChannels::kSide};
  return equalised(wide, params);
}

Sound middle_alone(const Sound& sound) { return of_middle_and_side(sound, 1.0F, 0.0F); }
Sound side_alone(const Sound& sound) { return of_middle_and_side(sound, 0.0F, 1.0F); }

Sound shifted(const Sound& sound, double ms) {
  const int by = static_cast<int>(std::lround(ms / 1000.0 * sound.rate_hz));
  const int frames = sound.audio.frames();
  Sound result{AudioBuffer(sound.audio.channels(), frames), sound.rate_hz};
  for (int c = 0; c < sound.audio.channels(); ++c)
    for (int i = std::max(0, by); i < std::min(frames, frames + by); ++i)
      result.audio.channel(c)[static_cast<std::size_t>(i)] =
          sound.audio.channel(c)[static_cast<std::size_t>(i - by)];
  return result;
}

Sound sum_of(const std::vector<const Sound*>& parts) {
  int frames = 0, channels = 1;
  for (const Sound* part : parts) {
    frames = std::max(frames, part->audio.frames());
    channels = std::max(channels, part->audio.channels());
  }
  Sound sum{AudioBuffer(channels, frames), parts.empty() ? 0.0 : parts.front()->rate_hz};
  for (const Sound* part : parts)
    for (int c = 0; c < channels; ++c) {
      const auto from = part->audio.channel(std::min(c, part->audio.channels() - 1));
      const auto to = sum.audio.channel(c);
      for (std::size_t i = 0; i < from.size(); ++i) to[i] += from[i];
    }
  return sum;
}

Sound with_16_bits(const Sound& sound, bool dithered) {
  Sound result = sound;
  if (dithered) {
    Quantiser quantiser;
    quantiser.prepare(sound.rate_hz, sound.audio.channels(), {16, false});
    quantiser.process(result.audio.block());
    return result;
  }
  constexpr float kSteps = 32768.0F;
  for (int c = 0; c < result.audio.channels(); ++c)
    for (float& sample : result.audio.channel(c))
      sample = std::clamp(std::nearbyint(sample * kSteps), -kSteps, kSteps - 1.0F) / kSteps;
  return result;
}

std::optional<double> mono_loss_db(const Sound& sound) {
  if (sound.audio.channels() != 2) return 0.0;
  LoudnessMeter meter(format_of(sound), false);
  for (int at = 0; at < sound.audio.frames(); at += kBlockFrames)
    meter.add(sound.audio.block().slice(at, std::min(kBlockFrames, sound.audio.frames() - at)));
  return meter.mono_loss_db();
}

}  // namespace lacquer
