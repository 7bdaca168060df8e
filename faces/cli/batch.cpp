#include "faces/cli/batch.h"

#include <filesystem>

#include "api/json.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/format.h"

namespace lacquer::cli {
namespace {

void require_one_name(const std::string& option, const std::string& name, std::size_t files) {
  if (files > 1 && !name.empty() && !std::filesystem::is_directory(name))
    throw WrongUsage(option + " " + name + " is one name for " + std::to_string(files) +
                     " files; leave it out, or work on them one by one");
}

void require_one_song(const Arguments& a, std::size_t files) {
  if (files > 1 && !a.song.empty())
    throw WrongUsage("--song names one song for " + std::to_string(files) +
                     " files; leave it out, or work on them one by one");
}

}  // namespace

void Batch::note(const NamedFile& file, const std::string& text) const {
  print_error(file.path.string(), text);
}

std::vector<NamedFile> Batch::without_errors(const std::vector<NamedFile>& files) {
  std::vector<NamedFile> good;
  for (const NamedFile& file : files) attempt(file, [&] { good.push_back(file); });
  return good;
}

void Batch::close_album(const std::optional<AlbumLevel>& level, std::size_t files) const {
  if (!level) return;
  const auto songs = static_cast<std::size_t>(level->songs);
  if (songs < files)
    print_error("", counted(files - songs, "song has", "songs have") +
                        " no part in the album's level; do all of them together again once " +
                        (files - songs == 1 ? "it is" : "they are") + " mended");
  if (json_) return;
  print("\nAlbum: " + counted(songs, "song", "songs") + ", " + quantity(level->loudness_lufs, "LUFS") +
        " one after the other, " + signed_quantity(level->gain_db, "dB") + " for each of them.\n");
}

int Batch::status() const { return failed_ > 0 ? kFailed : status_; }

void Batch::fail(const NamedFile& file, const std::string& about, const std::string& message) {
  ++failed_;
  print_error(about, message);
  if (json_) print(dump(error_json(file.path.string(), message)) + "\n");
}

std::vector<NamedFile> files_to_check(const Arguments& a) {
  std::vector<NamedFile> files = audio_files(a.files, Masters::kKeep);
  require_one_name("--html", a.html.value_or(""), files.size());
  require_one_name("--pdf", a.pdf.value_or(""), files.size());
  require_one_song(a, files.size());
  return files;
}

std::vector<NamedFile> files_to_master(const Arguments& a) {
  std::vector<NamedFile> files = audio_files(a.files, Masters::kSkip);
  if (files.size() > 1 && !(a.steps.empty() && a.delta.empty()))
    throw WrongUsage("--steps and --delta are for one file at a time; leave them out, or give one file");
  require_one_name("--html", a.html.value_or(""), files.size());
  require_one_name("--pdf", a.pdf.value_or(""), files.size());
  require_one_song(a, files.size());
  if (files.size() > 1 && !a.output.empty())
    throw WrongUsage("-o " + a.output + " is one name for " + std::to_string(files.size()) +
                     " files; leave it out, or work on them one by one");
  return files;
}

bool is_album(const Arguments& a, const std::vector<NamedFile>& files) {
  if (files.size() < 2 || a.each || !a.plan.empty()) return false;
  if (a.ceiling == "auto")
    throw WrongUsage("--ceiling auto is for one song at a time; name a ceiling for the album, or add --each");
  if (a.preview_s) throw WrongUsage("--preview is for one song at a time; give one file, or add --each");
  return true;
}

std::vector<std::filesystem::path> paths_of(const std::vector<NamedFile>& files) {
  std::vector<std::filesystem::path> paths;
  for (const NamedFile& file : files) paths.push_back(file.path);
  return paths;
}

}  // namespace lacquer::cli
