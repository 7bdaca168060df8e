#pragma once

#include <span>

#include "audio_io/libav.h"

namespace lacquer {

struct LibavPacket {
  AVPacket* get = av_packet_alloc();
  LibavPacket() = default;
  LibavPacket(const LibavPacket&) = delete;
  LibavPacket& operator=(const LibavPacket&) = delete;
  ~LibavPacket() { av_packet_free(&get); }
};

struct LibavFrame {
  AVFrame* get = av_frame_alloc();
  LibavFrame() = default;
  LibavFrame(const LibavFrame&) = delete;
  LibavFrame& operator=(const LibavFrame&) = delete;
  ~LibavFrame() { av_frame_free(&get); }
};

// Samples [from, from + to.size()) of one channel as float, whatever the frame's format; integers scaled by
// 2^-(bits-1). The frame has that many.
void copy_channel(const AVFrame& frame, int channel, int from, std::span<float> to);

}  // namespace lacquer
