#include "app/check_page.h"

#include "app/file_error.h"
#include "app/names.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"
#include "report/html.h"

namespace lacquer {

std::filesystem::path CheckPages::write(const CheckedFile& checked) {
  std::filesystem::path page = place_;
  if (place_.empty())
    page = beside(checked.path, ".check.html");
  else if (std::filesystem::is_directory(place_))
    page = place_ / beside(checked.path.filename(), ".check.html");
  if (written_.contains(page)) page = free_name(page);
  about(page, [&] {
    if (same_file(page, checked.path))
      throw Error("the page would replace the audio; choose another name with --html");
    write_file_atomically(page, check_html(check_report(checked)), true);
  });
  written_.insert(page);
  return page;
}

}  // namespace lacquer
