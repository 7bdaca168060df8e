#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/measurements.h"
#include "measure/time_grid.h"

namespace lacquer {

// Crests cut flat below full scale: audio that was clipped and then turned down. A flat-top is four or more
// samples in a row within 0.01 dB of the highest among them, in the top 1 dB of the file. Every slow wave has
// rounded crests that long, so the cut must show: two samples beyond either end the wave has fallen by at
// least eight times what it sags within. (A parabola falls by 5.4 times at most.)
//
// Where a part of a piece was clipped and the rest is louder, the cut lies lower: the same crests are also
// looked for in the top 1 dB of each 100 ms. They count as cut where for a while nothing in the channel
// passes their level (CutStretch); a synthesiser's square wave alone, or the flat crest of a chance sum, is
// passed soon.
//
// Also keeps the highest sample of each 100 ms, for the fingerprint of a ceiling (measure/ceiling.h).
class FlatTopMeter {
 public:
  explicit FlatTopMeter(const StreamFormat& format);
  void add(ConstAudioBlock block);
  void report(PeakResult& into) const;

 private:
  static constexpr int kLevels = 400;  // 0.1 dB each, from -30 to +10 dBFS
  static constexpr std::size_t kMostPlaces = 20000;

  struct Place {
    double from_s = 0.0, to_s = 0.0;
    float level = 0.0F;  // the highest crest in it
  };
  struct Tenth {
    float peak = 0.0F;
    float cut = 0.0F;  // level of the flat-tops that stand at the peak; 0: none
    std::int32_t crests = 0;
  };
  struct Channel {
    float highest = 0.0F;              // so far
    float before = 0.0F, last = 0.0F;  // the two samples before
    // The run that may become a flat-top: magnitudes, and the sample two before it.
    int length = 0;
    bool negative = false;
    bool ended = false;  // waits for the second sample after it
    float high = 0.0F, low = 0.0F, entry = 0.0F;
    float recent = 0.0F, now = 0.0F;  // highest of the last 100 ms, and of these so far
    float cut = 0.0F;                 // the highest flat-top in these 100 ms …
    std::int64_t crests = 0;          // … and how many lie at its level
    std::vector<Tenth> tenths;
    std::vector<std::int64_t> counts = std::vector<std::int64_t>(kLevels, 0);
    std::vector<Place> places;
  };

  void scan(Channel& channel, std::span<const float> x, std::int64_t first_frame);
  void take(Channel& channel, float x, std::int64_t frame);
  static void end_tenth(Channel& channel);
  static void add_cut_stretches(const Channel& channel, std::vector<CutStretch>& into);
  void end_run(Channel& channel, float exit, std::int64_t frame);

  double sample_rate_hz_;
  std::int64_t frame_ = 0;
  std::vector<Channel> channels_;
  TimeGrid grid_;
  float tenth_peak_ = 0.0F;
  std::vector<float> tenths_;
};

}  // namespace lacquer
