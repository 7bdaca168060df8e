#include "app/release_folder.h"

#include <algorithm>

#include "app/audio_files.h"
#include "app/file_error.h"
#include "app/release.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostEntries = 10'000;
constexpr int kMostLevels = 8;

bool is_picture_name(const fs::path& path) {
  std::string ending = path.extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return ending == ".jpg" || ending == ".jpeg" || ending == ".png";
}

void sort_in(ReleaseFolder& folder, const fs::directory_entry& entry, const std::string& name) {
  std::error_code failed;
  if (entry.is_symlink(failed))
    folder.links.push_back(name);
  else if (!entry.is_regular_file(failed))
    return;
  else if (name == kReleaseFile)
    folder.is_described = true;
  else if (is_audio_name(entry.path()))
    folder.audio.push_back(name);
  else if (is_picture_name(entry.path()))
    folder.pictures.push_back(name);
}

ReleaseFolder read(const fs::path& root) {
  ReleaseFolder folder;
  std::size_t entries = 0;
  fs::recursive_directory_iterator place(root, fs::directory_options::skip_permission_denied);
  for (; place != fs::recursive_directory_iterator(); ++place) {
    if (++entries > kMostEntries)
      throw Error("it holds more than 10,000 files; name the folder of one release");
    std::error_code failed;
    const bool hidden = place->path().filename().string().starts_with('.');
    const bool is_folder = place->is_directory(failed) && !place->is_symlink(failed);
    if (is_folder && (hidden || place.depth() + 1 >= kMostLevels)) place.disable_recursion_pending();
    if (hidden || is_folder) continue;
    sort_in(folder, *place, place->path().lexically_relative(root).generic_string());
  }
  for (std::vector<std::string>* files : {&folder.audio, &folder.pictures, &folder.links})
    std::sort(files->begin(), files->end());
  return folder;
}

}  // namespace

std::string ReleaseFolder::found(const std::vector<std::string>& files, const std::string& name) {
  const std::string plain = fs::path(name).lexically_normal().generic_string();
  return std::binary_search(files.begin(), files.end(), plain) ? plain : "";
}

ReleaseFolder read_release_folder(const fs::path& root) {
  return about(root, [&] {
    std::error_code failed;
    if (!fs::is_directory(root, failed))
      throw Error(fs::exists(root, failed) ? "this is no folder; name the folder of a release"
                                           : "there is no such folder; check the name");
    try {
      return read(root);
    } catch (const fs::filesystem_error& error) {
      throw Error("the folder cannot be read (" + error.code().message() + "); check its permissions");
    }
  });
}

}  // namespace lacquer
