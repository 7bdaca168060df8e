// demo_mix OUT.wav [--flawed]: renders the demo piece, an unmastered mix, as a 24-bit WAV file.

#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/error.h"
#include "flaws.h"
#include "mix.h"

namespace lacquer::demo {
namespace {

constexpr std::string_view kUsage =
    "usage: demo_mix OUT.wav [--flawed]\n"
    "       demo_mix --list-flaws\n"
    "Renders an unmastered demo mix as a 24-bit WAV file at 44.1 kHz. With --flawed, the same music with "
    "the\n"
    "mix flaws that --list-flaws lists.\n";

// Rounded, not dithered: the loudest rounding error lies at -144 dBFS, under the music's own noise.
int to_24_bits(float x) {
  const double code = std::nearbyint(static_cast<double>(x) * 8388608.0);
  return static_cast<int>(std::clamp(code, -8388608.0, 8388607.0)) *
         256;  // libsndfile wants them left-aligned
}

void write_wav(const std::string& path, const Stereo& audio) {
  std::vector<int> samples(2 * audio.frames());
  for (std::size_t i = 0; i < audio.frames(); ++i) {
    samples[2 * i] = to_24_bits(audio.left[i]);
    samples[2 * i + 1] = to_24_bits(audio.right[i]);
  }
  SF_INFO info{};
  info.samplerate = static_cast<int>(kSampleRateHz);
  info.channels = 2;
  info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_24;
  const auto frames = static_cast<sf_count_t>(audio.frames());
  SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
  if (file == nullptr) throw Error("cannot be written; choose a folder that exists and may be written to");
  const bool whole = sf_writef_int(file, samples.data(), frames) == frames;
  if (sf_close(file) != 0 || !whole)
    throw Error("could not be written to the end; free some space and try again");
}

// The file appears whole or not at all.
void render(const std::string& path, bool flawed) {
  const std::string part = path + ".part";
  try {
    write_wav(part, mix_song(flawed ? all_flaws() : std::span<const Flaw>()));
    std::filesystem::rename(part, path);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(part, ignored);
    throw;
  }
}

int run(const std::vector<std::string_view>& arguments) {
  std::string path;
  bool flawed = false;
  for (const std::string_view argument : arguments) {
    if (argument == "--help") return std::fputs(kUsage.data(), stdout), 0;
    if (argument == "--list-flaws") return std::fputs(flaw_list().c_str(), stdout), 0;
    if (argument == "--flawed") {
      flawed = true;
    } else if (path.empty() && argument.substr(0, 1) != "-") {
      path = argument;
    } else {
      return std::fputs(kUsage.data(), stderr), 2;
    }
  }
  if (path.empty()) return std::fputs(kUsage.data(), stderr), 2;
  try {
    render(path, flawed);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "demo_mix: %s: %s\n", path.c_str(), error.what());
    return 1;
  }
  return 0;
}

}  // namespace
}  // namespace lacquer::demo

int main(int argc, char** argv) { return lacquer::demo::run({argv + 1, argv + argc}); }
