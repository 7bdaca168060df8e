#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "audio_io/tags.h"
#include "core/audio_stream.h"

namespace lacquer {

enum class FileFormat { wav, flac, aiff };

struct WriteSettings {
  FileFormat format = FileFormat::wav;
  int bits = 24;          // 16, 24, or 32 for float
  bool is_float = false;  // not for FLAC
  double sample_rate_hz = 48000.0;
  int channels = 2;
  // How long it will become: decides between WAV and RF64. Without it the file must stay under 4 GiB.
  std::optional<std::int64_t> frames;
  bool overwrite = false;
  Tags tags;  // WAV: see write_tags.h for those that fit
};

// Whether so much audio is more than a WAV file can count (32 bits of bytes, EBU Tech 3306).
bool needs_rf64(std::int64_t frames, int channels, int bits) noexcept;

// Writes an audio file that appears under its name only with commit(). Plain headers: format code 1 (integer)
// or 3 (float), except in RF64; no PEAK chunk, clock or random number, so the same audio gives the same
// bytes. For 16 and 24 bits the samples shall lie on the integer grid already (quantised and dithered); they
// are rounded to it and held at full scale, never wrapped.
class FileSink final : public AudioSink {
 public:
  // Throws Error for what the format cannot hold and as AtomicFile does.
  FileSink(const std::filesystem::path& target, WriteSettings settings);
  ~FileSink() override;

  void write(ConstAudioBlock block) override;
  void restart() override;
  // Closes the file, so that it can be read back under temporary_path(). Nothing but commit() may follow.
  void finish();
  // Gives the file its name, finishing it first where that was not done. Nothing may follow.
  void commit();
  const std::filesystem::path& temporary_path() const noexcept;
  // "wav", "rf64", "flac" or "aiff".
  const char* container() const noexcept;

 private:
  class Output;
  std::unique_ptr<Output> output_;
};

}  // namespace lacquer
