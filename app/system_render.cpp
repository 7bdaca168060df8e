#include "app/system_render.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "app/file_error.h"
#include "app/names.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "audio_io/write.h"
#include "core/decibels.h"
#include "dsp/quantiser.h"
#include "measure/meters.h"
#include "playback/heard.h"
#include "playback/system_player.h"
#include "session/clips.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr int kBlockFrames = 4096;

struct Level {
  double lufs = 0.0;
  double dbtp = 0.0;
  double sample_peak = 0.0;  // linear
};

// One system, and what is known of its output so far.
struct Rendering {
  const PlaybackSystem* system = nullptr;  // the reference stands for the original
  std::optional<double> limiter_threshold;
  Level level;
};

class Renderer {
 public:
  Renderer(const fs::path& source, const MusicOverTime& music, const ProgressCallback& progress)
      : source_(source), file_(open_audio(source)), music_(music), progress_(progress) {}

  void measure(Rendering& one, double done);
  RenderedSystem write(const Rendering& one, double common_lufs, const fs::path& to, bool overwrite,
                       double done);
  double share = 0.0;  // of the whole work that one pass is

 private:
  using Take = std::function<void(AudioBlock)>;
  void play(const Rendering& one, double done, std::string_view doing, const Take& take);
  Level level_of(const Rendering& one, double done);
  void report(std::string_view doing, double done, std::int64_t frames) const;

  const fs::path& source_;
  std::unique_ptr<FileSource> file_;
  const MusicOverTime& music_;
  const ProgressCallback& progress_;
};

void Renderer::report(std::string_view doing, double done, std::int64_t frames) const {
  const auto announced = file_->announced_frames();
  const double part = announced && *announced > 0
                          ? std::min(1.0, static_cast<double>(frames) / static_cast<double>(*announced))
                          : 0.5;
  report_progress(progress_, doing, done + share * part);
}

// One pass over the file through the system.
void Renderer::play(const Rendering& one, double done, std::string_view doing, const Take& take) {
  const StreamFormat format = file_->format();
  SystemPlayer player(format, *one.system, one.limiter_threshold);
  AudioBuffer in(format.channels, kBlockFrames), out(format.channels, kBlockFrames);
  const auto drain = [&] {
    while (const int got = player.pull(out.block())) take(out.block(got));
  };
  std::int64_t frames = 0;
  file_->rewind();
  while (const int got = file_->read(in.block())) {
    player.push(in.block(got));
    drain();
    frames += got;
    report(doing, done, frames);
  }
  player.finish();
  drain();
}

Level Renderer::level_of(const Rendering& one, double done) {
  const StreamFormat format = file_->format();
  Meters meters({format.sample_rate_hz, format.channels, kBlockFrames}, MeasureGroups::kLoudness, false);
  play(one, done, "playing", [&](AudioBlock block) { meters.add(block); });
  meters.finish();
  const Measurements measured = meters.result();
  constexpr double kNothing = -200.0;
  return {measured.loudness.integrated_lufs.value_or(kNothing), measured.peak.true_dbtp.value_or(kNothing),
          db_to_gain(measured.peak.sample_dbfs.value_or(kNothing))};
}

void Renderer::measure(Rendering& one, double done) {
  one.level = level_of(one, done);
  if (one.system->limit_db <= 0.0) return;
  one.limiter_threshold = one.level.sample_peak * db_to_gain(-one.system->limit_db);
  one.level = level_of(one, done + share);
}

RenderedSystem Renderer::write(const Rendering& one, double common_lufs, const fs::path& to, bool overwrite,
                               double done) {
  const StreamFormat format = file_->format();
  const bool original = one.system->basis == Basis::kDefinition;
  RenderedSystem result{original ? "original" : one.system->id, to.string(), 0.0, 0.0};
  const double wanted = common_lufs - one.level.lufs;
  result.gain_db = std::min(wanted, kClipCeilingDbtp - one.level.dbtp);
  result.short_of_lu = wanted - result.gain_db;
  // The noise lies under the music as it does around the listener.
  ResponseCurve noise = one.system->noise_db;
  const double full_scale_db =
      full_scale_spl_db(music_, *one.system) - hear(music_, *one.system, *one.system).loudness_change_lu;
  for (auto& [hz, level_db] : noise.points) level_db += result.gain_db - full_scale_db;
  NoiseSource around(format.sample_rate_hz, noise);
  Quantiser quantiser;
  quantiser.prepare(format.sample_rate_hz, format.channels, {24, false});
  const auto gain = static_cast<float>(db_to_gain(result.gain_db));
  about(to, [&] {
    if (same_file(to, source_)) throw Error("this is the file itself; choose another folder with --render");
    WriteSettings settings;
    settings.bits = 24;
    settings.sample_rate_hz = format.sample_rate_hz;
    settings.channels = format.channels;
    settings.frames = file_->announced_frames();
    settings.overwrite = overwrite;
    FileSink sink(to, settings);
    play(one, done, "writing", [&](AudioBlock block) {
      for (int c = 0; c < block.channels(); ++c)
        for (float& sample : block.channel(c)) sample *= gain;
      if (!original) around.add_to(block);
      quantiser.process(block);
      sink.write(block);
    });
    sink.commit();
  });
  return result;
}

void make_folder(const fs::path& folder) {
  std::error_code failed;
  fs::create_directories(folder, failed);
  if (!fs::is_directory(folder))
    throw FileError(
        folder, Error("the folder cannot be made" + (failed ? " (" + failed.message() + ")" : std::string()) +
                      "; choose another with --render"));
}

// As loud as all can be made without a peak above the ceiling; a lone peak does not make all inaudible.
double common_loudness(const std::vector<Rendering>& all) {
  double common = kClipLufs;
  for (const Rendering& one : all)
    common = std::min(common, one.level.lufs + kClipCeilingDbtp - one.level.dbtp);
  return std::max(common, kLeastClipLufs);
}

}  // namespace

std::vector<RenderedSystem> render_systems(const fs::path& source, const Measurements& measured,
                                           const std::vector<PlaybackSystem>& systems, const fs::path& folder,
                                           bool overwrite, const ProgressCallback& progress) {
  std::vector<RenderedSystem> written;
  const MusicOverTime music = music_of(measured);
  if (music.columns.empty() || !measured.loudness.integrated_lufs) return written;
  make_folder(folder);
  Renderer renderer(source, music, progress);
  renderer.share = 1.0 / (3.0 * static_cast<double>(systems.size()));
  std::vector<Rendering> all;
  for (const PlaybackSystem& system : systems) {
    const double done = 2.0 * renderer.share * static_cast<double>(all.size());
    all.push_back({&system, std::nullopt, {}});
    renderer.measure(all.back(), done);
  }
  const double common = common_loudness(all);
  for (const Rendering& one : all) {
    const std::string number = (written.size() < 10 ? "0" : "") + std::to_string(written.size());
    const std::string name = written.empty() ? "original" : one.system->id;
    const fs::path to = folder / (number + "-" + name + ".wav");
    const double done = 2.0 / 3.0 + renderer.share * static_cast<double>(written.size());
    written.push_back(renderer.write(one, common, overwrite ? to : free_name(to), overwrite, done));
  }
  return written;
}

}  // namespace lacquer
