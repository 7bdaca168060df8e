#include "app/proxy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "audio_io/atomic_file.h"
#include "audio_io/open.h"
#include "core/error.h"
#include "core/read_fully.h"
#include "measure/loudness_meter.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

static_assert(std::endian::native == std::endian::little, "the files are little-endian");

constexpr int kBlockFrames = 16384;  // a whole number of cells
constexpr std::uint16_t kFloatFormat = 3;
constexpr std::uint16_t kFloatBytes = 4;

template <class Number>
void put(std::string& bytes, Number number) {
  bytes.append(reinterpret_cast<const char*>(&number), sizeof number);
}

template <class Number>
Number number_at(const std::string& bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

// A header that cannot count so many bytes says the most it can; what reads it goes on to the end of the
// file.
std::uint32_t counted(std::int64_t bytes) {
  return static_cast<std::uint32_t>(std::min<std::int64_t>(bytes, 0xFFFFFFFF));
}

std::string wav_head(const ProxyInfo& info) {
  const auto channels = static_cast<std::uint16_t>(info.channels);
  const auto rate = static_cast<std::uint32_t>(std::lround(info.sample_rate_hz));
  const std::int64_t data = info.frames * info.channels * kFloatBytes;
  std::string head = "RIFF";
  put(head, counted(data + kProxyHeadBytes - 8));
  head += "WAVEfmt ";
  put(head, std::uint32_t{16});
  put(head, kFloatFormat);
  put(head, channels);
  put(head, rate);
  put(head, rate * channels * kFloatBytes);
  put(head, static_cast<std::uint16_t>(channels * kFloatBytes));
  put(head, static_cast<std::uint16_t>(8 * kFloatBytes));
  head += "data";
  put(head, counted(data));
  return head;
}

std::string overview_head(const StreamFormat& format, std::int64_t announced_frames) {
  std::string head = "LQOV0001";
  put(head, format.sample_rate_hz);
  put(head, static_cast<std::int32_t>(format.channels));
  put(head, static_cast<std::int32_t>(kOverviewCellFrames));
  put(head, announced_frames);
  return head;
}

// A file in the song's folder that others may read while it grows. It need not survive a power cut: it can be
// made again.
class GrowingFile {
 public:
  explicit GrowingFile(const fs::path& path)
      : descriptor_(::open(path.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    if (descriptor_ < 0) throw_write_error(errno);
  }
  GrowingFile(const GrowingFile&) = delete;
  GrowingFile& operator=(const GrowingFile&) = delete;
  ~GrowingFile() { ::close(descriptor_); }

  void write(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written <= 0) throw_write_error(written < 0 ? errno : ENOSPC);
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }
  void replace_start(std::string_view bytes) {
    if (::pwrite(descriptor_, bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
      throw_write_error(errno);
  }

 private:
  int descriptor_;
};

std::int16_t held(double value) {
  constexpr double kFull = 32767.0;
  return static_cast<std::int16_t>(std::lround(std::clamp(value, -1.0, 1.0) * kFull));
}

// Lowest, highest and RMS of each cell of a block.
void summarise(ConstAudioBlock block, std::string& cells) {
  for (int at = 0; at < block.frames(); at += kOverviewCellFrames) {
    const ConstAudioBlock cell = block.slice(at, std::min(kOverviewCellFrames, block.frames() - at));
    float low = cell.channel(0)[0], high = low;
    double energy = 0.0;
    for (int c = 0; c < cell.channels(); ++c)
      for (const float sample : cell.channel(c)) {
        low = std::min(low, sample);
        high = std::max(high, sample);
        energy += static_cast<double>(sample) * sample;
      }
    put(cells, held(low));
    put(cells, held(high));
    put(cells, held(std::sqrt(energy / (cell.frames() * cell.channels()))));
  }
}

void interleave(ConstAudioBlock block, std::vector<float>& samples) {
  const auto channels = static_cast<std::size_t>(block.channels());
  samples.resize(channels * static_cast<std::size_t>(block.frames()));
  for (std::size_t c = 0; c < channels; ++c) {
    const auto channel = block.channel(static_cast<int>(c));
    for (std::size_t i = 0; i < channel.size(); ++i) samples[i * channels + c] = channel[i];
  }
}

// What is known of the loudness second by second, as loudness.bin has it. The meter is asked at intervals
// that grow with the song, because its answer takes longer the more it has heard.
class LoudnessSoFar {
 public:
  LoudnessSoFar(const StreamFormat& format, const fs::path& file) : meter_(format, false), file_(file) {}
  void add(ConstAudioBlock block, double heard_s) {
    meter_.add(block);
    if (heard_s >= next_s_) tell(heard_s);
  }
  void tell(double heard_s) {
    constexpr double kGrowth = 1.05;
    constexpr std::size_t kPointsASecond = 10;
    constexpr float kSilent = -std::numeric_limits<float>::infinity();
    const LoudnessResult result = meter_.result();
    const float integrated = result.integrated_lufs ? static_cast<float>(*result.integrated_lufs) : kSilent;
    std::string points;
    for (; (told_s_ + 1) * kPointsASecond <= result.short_term_lufs.size(); ++told_s_) {
      put(points, integrated);
      put(points, result.short_term_lufs[(told_s_ + 1) * kPointsASecond - 1]);
    }
    file_.write(points);
    next_s_ = heard_s * kGrowth + 1.0;
  }

 private:
  LoudnessMeter meter_;
  GrowingFile file_;
  double next_s_ = 1.0;
  std::size_t told_s_ = 0;
};

}  // namespace

ProxyInfo make_proxy(const fs::path& song, const fs::path& folder, const ProgressCallback& progress) {
  const auto file = open_audio(song);
  const StreamFormat format = file->format();
  if (format.channels > 2)
    throw Error("it has " + std::to_string(format.channels) +
                " channels; the studio takes mono and stereo, so mix it down to two first");
  ProxyInfo info{format.sample_rate_hz, format.channels, 0};
  const std::int64_t announced = file->announced_frames().value_or(-1);
  const fs::path part = folder / "audio.wav.part";
  GrowingFile audio(part), overview(folder / "overview.bin");
  StreamFormat in_blocks = format;
  in_blocks.max_block_frames = kBlockFrames;
  LoudnessSoFar loudness(in_blocks, folder / "loudness.bin");
  audio.write(wav_head(info));
  overview.write(overview_head(format, announced));
  AudioBuffer buffer(format.channels, kBlockFrames);
  std::vector<float> samples;
  std::string cells;
  while (const int got = read_fully(*file, buffer.block())) {
    const ConstAudioBlock block = buffer.block(got);
    info.frames += got;
    if (info.duration_s() > kLongestProxyS)
      throw Error("it is longer than 4 h; cut it into parts, or use the command line");
    interleave(block, samples);
    audio.write({reinterpret_cast<const char*>(samples.data()), samples.size() * sizeof(float)});
    cells.clear();
    summarise(block, cells);
    overview.write(cells);
    loudness.add(block, info.duration_s());
    report_progress(progress, "reading",
                    announced > 0 ? static_cast<double>(info.frames) / static_cast<double>(announced) : -1.0);
  }
  if (info.frames == 0) throw Error("it holds no audio; export it again");
  loudness.tell(info.duration_s());
  audio.replace_start(wav_head(info));
  overview.replace_start(overview_head(format, info.frames));
  fs::rename(part, folder / "audio.wav");
  return info;
}

std::string float_wav(const AudioBuffer& audio, double sample_rate_hz) {
  std::string bytes = wav_head({sample_rate_hz, audio.channels(), audio.frames()});
  std::vector<float> samples;
  interleave(audio.block(), samples);
  bytes.append(reinterpret_cast<const char*>(samples.data()), samples.size() * sizeof(float));
  return bytes;
}

Proxy::Proxy(const fs::path& audio)
    : descriptor_(::open(audio.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)) {
  const Error broken("the decoded song is missing or damaged; open it again");
  struct stat status = {};
  std::string head(kProxyHeadBytes, '\0');
  if (descriptor_ < 0) throw broken;
  const bool whole = ::fstat(descriptor_, &status) == 0 && S_ISREG(status.st_mode) &&
                     ::pread(descriptor_, head.data(), head.size(), 0) == kProxyHeadBytes;
  if (whole) {
    info_.channels = number_at<std::uint16_t>(head, 22);
    info_.sample_rate_hz = number_at<std::uint32_t>(head, 24);
  }
  if (!whole || info_.channels < 1 || info_.channels > 2 || info_.sample_rate_hz < 8000.0 ||
      info_.sample_rate_hz > 384000.0) {
    ::close(descriptor_);
    throw broken;
  }
  info_.frames = (status.st_size - kProxyHeadBytes) / (info_.channels * kFloatBytes);
}

Proxy::~Proxy() { ::close(descriptor_); }

AudioBuffer Proxy::frames(std::int64_t first, std::int64_t count) const {
  first = std::clamp<std::int64_t>(first, 0, info_.frames);
  count = std::clamp<std::int64_t>(count, 0, info_.frames - first);
  const auto channels = static_cast<std::size_t>(info_.channels);
  std::vector<float> samples(channels * static_cast<std::size_t>(count));
  char* to = reinterpret_cast<char*>(samples.data());
  std::size_t wanted = samples.size() * sizeof(float);
  off_t at = kProxyHeadBytes + first * info_.channels * kFloatBytes;
  while (wanted > 0) {
    const ssize_t got = ::pread(descriptor_, to, wanted, at);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) throw Error("the decoded song cannot be read; open it again");
    to += got;
    at += got;
    wanted -= static_cast<std::size_t>(got);
  }
  AudioBuffer buffer(info_.channels, static_cast<int>(count));
  for (std::size_t c = 0; c < channels; ++c) {
    const auto channel = buffer.channel(static_cast<int>(c));
    for (std::size_t i = 0; i < channel.size(); ++i) channel[i] = samples[i * channels + c];
  }
  return buffer;
}

}  // namespace lacquer
