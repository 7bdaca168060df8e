#include "app/report_files.h"

#include "app/file_error.h"
#include "app/names.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"

namespace lacquer {

std::filesystem::path ReportFiles::write(const std::filesystem::path& audio, const std::string& bytes) {
  std::filesystem::path file = place_;
  if (place_.empty())
    file = beside(audio, ending_);
  else if (std::filesystem::is_directory(place_))
    file = place_ / beside(audio.filename(), ending_);
  if (written_.contains(file)) file = free_name(file);
  about(file, [&] {
    if (same_file(file, audio)) throw Error("the report would replace the audio; choose another name");
    write_document(file, bytes);
  });
  written_.insert(file);
  return file;
}

}  // namespace lacquer
