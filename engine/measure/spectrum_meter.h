#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <deque>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "dsp/fft.h"
#include "measure/spectrum_bands.h"
#include "measure/spectrum_block.h"
#include "measure/spectrum_frame.h"
#include "measure/spectrum_lows.h"

namespace lacquer {

// The shared FFT: 8,192 points at 44.1 and 48 kHz (the same 0.17 s at other rates), Hann window, half
// overlap, each channel and their cross-spectrum. It measures nothing itself: meters that want the bins
// listen to its frames, those that want bands over time to its blocks of four frames.
class SpectrumMeter {
 public:
  explicit SpectrumMeter(const StreamFormat& format);
  // Before the first block; the listener must outlive the meter. Frames are handed out above -80 LUFS only,
  // blocks always.
  void listen(SpectrumListener& listener) { frame_listeners_.push_back(&listener); }
  void listen(BlockListener& listener) { block_listeners_.push_back(&listener); }

  void add(ConstAudioBlock block);
  void finish();  // the stream ends here: the last block may hold fewer frames
  int size() const noexcept { return fft_.size(); }

 private:
  // Sums over the frames of a block, until the finer lows of the same stretch are there.
  struct Pending {
    std::int64_t first_frame = 0;  // stream position where its first window begins
    int frames = 0;
    std::array<BandPower, kBands> bands{};
  };
  static constexpr int kFramesPerBlock = 4;
  static constexpr int kHopsKept = 6;  // the more, the rarer the samples are moved

  void end_hop();
  void transform();
  double gather_bands();
  void hand_out_block();

  StreamFormat format_;
  RealFft fft_, right_fft_;  // the second channel's has an output of its own
  BandSums sums_;
  SpectrumLows lows_;
  std::vector<float> window_;
  int hop_;                                  // half a window
  std::vector<std::vector<float>> history_;  // one row a channel
  int window_at_;                            // where in history_ the next window begins,
  int fill_;                                 // and where the next sample goes
  std::int64_t first_frame_ = 0;             // stream position of the window
  std::vector<float> left_power_, right_power_, cross_power_;
  std::array<double, kBands> left_{}, right_{}, cross_{};  // bands of the frame
  std::array<double, kBands> k_weight_{};                  // K-weighting at each band, power
  double scale_ = 1.0;                                     // of a bin's |X|^2 to mean square
  std::deque<Pending> pending_;
  std::vector<SpectrumListener*> frame_listeners_;
  std::vector<BlockListener*> block_listeners_;
};

}  // namespace lacquer
