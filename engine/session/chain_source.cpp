#include "session/chain_source.h"

#include <algorithm>

#include "core/decibels.h"

namespace lacquer {

ChainSource::ChainSource(AudioSource& source, const Plan& plan)
    : source_(source), untrim_(static_cast<float>(db_to_gain(-trim_db_of(plan)))) {
  chain_.prepare(source_.format(), plan);
  skip_ = chain_.latency_frames();
}

void ChainSource::rewind() {
  source_.rewind();
  chain_.reset();
  skip_ = chain_.latency_frames();
  read_ = written_ = 0;
  ended_ = false;
}

// One block through the chain; after the end of the source, silence pushes out what the stages still hold.
int ChainSource::read_through(AudioBlock block) {
  int got = ended_ ? 0 : source_.read(block);
  read_ += got;
  if (got == 0) {
    ended_ = true;
    got = block.frames();
    for (int c = 0; c < block.channels(); ++c)
      std::fill(block.channel(c).begin(), block.channel(c).end(), 0.0F);
  }
  chain_.process(block.slice(0, got));
  return got;
}

int ChainSource::read(AudioBlock block) {
  if (block.frames() > source_.format().max_block_frames)
    block = block.slice(0, source_.format().max_block_frames);
  while (!ended_ || written_ < read_) {
    const int got = read_through(block);
    const int dropped = static_cast<int>(std::min<std::int64_t>(skip_, got));
    skip_ -= dropped;
    int keep = got - dropped;
    if (ended_) keep = static_cast<int>(std::min<std::int64_t>(keep, read_ - written_));
    if (keep <= 0) {
      if (ended_ && written_ >= read_) return 0;
      continue;
    }
    for (int c = 0; c < block.channels(); ++c) {
      const auto samples = block.channel(c);
      std::copy(samples.begin() + dropped, samples.begin() + dropped + keep, samples.begin());
      if (untrim_ != 1.0F)
        for (float& sample : samples.subspan(0, static_cast<std::size_t>(keep))) sample *= untrim_;
    }
    written_ += keep;
    return keep;
  }
  return 0;
}

}  // namespace lacquer
