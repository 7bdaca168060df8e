#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/measurements.h"

namespace lacquer {

// The shape of the waveform for drawing, and what the samples themselves say: RMS, DC, silence at either end.
// The columns are widened in place whenever there would be too many, so memory is constant.
class OverviewMeter {
 public:
  static constexpr int kMostColumns = 2048;

  explicit OverviewMeter(const StreamFormat& format);
  void add(ConstAudioBlock block);

  Overview overview() const;
  std::optional<double> rms_dbfs() const;        // over all channels
  std::optional<double> dc_offset_dbfs() const;  // the largest channel's mean, -120 or more
  double head_silence_s() const;                 // below -60 dBFS from the start
  double tail_silence_s() const;
  std::int64_t frames() const noexcept { return frame_; }

 private:
  struct Column {
    float low = 0.0F, high = 0.0F;
    double sum_squares = 0.0;
    std::int64_t frames = 0;
    void join(const Column& other);
  };
  void end_column();
  void note_silence(ConstAudioBlock block, bool loud);

  StreamFormat format_;
  std::int64_t column_frames_ = 64;
  std::vector<Column> columns_;
  Column current_;
  std::int64_t frame_ = 0;
  std::int64_t first_sound_ = -1, last_sound_ = -1;
  double sum_squares_ = 0.0;
  std::vector<double> sums_;  // one a channel
};

}  // namespace lacquer
