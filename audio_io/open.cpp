#include "audio_io/open.h"

#include <algorithm>
#include <string>

#include "audio_io/readers.h"
#include "audio_io/samples.h"
#include "core/error.h"

namespace lacquer {

int FileSource::read(AudioBlock block) {
  if (ended_ || block.frames() == 0) return 0;
  const int frames = decode(block);
  if (frames == 0) {
    reached_end();
    return 0;
  }
  if (info_.is_float || info_.lossy)  // decoded integers are finite
    for (int c = 0; c < block.channels(); ++c)
      non_finite_this_pass_ += silence_non_finite(block.channel(c).first(static_cast<std::size_t>(frames)));
  info_.non_finite_samples = std::max(info_.non_finite_samples, non_finite_this_pass_);
  position_frames_ += frames;
  return frames;
}

void FileSource::rewind() {
  restart();
  position_frames_ = 0;
  non_finite_this_pass_ = 0;
  ended_ = false;
}

void FileSource::reached_end() {
  ended_ = true;
  info_.frames = position_frames_;
  info_.duration_s = static_cast<double>(position_frames_) / info_.sample_rate_hz;
  info_.truncated = info_.truncated || ended_damaged(position_frames_);
}

void require_supported(double sample_rate_hz, int channels) {
  if (sample_rate_hz < kMinSampleRateHz || sample_rate_hz > kMaxSampleRateHz)
    throw Error("its sample rate of " + std::to_string(static_cast<long>(sample_rate_hz)) +
                " Hz is not between 8,000 and 384,000 Hz; convert it first");
  if (channels < 1 || channels > kMaxFileChannels)
    throw Error("it has " + std::to_string(channels) + " channels and at most " +
                std::to_string(kMaxFileChannels) + " are read; export a stereo file");
}

std::unique_ptr<FileSource> open_audio(const std::filesystem::path& path, Reader reader) {
  const auto file = std::make_shared<const LocalFile>(path);
  const HeaderFacts header = read_header(*file);
  if (header.data_is_empty) throw Error(kNoAudio);
  if (reader != Reader::libav && !header.container.empty())
    if (auto source = open_sndfile(file, header)) return source;
  if (reader == Reader::sndfile)
    throw Error("libsndfile does not read this file; leave the choice to the program");
  return open_libav(file, header);
}

}  // namespace lacquer
