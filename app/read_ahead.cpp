#include "app/read_ahead.h"

#include <algorithm>

namespace lacquer {

ReadAhead::ReadAhead(AudioSource& source)
    : source_(source),
      format_(source.format()),
      announced_frames_(source.announced_frames()),
      alone_(std::thread::hardware_concurrency() == 1) {
  if (alone_) return;
  slots_.resize(kSlots);
  for (Slot& each : slots_) each.samples.resize(format_.channels, kSlotFrames);
}

ReadAhead::~ReadAhead() { stop(); }

void ReadAhead::start() {
  filled_ = emptied_ = 0;
  taken_frames_ = 0;
  stopping_ = false;
  thread_ = std::thread([this] { decode(); });
}

void ReadAhead::stop() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void ReadAhead::decode() {
  for (bool more = true; more;) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [&] { return stopping_ || filled_ - emptied_ < kSlots; });
      if (stopping_) return;
    }
    Slot& next = slot(filled_);  // only this thread changes filled_
    next.error = nullptr;
    try {
      next.frames = source_.read(next.samples.block());
    } catch (...) {
      next.frames = 0;
      next.error = std::current_exception();
    }
    more = next.frames > 0;
    bool enough = false;
    {
      const std::lock_guard lock(mutex_);
      ++filled_;
      enough = filled_ - emptied_ >= kSlots / 2;
    }
    if (enough || !more) changed_.notify_all();
  }
}

int ReadAhead::read(AudioBlock block) {
  if (block.frames() == 0) return 0;
  if (alone_) return source_.read(block);
  if (!thread_.joinable()) start();
  {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return filled_ > emptied_; });
  }
  const Slot& oldest = slot(emptied_);  // only this thread changes emptied_
  if (oldest.error) std::rethrow_exception(oldest.error);
  const int frames = std::min(block.frames(), oldest.frames - taken_frames_);
  for (int c = 0; c < format_.channels; ++c)
    std::copy_n(oldest.samples.channel(c).begin() + taken_frames_, frames, block.channel(c).begin());
  taken_frames_ += frames;
  if (frames == 0 || taken_frames_ < oldest.frames) return frames;  // the end stays the end
  taken_frames_ = 0;
  bool room = false;
  {
    const std::lock_guard lock(mutex_);
    ++emptied_;
    room = filled_ - emptied_ <= kSlots / 2;
  }
  if (room) changed_.notify_all();
  return frames;
}

void ReadAhead::rewind() {
  stop();
  source_.rewind();
}

}  // namespace lacquer
