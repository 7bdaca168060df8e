#include "app/clips.h"
#include "app/file_error.h"
#include "faces/cli/commands.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/format.h"
#include "report/text_page.h"

namespace lacquer::cli {
namespace {

std::string clips_text(const std::vector<ClipFile>& clips) {
  TextPage page(text_style());
  for (const ClipFile& clip : clips) {
    if (&clip != &clips.front()) page.blank();
    const std::string lead = (clip.item < 10 ? " " : "") + std::to_string(clip.item) + "  ";
    page.paragraph(0, lead, clip.title + (clip.mono ? ", in mono" : ""), Tone::kStrong);
    page.paragraph(4, "", clip.summary);
    page.paragraph(4, "", time_range(clip.when) + " of the file, " + signed_quantity(clip.gain_db, "dB"),
                   Tone::kQuiet);
    page.paragraph(4, "", clip.path);
  }
  return page.take();
}

}  // namespace

int run_clips(const Arguments& arguments) {
  const std::filesystem::path file = arguments.file;
  ProgressBar bar(!arguments.json);
  const std::vector<ClipFile> clips = about(file, [&] {
    return write_clips(file, {role_request(arguments), arguments.output, arguments.overwrite},
                       [&](std::string_view doing, double done) {
                         bar.show(file.filename().string(), doing, done);
                         return !interrupted();
                       });
  });
  bar.clear();
  print(arguments.json ? dump(clips_json(clips)) + "\n" : clips_text(clips));
  return 0;
}

}  // namespace lacquer::cli
