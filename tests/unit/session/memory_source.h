#pragma once

#include <algorithm>
#include <cmath>

#include "core/audio_block.h"
#include "core/audio_stream.h"
#include "core/noise.h"
#include "session/survey.h"

namespace lacquer::test {

inline constexpr double kRate = 44100.0;

// A piece in memory, handed out in uneven blocks.
class MemorySource : public AudioSource {
 public:
  explicit MemorySource(AudioBuffer audio) : audio_(std::move(audio)) {}
  StreamFormat format() const override { return {kRate, audio_.channels(), 4096}; }
  std::optional<std::int64_t> announced_frames() const override { return audio_.frames(); }
  int read(AudioBlock block) override {
    const int count =
        std::min({block.frames(), audio_.frames() - at_, 1000 + static_cast<int>(sizes_.bits() % 3000)});
    for (int c = 0; c < audio_.channels(); ++c)
      std::copy_n(audio_.channel(c).begin() + at_, count, block.channel(c).begin());
    at_ += count;
    return count;
  }
  void rewind() override { at_ = 0; }

 private:
  AudioBuffer audio_;
  NoiseGenerator sizes_{1};
  int at_ = 0;
};

// A beat with a bass under it: peaks well above the body, sections of two levels.
inline AudioBuffer beat(double seconds, double level_db) {
  const auto frames = static_cast<std::size_t>(seconds * kRate);
  NoiseGenerator noise(3);
  AudioBuffer audio(2, static_cast<int>(frames));
  const double level = std::pow(10.0, level_db / 20.0);
  double hit = 0.0;
  for (std::size_t i = 0; i < frames; ++i) {
    const double t = static_cast<double>(i) / kRate;
    if (i % 22050 == 0) hit = 1.0;
    hit *= 0.9996;
    const double section = t < seconds / 2 ? 0.5 : 1.0;
    const double bass = 0.25 * std::sin(2 * M_PI * 55 * t) + 0.1 * std::sin(2 * M_PI * 110 * t);
    const double x =
        level * section * (bass + hit * (0.8 * std::sin(2 * M_PI * 90 * t) + 0.3 * noise.white()));
    audio.channel(0)[i] = static_cast<float>(x + level * 0.05 * noise.white());
    audio.channel(1)[i] = static_cast<float>(x + level * 0.05 * noise.white());
  }
  return audio;
}

// On one thread.
inline Survey survey(AudioSource& source, MeasureGroups groups = MeasureGroups::kAll) {
  InOrder executor;
  return survey_source(source, groups, {executor, {}});
}

}  // namespace lacquer::test
