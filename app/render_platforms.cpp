#include "app/render_platforms.h"

#include <memory>

#include "app/file_error.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "audio_io/write.h"
#include "core/decibels.h"
#include "dsp/quantiser.h"
#include "playback/service_limiter.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;

// One version on its way into a file.
class Version {
 public:
  Version(const PlatformRendering& rendering, const FileSource& source, bool overwrite)
      : to_(rendering.to),
        gain_(static_cast<float>(db_to_gain(rendering.gain_db))),
        format_(source.format()),
        buffer_(format_.channels, kBlockFrames) {
    format_.max_block_frames = kBlockFrames;
    if (rendering.limiter_threshold_dbfs)
      limiter_.emplace(format_, ServiceLimiterParams{*rendering.limiter_threshold_dbfs});
    skip_ = limiter_ ? limiter_->latency_frames() : 0;
    quantiser_.prepare(format_.sample_rate_hz, format_.channels, {24, false});
    WriteSettings settings;
    settings.bits = 24;
    settings.sample_rate_hz = format_.sample_rate_hz;
    settings.channels = format_.channels;
    settings.frames = source.announced_frames();
    settings.overwrite = overwrite;
    about(to_, [&] { sink_ = std::make_unique<FileSink>(to_, settings); });
  }

  void write(ConstAudioBlock block) {
    for (int c = 0; c < block.channels(); ++c)
      for (int i = 0; i < block.frames(); ++i)
        buffer_.channel(c)[static_cast<std::size_t>(i)] =
            gain_ * block.channel(c)[static_cast<std::size_t>(i)];
    put(block.frames());
  }

  void commit() {
    // What the limiter still holds.
    while (late_ > 0) {
      const int frames = std::min(late_, kBlockFrames);
      for (int c = 0; c < format_.channels; ++c) std::fill_n(buffer_.channel(c).begin(), frames, 0.0F);
      late_ -= frames;
      put(frames, 0);
    }
    about(to_, [&] { sink_->commit(); });
  }

 private:
  void put(int frames) { put(frames, limiter_ ? std::min(frames, skip_) : 0); }
  void put(int frames, int drop) {
    AudioBlock block = buffer_.block(frames);
    if (limiter_) limiter_->process(block);
    skip_ -= drop;
    late_ += drop;
    if (frames == drop) return;
    AudioBlock out = block.slice(drop, frames - drop);
    quantiser_.process(out);
    about(to_, [&] { sink_->write(out); });
  }

  std::filesystem::path to_;
  float gain_;
  StreamFormat format_;
  AudioBuffer buffer_;
  std::optional<ServiceLimiter> limiter_;
  int skip_ = 0;  // frames of the limiter's latency still to drop
  int late_ = 0;  // frames it holds back
  Quantiser quantiser_;
  std::unique_ptr<FileSink> sink_;
};

}  // namespace

void render_platforms(const std::filesystem::path& path, const std::vector<PlatformRendering>& renderings,
                      bool overwrite, const ProgressCallback& progress) {
  const std::unique_ptr<FileSource> source = open_audio(path);
  std::vector<Version> versions;
  versions.reserve(renderings.size());
  for (const PlatformRendering& rendering : renderings) {
    if (same_file(rendering.to, path))
      throw FileError(rendering.to, Error("this is the file itself; choose another folder with --render"));
    versions.emplace_back(rendering, *source, overwrite);
  }
  AudioBuffer buffer(source->format().channels, kBlockFrames);
  const auto announced = source->announced_frames();
  std::int64_t done = 0;
  while (const int got = source->read(buffer.block())) {
    for (Version& version : versions) version.write(buffer.block(got));
    done += got;
    report_progress(progress, "writing",
                    announced && *announced > 0
                        ? std::min(1.0, static_cast<double>(done) / static_cast<double>(*announced))
                        : -1.0);
  }
  for (Version& version : versions) version.commit();
}

}  // namespace lacquer
