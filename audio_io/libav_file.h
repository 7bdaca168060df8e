#pragma once

#include <cstdint>
#include <memory>

#include "audio_io/header.h"
#include "audio_io/libav.h"
#include "audio_io/local_file.h"

namespace lacquer {

// Lets FFmpeg's demuxers read one open file and nothing else.
class LibavFile {
 public:
  // Throws Error when no demuxer of an audio container knows the file.
  explicit LibavFile(std::shared_ptr<const LocalFile> file);
  LibavFile(const LibavFile&) = delete;
  LibavFile& operator=(const LibavFile&) = delete;
  ~LibavFile();

  AVFormatContext* context() const noexcept { return context_; }
  // The audio stream that is decoded.
  AVStream* stream() const noexcept { return stream_; }

 private:
  void open();
  void close() noexcept;
  static int read_bytes(void* self, std::uint8_t* to, int count);
  static std::int64_t seek_bytes(void* self, std::int64_t offset, int whence);

  std::shared_ptr<const LocalFile> file_;
  std::int64_t position_ = 0;
  std::int64_t budget_bytes_;  // a demuxer that runs in circles over a damaged file comes to an end
  AVIOContext* io_ = nullptr;
  AVFormatContext* context_ = nullptr;
  AVStream* stream_ = nullptr;
};

}  // namespace lacquer
