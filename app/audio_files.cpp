#include "app/audio_files.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/error.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostFiles = 10'000;
constexpr int kMostLevels = 32;

constexpr std::array<std::string_view, 34> kExtensions = {
    ".wav", ".wave", ".bwf", ".rf64", ".w64", ".aif",  ".aiff", ".aifc", ".caf", ".flac", ".mp3", ".m4a",
    ".m4b", ".mp4",  ".aac", ".alac", ".ogg", ".oga",  ".opus", ".wma",  ".ape", ".wv",   ".tta", ".mka",
    ".mpc", ".au",   ".snd", ".ac3",  ".dsf", ".webm", ".mp2",  ".tak",  ".ofr", ".mov"};

// "mix.master" and "mix.master-2", without the extension.
bool is_master_name(const fs::path& path) {
  const std::string stem = path.stem().string();
  const std::size_t at = stem.rfind(".master");
  if (at == std::string::npos) return false;
  const std::string rest = stem.substr(at + 7);
  return rest.empty() ||
         (rest.size() > 1 && rest[0] == '-' && rest.find_first_not_of("0123456789", 1) == std::string::npos);
}

std::vector<fs::path> below(const fs::path& folder, Masters masters) {
  std::vector<fs::path> files;
  // Links to folders are not followed: the iterator's default.
  fs::recursive_directory_iterator place(folder, fs::directory_options::skip_permission_denied);
  for (; place != fs::recursive_directory_iterator(); ++place) {
    const fs::path& path = place->path();
    const bool hidden = path.filename().string().starts_with('.');
    std::error_code failed;
    if (place->is_directory(failed)) {
      if (hidden) place.disable_recursion_pending();
      if (place.depth() >= kMostLevels)
        throw Error("its folders are more than 32 deep; name one that is less so");
      continue;
    }
    if (hidden || !is_audio_name(path) || !place->is_regular_file(failed)) continue;
    if (masters == Masters::kSkip && is_master_name(path)) continue;
    if (files.size() == kMostFiles)
      throw Error("it holds more than 10,000 audio files; name smaller folders");
    files.push_back(path);
  }
  std::sort(files.begin(), files.end());
  return files;
}

void add_folder(std::vector<NamedFile>& all, const fs::path& folder, Masters masters) {
  try {
    const std::vector<fs::path> files = below(folder, masters);
    if (files.empty())
      throw Error("this folder holds no audio files; name a file, or a folder that has some");
    for (const fs::path& file : files) all.push_back({file, std::nullopt});
  } catch (const fs::filesystem_error& error) {
    all.push_back(
        {folder, "the folder cannot be read (" + error.code().message() + "); check its permissions"});
  } catch (const Error& error) {
    all.push_back({folder, error.what()});
  }
}

}  // namespace

bool is_audio_name(const fs::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

std::vector<NamedFile> audio_files(const std::vector<std::string>& names, Masters masters) {
  std::vector<NamedFile> all;
  for (const std::string& name : names) {
    std::error_code failed;
    if (fs::is_directory(name, failed))
      add_folder(all, name, masters);
    else
      all.push_back({name, std::nullopt});
  }
  return all;
}

}  // namespace lacquer
