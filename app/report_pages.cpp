#include "app/report_pages.h"

#include "app/file_error.h"
#include "app/names.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"

namespace lacquer {

std::filesystem::path ReportPages::write(const std::filesystem::path& audio, std::string_view html) {
  std::filesystem::path page = place_;
  if (place_.empty())
    page = beside(audio, ending_);
  else if (std::filesystem::is_directory(place_))
    page = place_ / beside(audio.filename(), ending_);
  if (written_.contains(page)) page = free_name(page);
  about(page, [&] {
    if (same_file(page, audio))
      throw Error("the page would replace the audio; choose another name with --html");
    write_file_atomically(page, html, true);
  });
  written_.insert(page);
  return page;
}

}  // namespace lacquer
