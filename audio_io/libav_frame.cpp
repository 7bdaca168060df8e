#include "audio_io/libav_frame.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>

namespace lacquer {
namespace {

// Sample `i` of a plane, `step` apart: planar formats have one channel in a plane, the others all of them.
template <class Sample, class Convert>
void copy_plane(const std::uint8_t* plane, std::size_t first, std::size_t step, std::span<float> to,
                Convert convert) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    Sample sample;
    std::memcpy(&sample, plane + (first + i * step) * sizeof(Sample), sizeof(Sample));
    to[i] = convert(sample);
  }
}

}  // namespace

void copy_channel(const AVFrame& frame, int channel, int from, std::span<float> to) {
  const auto format = static_cast<AVSampleFormat>(frame.format);
  const bool planar = av_sample_fmt_is_planar(format) != 0;
  const auto channels = static_cast<std::size_t>(frame.ch_layout.nb_channels);
  const std::uint8_t* plane = frame.extended_data[planar ? channel : 0];
  const std::size_t step = planar ? 1 : channels;
  const std::size_t first =
      static_cast<std::size_t>(from) * step + (planar ? 0 : static_cast<std::size_t>(channel));
  switch (av_get_packed_sample_fmt(format)) {
    case AV_SAMPLE_FMT_U8:
      return copy_plane<std::uint8_t>(plane, first, step, to,
                                      [](int s) { return static_cast<float>(s - 128) * 0x1p-7F; });
    case AV_SAMPLE_FMT_S16:
      return copy_plane<std::int16_t>(plane, first, step, to,
                                      [](std::int16_t s) { return static_cast<float>(s) * 0x1p-15F; });
    case AV_SAMPLE_FMT_S32:
      return copy_plane<std::int32_t>(plane, first, step, to,
                                      [](std::int32_t s) { return static_cast<float>(s) * 0x1p-31F; });
    case AV_SAMPLE_FMT_S64:
      return copy_plane<std::int64_t>(plane, first, step, to,
                                      [](std::int64_t s) { return static_cast<float>(s) * 0x1p-63F; });
    case AV_SAMPLE_FMT_FLT:
      return copy_plane<float>(plane, first, step, to, [](float s) { return s; });
    case AV_SAMPLE_FMT_DBL:
      return copy_plane<double>(plane, first, step, to, [](double s) {
        // A double beyond the range of float has no float; it is silenced with the other non-finite samples.
        return std::fabs(s) <= 3.4e38 ? static_cast<float>(s) : HUGE_VALF;
      });
    default:
      std::fill(to.begin(), to.end(), 0.0F);
  }
}

}  // namespace lacquer
