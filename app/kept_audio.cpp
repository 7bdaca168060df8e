#include "app/kept_audio.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>

#include "core/error.h"

namespace lacquer {

SpillFile::~SpillFile() {
  if (handle_ >= 0) ::close(handle_);
}

bool SpillFile::open() {
  if (handle_ >= 0) return true;
  std::error_code failed;
  const auto folder = std::filesystem::temp_directory_path(failed);
  if (failed) return false;
  std::string name = (folder / ".lacquer-audio-XXXXXX").string();
  handle_ = ::mkostemp(name.data(), O_CLOEXEC);
  if (handle_ >= 0) ::unlink(name.c_str());
  return handle_ >= 0;
}

bool SpillFile::write(const float* samples, std::size_t count, std::int64_t at_sample) {
  if (!open()) return false;
  const char* from = reinterpret_cast<const char*>(samples);
  std::size_t left = count * sizeof(float);
  auto place = static_cast<off_t>(at_sample) * static_cast<off_t>(sizeof(float));
  while (left > 0) {
    const ssize_t done = ::pwrite(handle_, from, left, place);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    from += done, place += done, left -= static_cast<std::size_t>(done);
  }
  return true;
}

bool SpillFile::read(float* samples, std::size_t count, std::int64_t at_sample) const {
  char* to = reinterpret_cast<char*>(samples);
  std::size_t left = count * sizeof(float);
  auto place = static_cast<off_t>(at_sample) * static_cast<off_t>(sizeof(float));
  while (left > 0) {
    const ssize_t done = ::pread(handle_, to, left, place);
    if (done < 0 && errno == EINTR) continue;
    if (done <= 0) return false;
    to += done, place += done, left -= static_cast<std::size_t>(done);
  }
  return true;
}

KeptAudio::KeptAudio(AudioSource& source, std::size_t most_in_memory)
    : source_(source),
      channels_(static_cast<std::size_t>(source.format().channels)),
      most_chunks_in_memory_(most_in_memory / (chunk_samples() * sizeof(float))) {}

// The chunk that is full goes where there is room; what does not fit anywhere ends the keeping.
void KeptAudio::close_chunk() {
  if (chunks_.size() < most_chunks_in_memory_) {
    chunks_.push_back(std::move(newest_));
  } else if (spilled_.write(newest_.data(), newest_.size(),
                            spilled_chunks_ * static_cast<std::int64_t>(chunk_samples()))) {
    ++spilled_chunks_;
  } else {
    keeps_ = false;
    chunks_ = {};
  }
  newest_ = {};
}

int KeptAudio::read_new(AudioBlock block) {
  const auto filled = static_cast<int>(kept_ % kChunkFrames);
  const int got = source_.read(block.slice(0, std::min(block.frames(), kChunkFrames - filled)));
  if (got == 0) return 0;
  if (newest_.empty()) newest_.resize(chunk_samples());
  for (std::size_t c = 0; c < channels_; ++c)
    std::copy_n(block.channel(static_cast<int>(c)).begin(), got,
                newest_.begin() + static_cast<std::ptrdiff_t>(c) * kChunkFrames + filled);
  kept_ += got;
  if (kept_ % kChunkFrames == 0) close_chunk();
  return got;
}

const float* KeptAudio::chunk(std::int64_t number) {
  const auto in_memory = static_cast<std::int64_t>(chunks_.size());
  if (number < in_memory) return chunks_[static_cast<std::size_t>(number)].data();
  if (number == in_memory + spilled_chunks_) return newest_.data();
  if (loaded_number_ != number) {
    loaded_.resize(chunk_samples());
    if (!spilled_.read(loaded_.data(), loaded_.size(),
                       (number - in_memory) * static_cast<std::int64_t>(chunk_samples())))
      throw Error("a temporary file could not be read back; check the disk");
    loaded_number_ = number;
  }
  return loaded_.data();
}

int KeptAudio::read_kept(AudioBlock block) {
  const auto first = static_cast<int>(at_ % kChunkFrames);
  const auto frames =
      static_cast<int>(std::min<std::int64_t>(std::min(block.frames(), kChunkFrames - first), kept_ - at_));
  const float* const from = chunk(at_ / kChunkFrames);
  for (std::size_t c = 0; c < channels_; ++c)
    std::copy_n(from + static_cast<std::ptrdiff_t>(c) * kChunkFrames + first, frames,
                block.channel(static_cast<int>(c)).begin());
  return frames;
}

int KeptAudio::read(AudioBlock block) {
  if (block.frames() == 0) return 0;
  const int got = !keeps_ ? source_.read(block) : at_ < kept_ ? read_kept(block) : read_new(block);
  at_ += got;
  return got;
}

void KeptAudio::rewind() {
  if (!keeps_) source_.rewind();
  at_ = 0;
}

}  // namespace lacquer
