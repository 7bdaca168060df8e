#include "app/exercises/audio.h"

#include <algorithm>
#include <cmath>

#include "app/file_error.h"
#include "audio_io/codec_round_trip.h"
#include "audio_io/open.h"
#include "audio_io/resample.h"
#include "measure/meters.h"
#include "session/limited_source.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr int kBlockFrames = 4096;
constexpr std::int64_t kMostSamples = 12LL * 60 * 48000 * 2;  // of both channels
constexpr double kLeastS = 1.0;

void refuse_channels(const FileSource& file) {
  if (file.format().channels > 2) throw Error("it has more than two channels; bounce it in stereo");
}

std::int64_t most_frames(const StreamFormat& format) { return kMostSamples / format.channels; }

// What a source holds from frame `first` on, at most `count` frames.
Sound taken(AudioSource& source, std::int64_t first, std::int64_t count, const ProgressCallback& progress) {
  const StreamFormat format = source.format();
  std::vector<std::vector<float>> rows(static_cast<std::size_t>(format.channels));
  AudioBuffer buffer(format.channels, kBlockFrames);
  source.rewind();
  std::int64_t at = 0;
  while (at < first + count) {
    const int got = source.read(buffer.block());
    if (got == 0) break;
    const auto from = static_cast<std::ptrdiff_t>(std::clamp<std::int64_t>(first - at, 0, got));
    const auto to = static_cast<std::ptrdiff_t>(std::min<std::int64_t>(first + count - at, got));
    for (std::size_t c = 0; c < rows.size() && to > from; ++c) {
      const auto samples = buffer.channel(static_cast<int>(c));
      rows[c].insert(rows[c].end(), samples.begin() + from, samples.begin() + to);
    }
    at += got;
    report_progress(progress, "reading", -1.0);
  }
  Sound sound{AudioBuffer(format.channels, static_cast<int>(rows.front().size())), format.sample_rate_hz};
  for (std::size_t c = 0; c < rows.size(); ++c)
    std::copy(rows[c].begin(), rows[c].end(), sound.audio.channel(static_cast<int>(c)).begin());
  return sound;
}

Sound read_whole(const fs::path& path, const ProgressCallback& progress) {
  const std::unique_ptr<FileSource> file = open_audio(path);
  refuse_channels(*file);
  const std::int64_t most = most_frames(file->format());
  Sound sound = taken(*file, 0, most + 1, progress);
  if (sound.audio.frames() > most)
    throw Error("it is too long for this exercise, which takes about 12 minutes; hand over one song");
  return sound;
}

}  // namespace

void need_files(const ExerciseRun& run, std::size_t least, std::size_t most, std::string_view words) {
  if (run.files.size() >= least && run.files.size() <= most) return;
  throw Error("this exercise takes " + std::string(words) + ", and " +
              (run.files.empty() ? std::string("no file was")
                                 : std::to_string(run.files.size()) +
                                       (run.files.size() == 1 ? " file was" : " files were")) +
              " named; name them after --run, in this order");
}

Sound whole_stem(const fs::path& file, const ProgressCallback& progress) {
  return about(file, [&] { return read_whole(file, progress); });
}

Sound whole_file(const fs::path& file, const ProgressCallback& progress) {
  return about(file, [&] {
    Sound sound = read_whole(file, progress);
    if (sound.seconds() < kLeastS) throw Error("it is shorter than 1 s; hand over a longer bounce");
    if (!level_of(sound).lufs) throw Error("there is nothing in it to listen to; check the export");
    return sound;
  });
}

LoudPassage loudest_excerpt(const fs::path& path, double seconds, const ProgressCallback& progress) {
  return about(path, [&] {
    const std::unique_ptr<FileSource> file = open_audio(path);
    refuse_channels(*file);
    const StreamFormat format = file->format();
    Meters meters({format.sample_rate_hz, format.channels, kBlockFrames}, MeasureGroups::kLoudness, false);
    AudioBuffer buffer(format.channels, kBlockFrames);
    while (const int got = file->read(buffer.block())) {
      meters.add(buffer.block(got));
      report_progress(progress, "finding the loudest passage", -1.0);
    }
    meters.finish();
    const Measurements measured = meters.result();
    if (measured.duration_s < kLeastS) throw Error("it is shorter than 1 s; hand over a longer bounce");
    const TimeRange when = loudest_stretch(measured, seconds);
    const auto first = static_cast<std::int64_t>(std::llround(when.from_s * format.sample_rate_hz));
    const auto count =
        static_cast<std::int64_t>(std::llround((when.to_s - when.from_s) * format.sample_rate_hz));
    return LoudPassage{taken(*file, first, count, progress), when};
  });
}

std::vector<Sound> stems_of(const ExerciseRun& run, std::size_t from, std::size_t count) {
  std::vector<Sound> stems;
  for (std::size_t i = from; i < from + count; ++i) {
    stems.push_back(whole_stem(run.files[i], run.progress));
    if (stems.back().rate_hz != stems.front().rate_hz)
      throw FileError(run.files[i],
                      Error("its sample rate differs from the first file's; bounce all at one rate"));
  }
  return stems;
}

Sound at_rate(const Sound& sound, double rate_hz) {
  BufferSource source(sound.audio, sound.rate_hz);
  const std::unique_ptr<AudioSource> converted = resample(source, rate_hz);
  return taken(*converted, 0, 4 * kMostSamples, {});
}

Sound converted_and_back(const Sound& sound, double rate_hz) {
  Sound back = at_rate(at_rate(sound, rate_hz), sound.rate_hz);
  return part_of(back, {0.0, sound.seconds()});
}

std::optional<Decoded> encoded_and_back(const Sound& sound, const std::string& codec, int bitrate_kbps) {
  if (!codec_is_available(codec)) return std::nullopt;
  const double rate = codec_rate_hz(codec, sound.rate_hz);
  const Sound at_codec = rate == sound.rate_hz ? sound : at_rate(sound, rate);
  BufferSource source(at_codec.audio, rate);
  const std::unique_ptr<AudioPairSource> pairs = round_trip(source, {codec, bitrate_kbps});
  Decoded decoded{{AudioBuffer(sound.audio.channels(), at_codec.audio.frames()), rate}, {}};
  decoded.after = decoded.before;
  int at = 0;
  while (at < at_codec.audio.frames()) {
    const int count = std::min(kBlockFrames, at_codec.audio.frames() - at);
    const int got = pairs->read(decoded.before.audio.block().slice(at, count),
                                decoded.after.audio.block().slice(at, count));
    if (got == 0) break;
    at += got;
  }
  return decoded;
}

Sound retuned(const Sound& sound, double ratio) {
  Sound result = at_rate(sound, std::clamp(sound.rate_hz / ratio, kMinSampleRateHz, kMaxSampleRateHz));
  result.rate_hz = sound.rate_hz;
  return result;
}

}  // namespace lacquer
