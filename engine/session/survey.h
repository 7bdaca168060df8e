#pragma once

#include "core/audio_stream.h"
#include "core/progress.h"
#include "measure/limiter_envelope.h"
#include "measure/measurements.h"
#include "measure/meters.h"

namespace lacquer {

// Streams the source once, from its first frame, in constant memory, and measures it.
// Throws Error when the source fails, Cancelled when `progress` says stop.
Measurements measure_source(AudioSource& source, MeasureGroups groups, const ProgressCallback& progress);

// What planning needs besides the measurements: how the limiter would act at any drive.
struct Survey {
  Measurements measurements;
  LimiterEnvelope envelope;
};
Survey survey_source(AudioSource& source, const ProgressCallback& progress,
                     MeasureGroups groups = MeasureGroups::kAll);

}  // namespace lacquer
