#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace lacquer {

// What a name on the command line stands for: a file to work on, or the reason why there is none.
struct NamedFile {
  std::filesystem::path path;
  std::optional<std::string> error;
};

enum class Masters {
  kKeep,
  kSkip
};  // kSkip: leave out what `master` has written (NAME.master.wav, NAME.master-2.wav, previews)

// Files stand for themselves, also those that do not exist: opening them says why. A folder stands for the
// audio files below it, sorted by name, told by their extension; hidden ones and folders behind a link are
// left out. At most 10,000 files and 32 folders deep; where there is more, the folder is an error.
std::vector<NamedFile> audio_files(const std::vector<std::string>& names, Masters masters);

// Whether a file is called as audio files are.
bool is_audio_name(const std::filesystem::path& path);
// Whether the file's folder holds what `master` has written for another file.
bool is_beside_another_master(const std::filesystem::path& file);

}  // namespace lacquer
