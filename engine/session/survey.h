#pragma once

#include "core/audio_stream.h"
#include "core/executor.h"
#include "core/progress.h"
#include "measure/limiter_envelope.h"
#include "measure/measurements.h"
#include "measure/meters.h"

namespace lacquer {

// What long work over a source goes by. The results do not depend on either.
struct Working {
  Executor& executor;
  const ProgressCallback& progress;  // told on the caller's thread
};

// Streams the source once, from its first frame, in constant memory, and measures it. The source is read on
// any of the executor's threads, one at a time.
// Throws Error when the source fails, Cancelled when `progress` says stop.
Measurements measure_source(AudioSource& source, MeasureGroups groups, const Working& working);

// What planning needs besides the measurements: how the limiter would act at any drive.
struct Survey {
  Measurements measurements;
  LimiterEnvelope envelope;
};
Survey survey_source(AudioSource& source, MeasureGroups groups, const Working& working);

}  // namespace lacquer
