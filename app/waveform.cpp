#include "app/waveform.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "app/proxy.h"
#include "core/error.h"

namespace lacquer {
namespace {

// overview.bin as it stands, mapped.
class Cells {
 public:
  explicit Cells(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat status = {};
    if (descriptor >= 0 && ::fstat(descriptor, &status) == 0 && status.st_size > kOverviewHeadBytes) {
      size_ = static_cast<std::size_t>(status.st_size);
      map_ = ::mmap(nullptr, size_, PROT_READ, MAP_SHARED, descriptor, 0);
    }
    if (descriptor >= 0) ::close(descriptor);
    if (map_ == nullptr || map_ == MAP_FAILED)
      throw Error("the waveform is not there yet; wait until the song is read");
    std::memcpy(&rate_hz_, bytes() + 8, sizeof rate_hz_);
    std::memcpy(&frames_, bytes() + 24, sizeof frames_);
    count_ = (size_ - kOverviewHeadBytes) / sizeof(WaveformColumn);
    if (!(rate_hz_ >= 8000.0)) throw Error("the waveform is damaged; open the song again");
    if (frames_ <= 0) frames_ = static_cast<std::int64_t>(count_) * kOverviewCellFrames;
  }
  Cells(const Cells&) = delete;
  Cells& operator=(const Cells&) = delete;
  ~Cells() {
    if (map_ != nullptr && map_ != MAP_FAILED) ::munmap(map_, size_);
  }

  double rate_hz() const { return rate_hz_; }
  double duration_s() const { return static_cast<double>(frames_) / rate_hz_; }

  WaveformColumn joined(std::int64_t first, std::int64_t end) const {
    first = std::clamp<std::int64_t>(first, 0, static_cast<std::int64_t>(count_));
    end = std::clamp<std::int64_t>(end, first, static_cast<std::int64_t>(count_));
    if (first == end) return {};
    WaveformColumn column{32767, -32768, 0};
    double energy = 0.0;
    const char* at = bytes() + kOverviewHeadBytes + static_cast<std::size_t>(first) * sizeof(WaveformColumn);
    for (std::int64_t i = first; i < end; ++i, at += sizeof(WaveformColumn)) {
      WaveformColumn cell;
      std::memcpy(&cell, at, sizeof cell);
      column.low = std::min(column.low, cell.low);
      column.high = std::max(column.high, cell.high);
      energy += static_cast<double>(cell.rms) * cell.rms;
    }
    column.rms = static_cast<std::int16_t>(std::lround(std::sqrt(energy / static_cast<double>(end - first))));
    return column;
  }

 private:
  const char* bytes() const { return static_cast<const char*>(map_); }

  void* map_ = nullptr;
  std::size_t size_ = 0, count_ = 0;
  double rate_hz_ = 0.0;
  std::int64_t frames_ = 0;
};

std::int16_t as_integer(float sample) {
  return static_cast<std::int16_t>(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
}

WaveformColumn column_of(const AudioBuffer& audio, std::int64_t first, std::int64_t end) {
  first = std::clamp<std::int64_t>(first, 0, audio.frames());
  end = std::clamp<std::int64_t>(std::max(end, first + 1), first, audio.frames());
  if (first == end) return {};
  float low = 1.0F, high = -1.0F;
  double energy = 0.0;
  for (int c = 0; c < audio.channels(); ++c)
    for (std::int64_t i = first; i < end; ++i) {
      const float sample = audio.channel(c)[static_cast<std::size_t>(i)];
      low = std::min(low, sample);
      high = std::max(high, sample);
      energy += static_cast<double>(sample) * sample;
    }
  const double samples = static_cast<double>((end - first) * audio.channels());
  return {as_integer(low), as_integer(high), as_integer(static_cast<float>(std::sqrt(energy / samples)))};
}

}  // namespace

Waveform waveform_of(const std::filesystem::path& folder, double from_s, double to_s, int columns) {
  if (columns < 1 || columns > kMostWaveformColumns || !(from_s >= 0.0) || !(to_s > from_s) || to_s > 1e6)
    throw Error("this stretch cannot be drawn; choose another");
  const Cells cells(folder / "overview.bin");
  Waveform waveform{cells.duration_s(), {}};
  const double frames_each = (to_s - from_s) * cells.rate_hz() / columns;
  const double first = from_s * cells.rate_hz();
  const auto edge = [&](int column, double unit) {
    return static_cast<std::int64_t>(std::floor((first + column * frames_each) / unit));
  };
  std::error_code failed;
  if (frames_each < kOverviewCellFrames && std::filesystem::exists(folder / "audio.wav", failed)) {
    const std::int64_t begin = edge(0, 1.0);
    const AudioBuffer audio = Proxy(folder / "audio.wav").frames(begin, edge(columns, 1.0) + 1 - begin);
    for (int i = 0; i < columns; ++i)
      waveform.columns.push_back(column_of(audio, edge(i, 1.0) - begin, edge(i + 1, 1.0) - begin));
    return waveform;
  }
  for (int i = 0; i < columns; ++i) {
    const std::int64_t begin = edge(i, kOverviewCellFrames);
    waveform.columns.push_back(cells.joined(begin, std::max(begin + 1, edge(i + 1, kOverviewCellFrames))));
  }
  return waveform;
}

}  // namespace lacquer
