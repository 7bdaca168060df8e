#pragma once

#include <filesystem>
#include <string>

namespace lacquer {

// Writes a report as a page, whole or not at all, replacing an older one: to `asked`, into it where it is a
// folder, or (empty) beside `audio`, as NAME + `ending`. Never over the audio. Returns its name; throws
// FileError.
std::filesystem::path write_page(const std::filesystem::path& asked, const std::filesystem::path& audio,
                                 const std::string& ending, const std::string& html);

}  // namespace lacquer
