#pragma once

#include <cstdint>

#include "chain/limiter.h"
#include "core/audio_stream.h"

namespace lacquer {

// A source under a lower ceiling: its audio through the limiter without drive, as long as before and in step
// with it. `source` must outlive it and be at its start.
class LimitedSource final : public AudioSource {
 public:
  LimitedSource(AudioSource& source, double ceiling_dbtp);

  StreamFormat format() const override { return format_; }
  std::optional<std::int64_t> announced_frames() const override { return source_.announced_frames(); }
  int read(AudioBlock block) override;
  void rewind() override;

 private:
  AudioSource& source_;
  StreamFormat format_;
  Limiter limiter_;
  AudioBuffer buffer_;
  int skip_ = 0;  // frames of latency still to drop
  std::int64_t taken_ = 0;
  std::int64_t given_ = 0;
  int ready_ = 0, used_ = 0;
  bool ended_ = false;
};

// Audio held in memory.
class BufferSource final : public AudioSource {
 public:
  BufferSource(const AudioBuffer& audio, double sample_rate_hz);  // `audio` must outlive it

  StreamFormat format() const override { return format_; }
  std::optional<std::int64_t> announced_frames() const override { return audio_.frames(); }
  int read(AudioBlock block) override;
  void rewind() override { at_ = 0; }

 private:
  const AudioBuffer& audio_;
  StreamFormat format_;
  int at_ = 0;
};

}  // namespace lacquer
