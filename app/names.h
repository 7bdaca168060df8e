#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace lacquer {

// "mix.wav" and ".master.wav" give "mix.master.wav" in the same folder.
std::filesystem::path beside(const std::filesystem::path& file, std::string_view ending);

// The path itself where nothing has that name, else the first of NAME-2.EXT, NAME-3.EXT, … that is free.
std::filesystem::path free_name(const std::filesystem::path& wanted);

// One word for a POSIX shell, whatever bytes the name holds; no control character but the newline appears in
// it.
std::string shell_word(std::string_view bytes);

}  // namespace lacquer
