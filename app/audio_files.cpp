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

// What stands before ".master", and after it nothing or a number: "mix" of "mix.master" and "mix.master-2".
// The same for what a preview wrote.
std::optional<std::string> stem_before(const std::string& stem, std::string_view ending) {
  const std::size_t at = stem.rfind(ending);
  if (at == std::string::npos) return std::nullopt;
  const std::string rest = stem.substr(at + ending.size());
  const bool numbered =
      rest.size() > 1 && rest[0] == '-' && rest.find_first_not_of("0123456789", 1) == std::string::npos;
  if (!rest.empty() && !numbered) return std::nullopt;
  return stem.substr(0, at);
}

bool is_of_a_master(const fs::path& path) {
  const std::string stem = path.stem().string();
  constexpr std::array kEndings = {".master", ".preview", ".preview-a-mix", ".preview-b-master"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return stem_before(stem, ending).has_value(); });
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
    if (masters == Masters::kSkip && is_of_a_master(path)) continue;
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

bool is_beside_another_master(const fs::path& file) {
  std::error_code failed;
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  std::size_t looked_at = 0;
  for (fs::directory_iterator place(folder, failed), end; !failed && place != end; place.increment(failed)) {
    if (++looked_at > kMostFiles) break;
    if (!is_audio_name(place->path())) continue;
    const auto song = stem_before(place->path().stem().string(), ".master");
    if (song && *song != file.stem()) return true;
  }
  return false;
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
