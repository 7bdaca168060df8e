#pragma once

#include "core/audio_stream.h"
#include "core/result.h"
#include "judge/plan.h"
#include "measure/limiter_envelope.h"
#include "measure/measurements.h"
#include "session/master.h"
#include "session/survey.h"

namespace lacquer {

// How the master's samples are quantised: on the grid of 16 or 24 bits with TPDF dither, or left as float.
struct OutputFormat {
  enum class Bits { k16, k24, kFloat32 };
  enum class Dither {
    kPlain,
    kShaped
  };  // shaped: noise moved to where hearing is weakest; 16 bits, up to 48 kHz
  Bits bits = Bits::k24;
  Dither dither = Dither::kPlain;
};

struct RenderedMaster {
  Measurements after;  // of what was written: loudness, peaks and overview
  LimiterWork limiter;
  int renders = 0;  // full passes through the chain: one, or two where the first missed
};

// Renders `plan` from `source` into `sink`: same length as the source, latency compensated to the sample,
// landing on plan.loudness_lufs within 0.1 LU and under plan.ceiling_dbtp. `envelope` is what reaches the
// limiter (envelope_under()). Written samples lie on the grid of `output`, so that a sink may write them as
// integers without rounding. Fails with the nearest loudness in reach when the one asked for cannot be landed
// on. The same plan, source and output format give the same bits, whatever the executor.
Result<RenderedMaster> render_master(AudioSource& source, AudioSink& sink, const Plan& plan,
                                     const LimiterEnvelope& envelope, const OutputFormat& output,
                                     const Working& working);

}  // namespace lacquer
