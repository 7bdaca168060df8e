#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "core/audio_block.h"
#include "core/progress.h"
#include "core/stream_format.h"

namespace lacquer {

// A song decoded once, in a form that can be read from any place at once: for a waveform to look at, and for
// short passages to listen to.
//   audio.wav      32-bit float, interleaved, as many channels as the file, 44 bytes of header
//   overview.bin   a head of 32 bytes, then for every 256 frames the lowest and the highest sample over all
//                  channels and their RMS, as 16-bit integers (32,767 is full scale; what is above is held
//                  there)
//   loudness.bin   for every whole second two 32-bit floats in LUFS: integrated loudness up to about there,
//   and
//                  short-term loudness of the window that ends there; -inf in silence
// The last two grow while the song is decoded.
inline constexpr int kOverviewCellFrames = 256;
inline constexpr int kOverviewHeadBytes = 32;
inline constexpr int kProxyHeadBytes = 44;
inline constexpr double kLongestProxyS = 4.0 * 3600.0;

struct ProxyInfo {
  double sample_rate_hz = 0.0;
  int channels = 0;
  std::int64_t frames = 0;
  double duration_s() const { return static_cast<double>(frames) / sample_rate_hz; }
};

// Decodes `song` into `folder`, which exists. Throws Error for what cannot be read, has more than two
// channels, is empty or longer than 4 h, and Cancelled; audio.wav is then not there.
ProxyInfo make_proxy(const std::filesystem::path& song, const std::filesystem::path& folder,
                     const ProgressCallback& progress);

// A whole file of this form in memory.
std::string float_wav(const AudioBuffer& audio, double sample_rate_hz);

// audio.wav, read from any place. Any thread.
class Proxy {
 public:
  // Throws Error where the file is not what make_proxy() writes.
  explicit Proxy(const std::filesystem::path& audio);
  Proxy(const Proxy&) = delete;
  Proxy& operator=(const Proxy&) = delete;
  ~Proxy();

  const ProxyInfo& info() const { return info_; }
  // `count` frames from `first`, fewer at the end.
  AudioBuffer frames(std::int64_t first, std::int64_t count) const;

 private:
  int descriptor_ = -1;
  ProxyInfo info_;
};

}  // namespace lacquer
