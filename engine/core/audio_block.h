#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <type_traits>
#include <vector>

namespace lacquer {

// A borrowed planar view of audio: owns nothing, cheap to copy.
// `Sample` is float for a block that may be written and const float for one that may only be read.
template <class Sample>
class BasicAudioBlock {
 public:
  BasicAudioBlock() noexcept = default;
  BasicAudioBlock(std::span<Sample* const> channels, int frames) noexcept
      : channels_(channels.data()), channel_count_(static_cast<int>(channels.size())), frames_(frames) {}

  // A block that may be written can always be read.
  template <class Other>
  requires(std::is_same_v<Other, float>&& std::is_const_v<Sample>)
      BasicAudioBlock(const BasicAudioBlock<Other>& other)
  noexcept  // NOLINT(google-explicit-constructor)
      : channels_(const_cast<Sample* const*>(other.data())),
        channel_count_(other.channels()),
        frames_(other.frames()),
        offset_(other.offset()) {}

  int channels() const noexcept { return channel_count_; }
  int frames() const noexcept { return frames_; }
  int offset() const noexcept { return offset_; }
  auto data() const noexcept { return channels_; }

  std::span<Sample> channel(int index) const noexcept {
    assert(index >= 0 && index < channel_count_);
    return {channels_[index] + offset_, static_cast<std::size_t>(frames_)};
  }

  // The part [first, first + count) of this block.
  BasicAudioBlock slice(int first, int count) const noexcept {
    assert(first >= 0 && count >= 0 && first + count <= frames_);
    BasicAudioBlock part = *this;
    part.offset_ += first;
    part.frames_ = count;
    return part;
  }

 private:
  Sample* const* channels_ = nullptr;
  int channel_count_ = 0;
  int frames_ = 0;
  int offset_ = 0;
};

using AudioBlock = BasicAudioBlock<float>;
using ConstAudioBlock = BasicAudioBlock<const float>;

// Planar audio that owns its samples; zero until written.
class AudioBuffer {
 public:
  AudioBuffer() = default;
  AudioBuffer(int channels, int frames) { resize(channels, frames); }
  AudioBuffer(const AudioBuffer& other) : samples_(other.samples_), frames_(other.frames_) {
    point(other.channels());
  }
  AudioBuffer& operator=(const AudioBuffer& other) {
    samples_ = other.samples_;
    frames_ = other.frames_;
    point(other.channels());
    return *this;
  }
  AudioBuffer(AudioBuffer&&) = default;
  AudioBuffer& operator=(AudioBuffer&&) = default;

  void resize(int channels, int frames) {
    samples_.assign(static_cast<std::size_t>(channels) * static_cast<std::size_t>(frames), 0.0F);
    frames_ = frames;
    point(channels);
  }

  int channels() const noexcept { return static_cast<int>(pointers_.size()); }
  int frames() const noexcept { return frames_; }
  std::span<float> channel(int index) noexcept { return block().channel(index); }
  std::span<const float> channel(int index) const noexcept {
    return {pointers_[static_cast<std::size_t>(index)], static_cast<std::size_t>(frames_)};
  }
  AudioBlock block() noexcept { return {pointers_, frames_}; }
  AudioBlock block(int frames) noexcept { return {pointers_, frames}; }
  ConstAudioBlock block() const noexcept { return AudioBlock{pointers_, frames_}; }

 private:
  void point(int channels) {
    pointers_.clear();
    for (int c = 0; c < channels; ++c)
      pointers_.push_back(samples_.data() + static_cast<std::size_t>(c) * static_cast<std::size_t>(frames_));
  }

  std::vector<float> samples_;
  std::vector<float*> pointers_;
  int frames_ = 0;
};

}  // namespace lacquer
