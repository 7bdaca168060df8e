#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "dsp/fft.h"
#include "measure/loudness_meter.h"
#include "measure/peak_meter.h"
#include "measure/spectrum_bands.h"

namespace lacquer {

// What a codec did to one band, averaged over the file.
struct CodecBand {
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::optional<double> change_db;  // level after decoding - level before; empty where there was nothing
  std::optional<double> delta_db;   // level of the difference - level before: -20 is a tenth of the amplitude
};

struct CodecMeasurement {
  std::optional<double> sample_dbfs;  // after decoding; empty in silence
  std::optional<double> true_dbtp;
  std::int64_t samples_over = 0;     // beyond +-1 after decoding, over all channels
  std::vector<TimeRange> over_when;  // merged where closer than 100 ms; the first 1,000
  std::optional<double> integrated_lufs;
  std::vector<CodecBand> bands;          // 20-120, 120-500, 500-4,000, 4,000-16,000 Hz
  std::vector<CodecBand> third_octaves;  // from 20 Hz; those above half the sample rate are left out
  // The upper edge of the highest twelfth of an octave that keeps its level within 6 dB; empty in silence.
  std::optional<double> bandwidth_hz;
  std::vector<float> tenth_peaks;  // highest |x(t)| after decoding in each 100 ms, linear
};

// Compares audio with what came back from a codec. Feed both in step; the frames must belong together.
class CodecMeter {
 public:
  explicit CodecMeter(const StreamFormat& format);
  void add(ConstAudioBlock original, ConstAudioBlock decoded);
  void finish();  // call once, before result()
  CodecMeasurement result() const;

 private:
  static constexpr int kFftFrames = 8192;  // 0.19 s at 44.1 kHz, bins of 5 Hz

  void count_overs(ConstAudioBlock decoded);
  void collect(ConstAudioBlock original, ConstAudioBlock decoded);
  void transform();
  CodecBand band(int first, int end) const;

  StreamFormat format_;
  LoudnessMeter loudness_;
  PeakMeter peak_;
  std::int64_t frame_ = 0;
  std::int64_t samples_over_ = 0;
  std::vector<TimeRange> over_when_;

  RealFft fft_;
  BandSums sums_;
  std::vector<float> window_;
  AudioBuffer waiting_original_, waiting_delta_;
  int waiting_ = 0;
  std::vector<float> power_;
  // Over all frames and channels.
  std::vector<double> before_, after_, delta_;
};

}  // namespace lacquer
