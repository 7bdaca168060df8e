#include "session/audition.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "chain/mastering_chain.h"
#include "core/decibels.h"
#include "dsp/linear_phase_filter.h"
#include "playback/system_player.h"
#include "session/exercises/sound.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kBandSlopeDbPerOctave = 48.0;

AudioBuffer cut(const AudioBuffer& from, int first, int frames) {
  AudioBuffer part(from.channels(), frames);
  const int there = std::clamp(from.frames() - first, 0, frames);
  for (int c = 0; c < from.channels(); ++c)
    std::copy_n(from.channel(c).begin() + first, there, part.channel(c).begin());
  return part;
}

// Runs `process` over the whole context and `latency_frames` of silence after it, and cuts the passage out of
// what comes late by so many frames.
template <class Process>
AudioBuffer passage_through(const PassageInContext& passage, int latency_frames, const Process& process) {
  AudioBuffer all = cut(passage.audio, 0, passage.audio.frames() + latency_frames);
  for (int at = 0; at < all.frames(); at += kBlockFrames)
    process(all.block().slice(at, std::min(kBlockFrames, all.frames() - at)));
  return cut(all, passage.first_frame + latency_frames, passage.frames);
}

StreamFormat format_of(const PassageInContext& passage) {
  return {passage.sample_rate_hz, passage.audio.channels(), kBlockFrames};
}

AudioBuffer part_heard(const AudioBuffer& audio, Part part) {
  AudioBuffer heard = audio;
  if (part == Part::kWhole || audio.channels() != 2) return heard;
  const auto left = audio.channel(0), right = audio.channel(1);
  for (std::size_t i = 0; i < left.size(); ++i) {
    const float mid = 0.5F * (left[i] + right[i]), side = 0.5F * (left[i] - right[i]);
    const float one = part == Part::kLeft    ? left[i]
                      : part == Part::kRight ? right[i]
                      : part == Part::kSide  ? side
                                             : mid;
    heard.channel(0)[i] = heard.channel(1)[i] = one;
  }
  return heard;
}

double band_gain(double hz, const Band& band) {
  const double octaves = hz < band.low_hz    ? std::log2(band.low_hz / std::max(hz, 1.0))
                         : hz > band.high_hz ? std::log2(hz / band.high_hz)
                                             : 0.0;
  return db_to_gain(-kBandSlopeDbPerOctave * octaves);
}

AudioBuffer band_of(const PassageInContext& passage, const Band& band) {
  LinearPhaseFilter filter;
  filter.prepare(passage.sample_rate_hz, passage.audio.channels());
  std::vector<double> magnitude(static_cast<std::size_t>(filter.bins()));
  for (std::size_t bin = 0; bin < magnitude.size(); ++bin)
    magnitude[bin] = band_gain(static_cast<double>(bin) * filter.bin_hz(), band);
  filter.set(magnitude, magnitude);
  filter.reset();
  return passage_through(passage, filter.latency_frames(), [&](AudioBlock block) {
    std::vector<float*> rows;
    for (int c = 0; c < block.channels(); ++c) rows.push_back(block.channel(c).data());
    filter.process(rows.data(), block.frames());
  });
}

AudioBuffer on_system(const PassageInContext& passage, const PlaybackSystem& system) {
  SystemPlayer player(format_of(passage), system, std::nullopt);
  player.push(passage.audio.block());
  player.finish();
  AudioBuffer played(passage.audio.channels(), passage.audio.frames());
  int got = 0;
  while (got < played.frames()) {
    const int more = player.pull(played.block().slice(got, played.frames() - got));
    if (more == 0) break;
    got += more;
  }
  return cut(played, passage.first_frame, passage.frames);
}

AudioBuffer through_plan(const PassageInContext& passage, const ThroughPlan& way, double passage_lufs) {
  StageChain stages;
  stages.prepare(format_of(passage), *way.plan);
  const int staged_latency = stages.latency_frames();
  AudioBuffer staged = cut(passage.audio, 0, passage.audio.frames() + staged_latency);
  for (int at = 0; at < staged.frames(); at += kBlockFrames)
    stages.process(staged.block().slice(at, std::min(kBlockFrames, staged.frames() - at)));
  staged = cut(staged, staged_latency, passage.audio.frames());
  const auto level = level_of({cut(staged, passage.first_frame, passage.frames), passage.sample_rate_hz});
  // The trim is part of what the stages changed, and of the drive as well.
  LimiterParams limiting = limiter_params(way.plan->at(Stage::kLimiting));
  limiting.drive_db = static_cast<float>(way.drive_db - (level.lufs.value_or(passage_lufs) - passage_lufs));
  limiting.ceiling_dbtp = static_cast<float>(way.plan->ceiling_dbtp);
  Limiter limiter;
  limiter.prepare(format_of(passage));
  limiter.set_params(limiting);
  limiter.reset();
  const PassageInContext at_limiter{staged, passage.sample_rate_hz, passage.first_frame, passage.frames};
  return passage_through(at_limiter, limiter.latency_frames(),
                         [&](AudioBlock block) { limiter.process(block); });
}

void apply_gain(AudioBuffer& audio, double gain_db) {
  const auto gain = static_cast<float>(db_to_gain(gain_db));
  for (int c = 0; c < audio.channels(); ++c)
    for (float& sample : audio.channel(c)) sample *= gain;
}

Audition as_loud(AudioBuffer audio, double sample_rate_hz, const std::optional<double>& wanted_lufs) {
  Audition heard{std::move(audio), 0.0, 0.0};
  const auto level = level_of({heard.audio, sample_rate_hz});
  if (!level.lufs || !wanted_lufs) return heard;
  const double wanted_db = *wanted_lufs - *level.lufs;
  heard.gain_db = std::min(wanted_db, kMostAuditionGainDb);
  heard.short_of_lu = wanted_db - heard.gain_db;
  apply_gain(heard.audio, heard.gain_db);
  return heard;
}

}  // namespace

Audition audition(const PassageInContext& passage, const WayOfHearing& way) {
  const AudioBuffer plain = cut(passage.audio, passage.first_frame, passage.frames);
  const double rate = passage.sample_rate_hz;
  if (const Part* part = std::get_if<Part>(&way); part != nullptr && *part == Part::kWhole)
    return {plain, 0.0, 0.0};
  const auto lufs = level_of({plain, rate}).lufs;
  if (const Part* part = std::get_if<Part>(&way)) return as_loud(part_heard(plain, *part), rate, lufs);
  if (const Band* band = std::get_if<Band>(&way)) return as_loud(band_of(passage, *band), rate, lufs);
  if (const OnSystem* on = std::get_if<OnSystem>(&way))
    return as_loud(on_system(passage, *on->system), rate, lufs);
  const auto& planned = std::get<ThroughPlan>(way);
  constexpr double kSilence = -70.0;
  Audition made = as_loud(through_plan(passage, planned, lufs.value_or(kSilence)), rate, lufs);
  if (!planned.removed) return made;
  for (int c = 0; c < plain.channels(); ++c)
    for (std::size_t i = 0; i < plain.channel(c).size(); ++i) made.audio.channel(c)[i] -= plain.channel(c)[i];
  return made;
}

}  // namespace lacquer
