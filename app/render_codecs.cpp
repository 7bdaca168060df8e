#include "app/render_codecs.h"

#include <algorithm>
#include <map>

#include "app/deliveries.h"
#include "app/file_error.h"
#include "app/folder.h"
#include "audio_io/codec_round_trip.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "audio_io/write.h"
#include "core/decibels.h"
#include "dsp/quantiser.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kHeadroomDb = 0.1;

// Audio at a gain into a 24-bit file.
class GainWriter {
 public:
  GainWriter(const std::filesystem::path& to, const AudioPairSource& audio, double gain_db, bool overwrite)
      : to_(to), gain_(static_cast<float>(db_to_gain(gain_db))) {
    const StreamFormat format = audio.format();
    quantiser_.prepare(format.sample_rate_hz, format.channels, {24, false});
    WriteSettings settings;
    settings.bits = 24;
    settings.sample_rate_hz = format.sample_rate_hz;
    settings.channels = format.channels;
    settings.frames = audio.announced_frames();
    settings.overwrite = overwrite;
    about(to_, [&] { sink_ = std::make_unique<FileSink>(to_, settings); });
  }
  void write(AudioBlock block) {
    for (int c = 0; c < block.channels(); ++c)
      for (float& sample : block.channel(c)) sample *= gain_;
    quantiser_.process(block);
    about(to_, [&] { sink_->write(block); });
  }
  void commit() {
    about(to_, [&] { sink_->commit(); });
  }

 private:
  std::filesystem::path to_;
  float gain_;
  Quantiser quantiser_;
  std::unique_ptr<FileSink> sink_;
};

// The gain that all files share.
double common_gain_db(const std::vector<CodecEntry>& entries) {
  double highest = 0.0;
  for (const CodecEntry& entry : entries) {
    const double matched =
        entry.study.as_it_is.true_dbtp.value_or(0.0) - entry.loudness_change_lu.value_or(0.0);
    highest = std::max(highest, matched + kHeadroomDb);
  }
  return -highest;
}

}  // namespace

void render_codecs(const std::filesystem::path& path, const std::filesystem::path& folder, bool overwrite,
                   std::vector<CodecEntry>& entries, const ProgressCallback& progress) {
  OutputFolder places(folder, "--render", overwrite);
  const double rate_hz = open_audio(path)->format().sample_rate_hz;
  std::vector<Delivery> deliveries;
  std::map<double, std::string> originals;  // by rate, each written with the first delivery that has it
  std::vector<bool> writes_original;
  for (CodecEntry& entry : entries) {
    deliveries.push_back(entry.delivery);
    entry.decoded_path = places.place(entry.delivery.id() + ".wav").string();
    const double rate = codec_rate_hz(entry.delivery.codec, rate_hz);
    writes_original.push_back(!originals.contains(rate));
    if (writes_original.back())
      originals[rate] = places.place("original-" + std::to_string(static_cast<int>(rate)) + ".wav").string();
    entry.original_path = originals[rate];
    for (const std::string& to : {entry.decoded_path, entry.original_path})
      if (same_file(to, path))
        throw FileError(to, Error("this is the file itself; choose another folder with --render"));
  }
  const double gain_db = common_gain_db(entries);
  for_each_delivery(
      deliveries,
      [&](std::size_t i, const ProgressCallback& told) {
        const auto source = open_audio(path);
        const auto pairs = codec_of(deliveries[i])(*source);
        const CodecEntry& entry = entries[i];
        GainWriter decoded(entry.decoded_path, *pairs, gain_db - entry.loudness_change_lu.value_or(0.0),
                           overwrite);
        std::optional<GainWriter> original;
        if (writes_original[i]) original.emplace(entry.original_path, *pairs, gain_db, overwrite);
        AudioBuffer before(pairs->format().channels, kBlockFrames);
        AudioBuffer after(pairs->format().channels, kBlockFrames);
        const auto announced = pairs->announced_frames();
        std::int64_t done = 0;
        while (const int got = pairs->read(before.block(), after.block())) {
          decoded.write(after.block(got));
          if (original) original->write(before.block(got));
          done += got;
          report_progress(told, "writing",
                          announced && *announced > 0
                              ? std::min(1.0, static_cast<double>(done) / static_cast<double>(*announced))
                              : -1.0);
        }
        decoded.commit();
        if (original) original->commit();
      },
      progress);
}

}  // namespace lacquer
