#include "session/limited_source.h"

#include <algorithm>

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;

}  // namespace

LimitedSource::LimitedSource(AudioSource& source, double ceiling_dbtp)
    : source_(source), format_(source.format()), buffer_(format_.channels, kBlockFrames) {
  format_.max_block_frames = kBlockFrames;
  limiter_.prepare(format_);
  LimiterParams params;  // as a plan's defaults
  params.ceiling_dbtp = static_cast<float>(ceiling_dbtp);
  limiter_.set_params(params);
  limiter_.reset();
  skip_ = limiter_.latency_frames();
}

int LimitedSource::read(AudioBlock block) {
  int done = 0;
  while (done < block.frames()) {
    if (used_ == ready_) {
      if (ended_ && given_ >= taken_) break;
      int got = ended_ ? 0 : source_.read(buffer_.block());
      if (got == 0) {
        // Silence pushes out what the look-ahead still holds.
        ended_ = true;
        got = kBlockFrames;
        for (int c = 0; c < format_.channels; ++c)
          std::fill(buffer_.channel(c).begin(), buffer_.channel(c).end(), 0.0F);
      } else {
        taken_ += got;
      }
      limiter_.process(buffer_.block(got));
      used_ = std::min(skip_, got);
      skip_ -= used_;
      ready_ = got;
      if (ended_) ready_ = used_ + static_cast<int>(std::min<std::int64_t>(got - used_, taken_ - given_));
      given_ += ready_ - used_;
    }
    const int part = std::min(block.frames() - done, ready_ - used_);
    for (int c = 0; c < block.channels(); ++c)
      std::copy_n(buffer_.channel(c).begin() + used_, part, block.channel(c).begin() + done);
    done += part;
    used_ += part;
  }
  return done;
}

void LimitedSource::rewind() {
  source_.rewind();
  limiter_.reset();
  skip_ = limiter_.latency_frames();
  taken_ = given_ = 0;
  ready_ = used_ = 0;
  ended_ = false;
}

BufferSource::BufferSource(const AudioBuffer& audio, double sample_rate_hz)
    : audio_(audio), format_{sample_rate_hz, audio.channels(), kBlockFrames} {}

int BufferSource::read(AudioBlock block) {
  const int part = std::min(block.frames(), audio_.frames() - at_);
  for (int c = 0; c < block.channels(); ++c)
    std::copy_n(audio_.channel(c).begin() + at_, part, block.channel(c).begin());
  at_ += part;
  return part;
}

}  // namespace lacquer
