#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>
#include <vector>

#include "core/audio_stream.h"

namespace lacquer {

// Decodes on a thread of its own, a little ahead of whoever reads: the same samples, and the same errors at
// the same place. While one of these lives, nothing else may touch the source. Where the program has one CPU
// only, it decodes on demand.
//
// Whoever waits is woken when half of the slots are filled, or empty: a switch of threads costs as much as
// decoding some hundred samples.
class ReadAhead final : public AudioSource {
 public:
  explicit ReadAhead(AudioSource& source);
  ~ReadAhead() override;

  StreamFormat format() const override { return format_; }
  std::optional<std::int64_t> announced_frames() const override { return announced_frames_; }
  int read(AudioBlock block) override;
  void rewind() override;

 private:
  struct Slot {
    AudioBuffer samples;
    int frames = 0;            // 0: the end
    std::exception_ptr error;  // then `frames` is 0
  };
  static constexpr std::size_t kSlots = 6;
  static constexpr int kSlotFrames = 8192;

  void start();
  void stop();
  void decode();
  Slot& slot(std::size_t number) { return slots_[number % kSlots]; }

  AudioSource& source_;
  StreamFormat format_;
  std::optional<std::int64_t> announced_frames_;
  bool alone_;
  std::vector<Slot> slots_;
  int taken_frames_ = 0;  // of the oldest slot, by the reader

  std::thread thread_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t filled_ = 0, emptied_ = 0;  // slots so far; what lies between them holds audio
  bool stopping_ = false;
};

}  // namespace lacquer
