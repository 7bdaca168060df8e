// Any bytes as a file with tags: no crash, no hang, bounded sizes.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "audio_io/tags.h"
#include "core/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const int file = ::memfd_create("fuzz", MFD_CLOEXEC);
  if (::ftruncate(file, 0) != 0 || ::pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) return 0;
  try {
    const lacquer::Tags tags = lacquer::read_tags("/proc/self/fd/" + std::to_string(file));
    for (const auto& [name, values] : tags.fields)
      for (const std::string& value : values)
        if (name.size() > 100 || value.size() > 4096) std::abort();
  } catch (const lacquer::Error&) {
    return 0;
  }
  return 0;
}
