#include "app/page_file.h"

#include "app/file_error.h"
#include "app/names.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"

namespace lacquer {

std::filesystem::path write_page(const std::filesystem::path& asked, const std::filesystem::path& audio,
                                 const std::string& ending, const std::string& html) {
  std::filesystem::path page = asked;
  if (asked.empty())
    page = beside(audio, ending);
  else if (std::filesystem::is_directory(asked))
    page = asked / beside(audio.filename(), ending);
  about(page, [&] {
    if (same_file(page, audio))
      throw Error("the page would replace the audio; choose another name with --html");
    write_file_atomically(page, html, true);
  });
  return page;
}

}  // namespace lacquer
