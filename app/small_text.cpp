#include "app/small_text.h"

#include "api/toml_text.h"
#include "audio_io/local_file.h"
#include "core/error.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;
constexpr int kMostKeyParts = 8;

std::string checked(std::string text, const std::string& what) {
  if (text.size() > kMostBytes || longest_toml_key(text) > kMostKeyParts)
    throw Error("this is no " + what + "; name a smaller text file");
  return text;
}

}  // namespace

std::string read_small_toml(const std::filesystem::path& path, const std::string& what) {
  return checked(LocalFile(path).bytes_at(0, kMostBytes + 1), what);
}

std::string read_small_toml(std::istream& stream, const std::string& what) {
  std::string text(kMostBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  return checked(std::move(text), what);
}

}  // namespace lacquer
