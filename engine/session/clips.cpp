#include "session/clips.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "dsp/quantiser.h"
#include "session/exercises/sound.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;

struct Place {
  std::int64_t first = 0;
  std::int64_t frames = 0;
  std::int64_t got = 0;
};

Place place_of(const TimeRange& when, double sample_rate_hz) {
  const auto first = static_cast<std::int64_t>(std::llround(when.from_s * sample_rate_hz));
  const auto end = static_cast<std::int64_t>(std::llround(when.to_s * sample_rate_hz));
  return {first, std::max<std::int64_t>(0, end - first), 0};
}

// Copies what a block, which begins at frame `at`, holds of a place.
void take(Place& place, AudioBuffer& into, ConstAudioBlock block, std::int64_t at) {
  const std::int64_t from = std::max(at, place.first);
  const std::int64_t to = std::min(at + block.frames(), place.first + place.frames);
  if (to <= from) return;
  for (int c = 0; c < block.channels(); ++c)
    std::copy_n(block.channel(c).begin() + (from - at), to - from,
                into.channel(c).begin() + (from - place.first));
  place.got = to - place.first;
}

AudioBuffer shortened(const AudioBuffer& audio, std::int64_t frames) {
  AudioBuffer part(audio.channels(), static_cast<int>(frames));
  for (int c = 0; c < audio.channels(); ++c)
    std::copy_n(audio.channel(c).begin(), frames, part.channel(c).begin());
  return part;
}

}  // namespace

TimeRange clip_passage(const TimeRange& wanted, double duration_s) {
  const double length =
      std::min(std::clamp(wanted.to_s - wanted.from_s, kLeastClipS, kMostClipS), duration_s);
  const double middle = (wanted.from_s + wanted.to_s) / 2.0;
  const double from = std::clamp(middle - length / 2.0, 0.0, std::max(0.0, duration_s - length));
  return {from, from + length};
}

std::vector<Clip> cut_clips(AudioSource& source, const std::vector<TimeRange>& passages,
                            const ProgressCallback& progress) {
  const StreamFormat format = source.format();
  std::vector<Clip> clips;
  std::vector<Place> places;
  std::int64_t end = 0;
  for (const TimeRange& passage : passages) {
    places.push_back(place_of(passage, format.sample_rate_hz));
    end = std::max(end, places.back().first + places.back().frames);
    clips.push_back(
        {passage, AudioBuffer(format.channels, static_cast<int>(places.back().frames)), 0.0, 0.0});
  }
  AudioBuffer buffer(format.channels, kBlockFrames);
  source.rewind();
  for (std::int64_t at = 0; at < end;) {
    const int got = source.read(buffer.block());
    if (got == 0) break;
    const ConstAudioBlock block = buffer.block(got);
    for (std::size_t i = 0; i < clips.size(); ++i) take(places[i], clips[i].audio, block, at);
    at += got;
    report_progress(progress, "cutting", static_cast<double>(at) / static_cast<double>(end));
  }
  for (std::size_t i = 0; i < clips.size(); ++i) {
    if (places[i].got < places[i].frames) clips[i].audio = shortened(clips[i].audio, places[i].got);
    fade_ends(clips[i].audio, format.sample_rate_hz, kClipFadeS);
  }
  match_clips(clips, format.sample_rate_hz);
  return clips;
}

void match_clips(std::vector<Clip>& clips, double sample_rate_hz) {
  std::vector<SoundLevel> levels;
  double common = kClipLufs;
  for (const Clip& clip : clips) {
    levels.push_back(level_of({clip.audio, sample_rate_hz}));
    if (const SoundLevel& level = levels.back(); level.lufs)
      common = std::min(common, *level.lufs + kClipCeilingDbtp - *level.dbtp);
  }
  common = std::max(common, kLeastClipLufs);
  for (std::size_t i = 0; i < clips.size(); ++i) {
    if (!levels[i].lufs) {
      clips[i].audio = AudioBuffer();
      continue;
    }
    const double wanted = common - *levels[i].lufs;
    clips[i].gain_db = std::min(wanted, kClipCeilingDbtp - *levels[i].dbtp);
    clips[i].short_of_lu = wanted - clips[i].gain_db;
  }
}

AudioBuffer in_mono(const AudioBuffer& audio) {
  AudioBuffer mono = audio;
  if (audio.channels() != 2) return mono;
  for (int i = 0; i < audio.frames(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    const float half = 0.5F * (audio.channel(0)[at] + audio.channel(1)[at]);
    mono.channel(0)[at] = half;
    mono.channel(1)[at] = half;
  }
  return mono;
}

AudioBuffer finished(const AudioBuffer& audio, double gain_db, double sample_rate_hz) {
  AudioBuffer out = audio;
  const auto gain = static_cast<float>(db_to_gain(gain_db));
  for (int c = 0; c < out.channels(); ++c)
    for (float& sample : out.channel(c)) sample *= gain;
  Quantiser quantiser;
  quantiser.prepare(sample_rate_hz, out.channels(), {24, false});
  quantiser.process(out.block());
  return out;
}

}  // namespace lacquer
