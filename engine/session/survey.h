#pragma once

#include "chain/limiter_envelope.h"
#include "core/audio_stream.h"
#include "core/progress.h"
#include "measure/measurements.h"

namespace lacquer {

enum class MeasureGroups { kAll, kLoudness };  // kLoudness: the groups `loudness` and `peak`, up to 6 channels

// Streams the source once, from its first frame, in constant memory, and measures it.
// Throws Error when the source fails, Cancelled when `progress` says stop.
Measurements measure_source(AudioSource& source, MeasureGroups groups, const ProgressCallback& progress);

// What planning needs besides the measurements: how the limiter would act at any drive.
struct Survey {
  Measurements measurements;
  LimiterEnvelope envelope;
};
Survey survey_source(AudioSource& source, const ProgressCallback& progress);

}  // namespace lacquer
