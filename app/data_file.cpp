#include "app/data_file.h"

#include "api/toml_text.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "audio_io/local_file.h"
#include "library/content.h"
#include "library/system_content.h"

namespace lacquer {

std::string toml_file_text(const std::filesystem::path& path, const std::string& otherwise) {
  constexpr std::size_t kMostBytes = 1U << 20U;
  constexpr int kMostKeyParts = 8;
  std::string text = about(path, [&] { return LocalFile(path).bytes_at(0, kMostBytes + 1); });
  if (text.size() > kMostBytes || longest_toml_key(text) > kMostKeyParts)
    throw FileError(path, Error(otherwise));
  return text;
}

std::vector<PlaybackSystem> systems_of(const std::filesystem::path& path) {
  if (path.empty()) return knowledge().systems;
  return parse_systems(
      toml_file_text(path, "these are no playback systems; write them as content/systems.toml does"),
      path.string());
}

std::vector<PlatformRule> platforms_of(const std::filesystem::path& path) {
  if (path.empty()) return knowledge().platforms;
  return parse_platforms(
      toml_file_text(path, "these are no platform rules; write them as content/platforms.toml does"),
      path.string());
}

}  // namespace lacquer
