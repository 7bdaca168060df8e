#include "faces/cli/batch.h"

#include <filesystem>

#include "api/json.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"

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

}  // namespace lacquer::cli
