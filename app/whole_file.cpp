#include "app/whole_file.h"

#include "app/file_error.h"
#include "audio_io/atomic_file.h"

namespace lacquer {

void write_whole_file(const std::filesystem::path& file, std::string_view text) {
  about(file, [&] { write_file_atomically(file, text, true); });
}

}  // namespace lacquer
