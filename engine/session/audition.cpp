#include "session/audition.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>
#include <vector>

#include "chain/mastering_chain.h"
#include "core/decibels.h"
#include "dsp/linear_phase_filter.h"
#include "playback/service_limiter.h"
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

// Runs `process` over all of the audio and `latency_frames` of silence after it, and takes out what it comes
// late by.
template <class Process>
AudioBuffer run_through(const AudioBuffer& audio, int latency_frames, const Process& process) {
  AudioBuffer all = cut(audio, 0, audio.frames() + latency_frames);
  for (int at = 0; at < all.frames(); at += kBlockFrames)
    process(all.block().slice(at, std::min(kBlockFrames, all.frames() - at)));
  return cut(all, latency_frames, audio.frames());
}

AudioBuffer passage_of(const PassageInContext& passage) {
  return cut(passage.audio, passage.first_frame, passage.frames);
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
  const AudioBuffer heard = run_through(passage.audio, filter.latency_frames(), [&](AudioBlock block) {
    std::vector<float*> rows;
    for (int c = 0; c < block.channels(); ++c) rows.push_back(block.channel(c).data());
    filter.process(rows.data(), block.frames());
  });
  return cut(heard, passage.first_frame, passage.frames);
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

// All of the audio, mastered.
AudioBuffer mastered(const PassageInContext& passage, const MasterOf& master, double passage_lufs) {
  StageChain stages;
  stages.prepare(format_of(passage), *master.plan);
  const AudioBuffer staged =
      run_through(passage.audio, stages.latency_frames(), [&](AudioBlock block) { stages.process(block); });
  const auto level = level_of({cut(staged, passage.first_frame, passage.frames), passage.sample_rate_hz});
  // The trim is part of what the stages changed, and of the drive as well.
  LimiterParams limiting = limiter_params(master.plan->at(Stage::kLimiting));
  limiting.drive_db =
      static_cast<float>(master.drive_db - (level.lufs.value_or(passage_lufs) - passage_lufs));
  limiting.ceiling_dbtp = static_cast<float>(master.plan->ceiling_dbtp);
  Limiter limiter;
  limiter.prepare(format_of(passage));
  limiter.set_params(limiting);
  limiter.reset();
  return run_through(staged, limiter.latency_frames(), [&](AudioBlock block) { limiter.process(block); });
}

// A passage in memory as an encoder reads it.
class BufferSource final : public AudioSource {
 public:
  explicit BufferSource(const PassageInContext& passage) : passage_(passage) {}
  StreamFormat format() const override { return format_of(passage_); }
  std::optional<std::int64_t> announced_frames() const override { return passage_.audio.frames(); }
  int read(AudioBlock block) override {
    const int got = std::min(block.frames(), passage_.audio.frames() - at_);
    for (int c = 0; c < block.channels(); ++c)
      std::copy_n(passage_.audio.channel(c).begin() + at_, got, block.channel(c).begin());
    at_ += got;
    return got;
  }
  void rewind() override { at_ = 0; }

 private:
  const PassageInContext& passage_;
  int at_ = 0;
};

struct AtRate {
  AudioBuffer audio;
  double sample_rate_hz = 0.0;
};

AtRate coded(const PassageInContext& passage, const RoundTrip& round_trip) {
  BufferSource source(passage);
  const auto pairs = round_trip(source);
  const double rate = pairs->format().sample_rate_hz, ratio = rate / passage.sample_rate_hz;
  const auto at_rate = [&](int frames) { return static_cast<int>(std::lround(frames * ratio)); };
  AudioBuffer heard(passage.audio.channels(), at_rate(passage.audio.frames()) + kBlockFrames);
  AudioBuffer original(passage.audio.channels(), kBlockFrames);
  for (int at = 0; at + kBlockFrames <= heard.frames();) {
    const int got = pairs->read(original.block(), heard.block().slice(at, kBlockFrames));
    if (got == 0) break;
    at += got;
  }
  return {cut(heard, at_rate(passage.first_frame), at_rate(passage.frames)), rate};
}

void apply_gain(AudioBuffer& audio, double gain_db) {
  const auto gain = static_cast<float>(db_to_gain(gain_db));
  for (int c = 0; c < audio.channels(); ++c)
    for (float& sample : audio.channel(c)) sample *= gain;
}

AudioBuffer played_on(const PassageInContext& passage, const OnPlatform& platform) {
  AudioBuffer played = cut(passage.audio, 0, passage.audio.frames());
  apply_gain(played, platform.gain_db);
  if (platform.limiter_threshold_dbfs) {
    ServiceLimiter limiter(format_of(passage), {*platform.limiter_threshold_dbfs});
    played = run_through(played, limiter.latency_frames(), [&](AudioBlock block) { limiter.process(block); });
  }
  return cut(played, passage.first_frame, passage.frames);
}

Audition as_loud(AtRate heard_at, const std::optional<double>& wanted_lufs) {
  Audition heard{std::move(heard_at.audio), heard_at.sample_rate_hz, 0.0, 0.0};
  const auto level = level_of({heard.audio, heard.sample_rate_hz});
  if (!level.lufs || !wanted_lufs) return heard;
  const double wanted_db = *wanted_lufs - *level.lufs;
  heard.gain_db = std::min(wanted_db, kMostAuditionGainDb);
  heard.short_of_lu = wanted_db - heard.gain_db;
  apply_gain(heard.audio, heard.gain_db);
  return heard;
}

// The passage in a way that leaves its loudness to be matched.
AtRate heard_as(const PassageInContext& passage, const WayOfHearing& way) {
  const double rate = passage.sample_rate_hz;
  if (const Part* part = std::get_if<Part>(&way)) return {part_heard(passage_of(passage), *part), rate};
  if (const Band* band = std::get_if<Band>(&way)) return {band_of(passage, *band), rate};
  if (const OnSystem* on = std::get_if<OnSystem>(&way)) return {on_system(passage, *on->system), rate};
  if (const Coded* by = std::get_if<Coded>(&way)) return coded(passage, by->round_trip);
  return {passage_of(passage), rate};
}

void subtract(AudioBuffer& from, const AudioBuffer& what) {
  for (int c = 0; c < what.channels(); ++c)
    for (std::size_t i = 0; i < what.channel(c).size(); ++i) from.channel(c)[i] -= what.channel(c)[i];
}

}  // namespace

Audition audition(const PassageInContext& passage, const WayOfHearing& way,
                  const std::optional<MasterOf>& master) {
  const AudioBuffer plain = passage_of(passage);
  const auto lufs = level_of({plain, passage.sample_rate_hz}).lufs;
  constexpr double kSilence = -70.0;
  AudioBuffer made;
  if (master) made = mastered(passage, *master, lufs.value_or(kSilence));
  const PassageInContext source{master ? made : passage.audio, passage.sample_rate_hz, passage.first_frame,
                                passage.frames};
  if (const OnPlatform* platform = std::get_if<OnPlatform>(&way))
    return {played_on(source, *platform), passage.sample_rate_hz, platform->gain_db, 0.0};
  const Part* part = std::get_if<Part>(&way);
  if (!master && part != nullptr && *part == Part::kWhole) return {plain, passage.sample_rate_hz, 0.0, 0.0};
  Audition heard = as_loud(heard_as(source, way), lufs);
  if (std::holds_alternative<Removed>(way)) subtract(heard.audio, plain);
  return heard;
}

Audition beside(const PassageInContext& passage, AudioBuffer other, double sample_rate_hz) {
  return as_loud({std::move(other), sample_rate_hz},
                 level_of({passage_of(passage), passage.sample_rate_hz}).lufs);
}

}  // namespace lacquer
