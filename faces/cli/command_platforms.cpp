#include "app/data_file.h"
#include "app/in_order.h"
#include "app/platforms.h"
#include "faces/cli/batch.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

int show_rules(const Arguments& arguments) {
  if (arguments.html || arguments.pdf || !arguments.render.empty())
    throw WrongUsage("--html, --pdf and --render need a file; name one");
  const std::vector<PlatformRule> rules = platforms_of(arguments.data);
  print(arguments.json ? dump(platforms_json(entries_of(rules))) + "\n"
                       : platform_rules_text(rules, text_style()));
  return 0;
}

}  // namespace

int run_platforms(const Arguments& arguments) {
  if (arguments.files.empty()) return show_rules(arguments);
  const PlatformsRequest request{platforms_of(arguments.data), arguments.render, arguments.overwrite};
  const std::vector<NamedFile> files = audio_files(arguments.files, Masters::kKeep);
  Batch batch(arguments.json);
  ProgressBar bar(!arguments.json);
  CheckRequest loudness;
  loudness.only_loudness = true;
  const auto progress_of = [&](const std::filesystem::path& path) -> ProgressCallback {
    return [&bar, name = path.filename().string()](std::string_view doing, double done) {
      bar.show(name, doing, done);
      return !interrupted();
    };
  };
  std::vector<CheckedFile> tracks;
  in_order(
      files.size(),
      [&](std::size_t i) {
        return files[i].error ? CheckedFile{}
                              : check_file(files[i].path, loudness, progress_of(files[i].path));
      },
      [&](std::size_t i, std::future<CheckedFile> checked) {
        bar.clear();
        batch.attempt(files[i], [&] {
          tracks.push_back(checked.get());
          for (const std::string& note : notes_on(tracks.back().source)) batch.note(files[i], note);
        });
      });
  if (tracks.empty()) return batch.status();
  const PlayedOnPlatforms played = play_on_platforms(tracks, request, progress_of(tracks.front().path));
  bar.clear();
  print(arguments.json ? dump(platforms_json(played.entries)) + "\n"
                       : platforms_text(played.report, text_style()));
  const std::vector<std::string> written =
      Reports(arguments, "platforms").write(tracks.front().path, platforms_document(played.report));
  if (arguments.json) return batch.status();
  if (!arguments.render.empty()) print("\nTo listen to: " + terminal_text(arguments.render) + "\n");
  for (const std::string& line : written) print("\n" + line + "\n");
  return batch.status();
}

}  // namespace lacquer::cli
