#include "app/listening_files.h"

#include <string>

#include "app/file_error.h"
#include "app/names.h"
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

fs::path write_all(AudioSource& source, const fs::path& wanted, bool overwrite,
                   const ProgressCallback& progress) {
  const fs::path name = overwrite ? wanted : free_name(wanted);
  about(name, [&] {
    FileSink sink(name, float_settings(source, overwrite));
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
    names.push_back(write_all(through, directory / name, overwrite, progress));
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
  return write_all(difference, to, overwrite, progress);
}

}  // namespace lacquer
