// Any bytes as an audio file, through both readers: no crash, no hang, only finite samples, and the same
// again after rewinding as far as the number of frames goes.

#include <sys/mman.h>
#include <unistd.h>

#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "audio_io/open.h"
#include "core/error.h"

namespace {

constexpr int kMaxReads = 40;  // bounds the time for one input: a few bytes can stand for hours of silence

std::int64_t read_some(lacquer::FileSource& source) {
  lacquer::AudioBuffer buffer(source.format().channels, 1024);
  std::int64_t frames = 0;
  for (int reads = 0; reads < kMaxReads; ++reads) {
    const int got = source.read(buffer.block());
    if (got == 0) break;
    frames += got;
    for (int c = 0; c < buffer.channels(); ++c)
      for (const float sample : buffer.channel(c).first(static_cast<std::size_t>(got)))
        if (!std::isfinite(sample)) std::abort();
  }
  return frames;
}

void open_and_read(const std::string& path, lacquer::Reader reader) {
  try {
    const auto source = lacquer::open_audio(path, reader);
    const std::int64_t frames = read_some(*source);
    source->rewind();
    if (read_some(*source) != frames) std::abort();
  } catch (const lacquer::Error&) {
    return;  // refused with a sentence
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int file = ::memfd_create("fuzz", MFD_CLOEXEC);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) return 0;
  const std::string path = "/proc/self/fd/" + std::to_string(file);
  open_and_read(path, lacquer::Reader::automatic);
  open_and_read(path, lacquer::Reader::libav);
  return 0;
}
