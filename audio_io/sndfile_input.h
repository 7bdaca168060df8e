#pragma once

#include <sndfile.h>

#include <memory>

#include "audio_io/local_file.h"

namespace lacquer {

// An open file as libsndfile reads it. Through its own functions rather than the descriptor, which libsndfile
// closes when it does not know the format, whatever it was told.
class SndfileInput {
 public:
  explicit SndfileInput(std::shared_ptr<const LocalFile> file);
  SndfileInput(const SndfileInput&) = delete;
  SndfileInput& operator=(const SndfileInput&) = delete;
  ~SndfileInput() {
    if (handle_ != nullptr) sf_close(handle_);
  }

  // nullptr when libsndfile does not read the file.
  SNDFILE* handle() const noexcept { return handle_; }
  const SF_INFO& info() const noexcept { return info_; }

 private:
  static sf_count_t length(void* self);
  static sf_count_t seek(sf_count_t offset, int whence, void* self);
  static sf_count_t read(void* to, sf_count_t count, void* self);
  static sf_count_t tell(void* self);

  std::shared_ptr<const LocalFile> file_;
  sf_count_t position_ = 0;
  SF_INFO info_ = {};
  SNDFILE* handle_ = nullptr;
};

}  // namespace lacquer
