#include "audio_io/sndfile_input.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace lacquer {

SndfileInput::SndfileInput(std::shared_ptr<const LocalFile> file) : file_(std::move(file)) {
  SF_VIRTUAL_IO io = {length, seek, read, nullptr, tell};
  handle_ = sf_open_virtual(&io, SFM_READ, &info_, this);
}

sf_count_t SndfileInput::length(void* self) { return static_cast<SndfileInput*>(self)->file_->size_bytes(); }

sf_count_t SndfileInput::tell(void* self) { return static_cast<SndfileInput*>(self)->position_; }

sf_count_t SndfileInput::seek(sf_count_t offset, int whence, void* self) {
  auto& input = *static_cast<SndfileInput*>(self);
  if (whence == SEEK_CUR) offset += input.position_;
  if (whence == SEEK_END) offset += input.file_->size_bytes();
  if (offset < 0) return -1;
  return input.position_ = offset;
}

sf_count_t SndfileInput::read(void* to, sf_count_t count, void* self) {
  auto& input = *static_cast<SndfileInput*>(self);
  ssize_t got = 0;
  do {
    got = count <= 0
              ? 0
              : ::pread(input.file_->descriptor(), to, static_cast<std::size_t>(count), input.position_);
  } while (got < 0 && errno == EINTR);
  if (got <= 0) return 0;
  input.position_ += got;
  return got;
}

}  // namespace lacquer
