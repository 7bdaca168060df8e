#pragma once

#include "chain/mastering_chain.h"
#include "core/audio_stream.h"

namespace lacquer {

// A source as it sounds after stages 1 to 6 of a plan: same length, latency taken out to the sample, the trim
// of the first stage taken out as well, so that levels are those of the source. What is measured through it
// is what reaches the limiter, less its drive.
class ChainSource final : public AudioSource {
 public:
  // `source` must outlive this and is nobody else's meanwhile.
  ChainSource(AudioSource& source, const Plan& plan);

  StreamFormat format() const override { return source_.format(); }
  std::optional<std::int64_t> announced_frames() const override { return source_.announced_frames(); }
  int read(AudioBlock block) override;
  void rewind() override;

 private:
  int read_through(AudioBlock block);

  AudioSource& source_;
  StageChain chain_;
  float untrim_ = 1.0F;
  std::int64_t skip_ = 0;     // frames of latency still to drop
  std::int64_t read_ = 0;     // frames that came from the source …
  std::int64_t written_ = 0;  // … and that were handed out
  bool ended_ = false;
};

}  // namespace lacquer
