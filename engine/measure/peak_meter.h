#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "dsp/peak_interpolator.h"
#include "measure/measurements.h"
#include "measure/time_grid.h"

namespace lacquer {

// Sample peak and true peak (ITU-R BS.1770-5 Annex 2: never below the sample peak), the places of the
// highest, excursions above full scale between samples, and runs of samples flattened at full scale.
//
// Samples are scanned on the grid of PeakInterpolator, except where they provably change no result; where
// that comes within kRefineMarginDb of the highest so far, the 32-fold reading decides. result() lags the
// stream by up to kSpanFrames + PeakRefiner::kLookAheadFrames until finish() is called.
class PeakMeter {
 public:
  // Keeps, if asked, the peak of each cell (dsp/cells.h) over all channels for the limiter's solver.
  PeakMeter(const StreamFormat& format, bool keep_cells);
  void add(ConstAudioBlock block);
  void finish();  // the stream ends here: what follows the last sample is silence
  PeakResult result() const;

  // The highest |x(t)| of each 100 ms over all channels, linear: for PSR.
  const std::vector<float>& tenths() const noexcept { return tenths_; }
  std::vector<float> take_cells() { return std::move(cells_); }

 private:
  struct Channel {
    std::vector<float> samples;  // kMargin before next_, then what has not been scanned
    int equal_run = 0;           // flattened samples in a row
    float last = 0.0F;
  };
  static constexpr int kMargin = PeakRefiner::kTaps / 2;
  static constexpr int kSpanFrames = 2048;  // a multiple of every cell
  static constexpr int kBufferFrames = 4 * kSpanFrames;
  static constexpr int kGroup = PeakInterpolator::kGroupFrames;
  static constexpr double kRefineMarginDb = 0.75;

  void append(ConstAudioBlock block);
  void scan_span(int frames);
  void scan_part(int offset, int frames);
  void scan_channel(int channel, int offset, int frames);
  bool beside_crest(int i, int frames) const;
  float refine(int channel, const float* samples, std::int64_t frame);
  void note_place(std::int64_t frame, float peak, int channel);
  void count_overs(int offset, int first, int end);
  void count_clipped(Channel& channel, std::span<const float> samples);
  static void mark(std::vector<TimeRange>& ranges, double from_s, double to_s);

  StreamFormat format_;
  PeakInterpolator interpolator_;
  PeakRefiner refiner_;
  std::vector<Channel> channels_;
  std::vector<float> scanned_, linked_;             // peaks of one channel, and the highest over all
  std::vector<float> group_peaks_, linked_groups_;  // the same for groups of frames
  int cell_frames_;
  std::int64_t next_ = 0;   // first frame not scanned yet
  int buffered_ = kMargin;  // frames in each channel's buffer
  bool finished_ = false;

  float sample_peak_ = 0.0F;
  float true_peak_ = 0.0F;
  float refine_floor_ = 0.0F;
  TimeGrid grid_;
  std::int64_t tenth_end_ = 0;
  float tenth_peak_ = 0.0F;
  std::vector<float> tenths_;
  std::vector<PeakPlace> second_peaks_;  // the highest of each second
  std::vector<float> cells_;
  bool keep_cells_;

  std::int64_t clipped_runs_ = 0;
  std::int64_t overs_ = 0;
  std::int64_t last_over_frame_;
  std::vector<TimeRange> clipped_when_, overs_when_;
};

}  // namespace lacquer
