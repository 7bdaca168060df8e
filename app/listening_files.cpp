#include "app/listening_files.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "app/file_error.h"
#include "app/names.h"
#include "app/workers.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "audio_io/write.h"
#include "core/decibels.h"
#include "session/chain_source.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr int kBlockFrames = 4096;

WriteSettings float_settings(AudioSource& source, bool overwrite) {
  WriteSettings settings;
  settings.bits = 32;
  settings.is_float = true;
  settings.sample_rate_hz = source.format().sample_rate_hz;
  settings.channels = source.format().channels;
  settings.frames = source.announced_frames();
  settings.overwrite = overwrite;
  return settings;
}

// One source less another, each block scaled; as long as the shorter.
class Difference final : public AudioSource {
 public:
  Difference(AudioSource& from, double gain_db, AudioSource& less)
      : from_(from), less_(less), gain_(static_cast<float>(db_to_gain(gain_db))) {}
  StreamFormat format() const override { return from_.format(); }
  std::optional<std::int64_t> announced_frames() const override { return from_.announced_frames(); }
  void rewind() override {
    from_.rewind();
    less_.rewind();
  }
  int read(AudioBlock block) override {
    const int got = from_.read(block);
    other_.resize(block.channels(), block.frames());
    int have = 0;
    while (have < got) {
      const int more = less_.read(AudioBlock(other_.block()).slice(have, got - have));
      if (more == 0) break;
      have += more;
    }
    for (int c = 0; c < block.channels(); ++c) {
      const auto samples = block.channel(c);
      for (int i = 0; i < got; ++i) {
        const auto at = static_cast<std::size_t>(i);
        samples[at] = gain_ * samples[at] - (i < have ? other_.channel(c)[at] : 0.0F);
      }
    }
    return got;
  }

 private:
  AudioSource& from_;
  AudioSource& less_;
  float gain_;
  AudioBuffer other_;
};

// The frames of a source from one place to another; also those after a gain.
class Stretch final : public AudioSource {
 public:
  Stretch(AudioSource& from, const TimeRange& when, double gain_db)
      : from_(from),
        first_(std::llround(when.from_s * from.format().sample_rate_hz)),
        frames_(std::llround(when.to_s * from.format().sample_rate_hz) - first_),
        gain_(static_cast<float>(db_to_gain(gain_db))),
        has_gain_(gain_db != 0.0) {}
  StreamFormat format() const override { return from_.format(); }
  std::optional<std::int64_t> announced_frames() const override { return frames_; }
  void rewind() override {
    from_.rewind();
    at_ = 0;
    skip();
  }
  int read(AudioBlock block) override {
    const auto wanted = static_cast<int>(std::min<std::int64_t>(block.frames(), frames_ - at_));
    if (wanted <= 0) return 0;
    const int got = from_.read(block.slice(0, wanted));
    at_ += got;
    if (has_gain_)
      for (int c = 0; c < block.channels(); ++c)
        for (float& sample : block.channel(c).subspan(0, static_cast<std::size_t>(got))) sample *= gain_;
    return got;
  }

 private:
  void skip() {
    AudioBuffer passed(format().channels, kBlockFrames);
    for (std::int64_t left = first_; left > 0;) {
      const int got = from_.read(passed.block(static_cast<int>(std::min<std::int64_t>(left, kBlockFrames))));
      if (got == 0) return;
      left -= got;
    }
  }

  AudioSource& from_;
  std::int64_t first_;
  std::int64_t frames_;
  float gain_;
  bool has_gain_;
  std::int64_t at_ = 0;
};

fs::path write_all(AudioSource& source, const WriteSettings& settings, const fs::path& wanted,
                   const ProgressCallback& progress) {
  const fs::path name = settings.overwrite ? wanted : free_name(wanted);
  about(name, [&] {
    FileSink sink(name, settings);
    AudioBuffer buffer(source.format().channels, kBlockFrames);
    source.rewind();
    while (const int got = source.read(buffer.block())) {
      sink.write(buffer.block(got));
      report_progress(progress, "writing", -1.0);
    }
    sink.commit();
  });
  return name;
}

// How far two passages come down, or up, to be equally loud below a true peak of -1 dBTP; as loud as that
// allows, and no louder than the first of them. Passages without loudness stay as they are.
std::array<double, 2> matching_gains_db(const Measurements& first, const Measurements& second) {
  constexpr double kCeilingDbtp = -1.0;
  const auto first_lufs = first.loudness.integrated_lufs;
  const auto second_lufs = second.loudness.integrated_lufs;
  if (!first_lufs || !second_lufs) return {0.0, 0.0};
  const double common =
      std::min({*first_lufs, *first_lufs + kCeilingDbtp - first.peak.true_dbtp.value_or(kCeilingDbtp),
                *second_lufs + kCeilingDbtp - second.peak.true_dbtp.value_or(kCeilingDbtp)});
  return {common - *first_lufs, common - *second_lufs};
}

}  // namespace

std::vector<fs::path> write_steps(Mix& mix, const Plan& plan, const fs::path& directory, bool overwrite,
                                  const ProgressCallback& progress) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed) throw FileError(directory, Error("this folder cannot be made; choose another for --steps"));
  std::vector<fs::path> names;
  for (std::size_t i = 0; i + 1 < kStages.size(); ++i) {
    if (plan.stages[i].state != StageState::kOn) continue;
    Plan so_far = plan;
    for (std::size_t later = i + 1; later < kStages.size(); ++later)
      so_far.stages[later].state = StageState::kOff;
    ChainSource through(mix.audio(), so_far);
    const std::string name = std::to_string(i + 1) + "-" + std::string(to_string(kStages[i])) + ".wav";
    names.push_back(write_all(through, float_settings(through, overwrite), directory / name, progress));
  }
  return names;
}

fs::path write_delta(Mix& mix, const fs::path& master, const Measurements& before, const Measurements& after,
                     const fs::path& to, bool overwrite, const ProgressCallback& progress) {
  if (same_file(to, mix.path()) || same_file(to, master))
    throw FileError(to, Error("this would replace the mix or the master; choose another name for --delta"));
  const std::unique_ptr<FileSource> mastered = open_audio(master);
  const double gain_db =
      before.loudness.integrated_lufs.value_or(0.0) -
      after.loudness.integrated_lufs.value_or(before.loudness.integrated_lufs.value_or(0.0));
  Difference difference(*mastered, gain_db, mix.audio());
  return write_all(difference, float_settings(difference, overwrite), to, progress);
}

PreviewFiles write_preview(Mix& mix, const fs::path& master, const TellingPassage& passage,
                           const fs::path& like, bool overwrite, const ProgressCallback& progress) {
  const std::unique_ptr<FileSource> mastered = open_audio(master);
  PreviewFiles files;
  files.chosen = passage;
  const auto place = [&](std::string_view ending) {
    fs::path name = beside(like, ending);
    if (same_file(name, mix.path()))
      throw FileError(name, Error("this is the mix itself; choose another name with -o"));
    return name;
  };
  Stretch as_it_is(*mastered, passage.when, 0.0);
  WriteSettings settings = float_settings(as_it_is, overwrite);
  settings.is_float = mastered->info().is_float;
  settings.bits = mastered->info().bits.value_or(24);
  files.passage = write_all(as_it_is, settings, place(".preview.wav"), progress);

  Stretch mixed(mix.audio(), passage.when, 0.0);
  const auto level = [&](AudioSource& of) {
    return measure_source(of, MeasureGroups::kLoudness, {workers(), progress});
  };
  const auto [master_db, mix_db] = matching_gains_db(level(as_it_is), level(mixed));
  const auto write_matched = [&](AudioSource& of, double gain_db, std::string_view ending) {
    Stretch matched(of, passage.when, gain_db);
    return write_all(matched, float_settings(matched, overwrite), place(ending), progress);
  };
  files.matched_mix = write_matched(mix.audio(), mix_db, ".preview-a-mix.wav");
  files.matched_master = write_matched(*mastered, master_db, ".preview-b-master.wav");
  return files;
}

}  // namespace lacquer
