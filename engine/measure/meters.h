#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "core/stream_format.h"
#include "measure/flat_top_meter.h"
#include "measure/frequency_meters.h"
#include "measure/limiter_envelope.h"
#include "measure/loudness_meter.h"
#include "measure/measurements.h"
#include "measure/overview_meter.h"
#include "measure/peak_meter.h"
#include "measure/pulse_meter.h"
#include "measure/source_meter.h"
#include "measure/stereo_meter.h"

namespace lacquer {

enum class MeasureGroups {
  kAll,
  kSound,    // all but `source`: where the audio has been, and what went wrong on the way
  kLoudness  // the groups `loudness` and `peak`, up to 6 channels
};

// Every meter, fed side by side from one stream.
class Meters {
 public:
  Meters(const StreamFormat& format, MeasureGroups groups, bool keep_envelope);
  void add(ConstAudioBlock block);
  // add() in parts that share nothing, the longest first: each must be given the whole stream, on any thread
  // and at its own pace, until all have had it.
  using Part = std::function<void(ConstAudioBlock)>;
  std::vector<Part> parts();
  // The stream ends here. Call once, before result().
  void finish();
  Measurements result() const;
  LimiterEnvelope take_envelope();  // with keep_envelope, after finish()

 private:
  DynamicsResult dynamics(const LoudnessResult& loudness, const PeakResult& peak) const;
  StereoResult stereo(const LoudnessResult& loudness) const;

  StreamFormat format_;
  MeasureGroups groups_;
  LoudnessMeter loudness_;
  PeakMeter peak_;
  OverviewMeter overview_;
  std::optional<StereoMeter> stereo_;
  std::optional<FlatTopMeter> flat_tops_;
  std::optional<PulseMeter> pulse_;
  std::unique_ptr<FrequencyMeters> frequency_;
  std::unique_ptr<SourceMeter> source_;  // listens to frequency_
};

}  // namespace lacquer
