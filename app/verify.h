#pragma once

#include <cstdint>
#include <vector>

#include "core/source_info.h"
#include "judge/plan.h"
#include "session/master.h"
#include "session/render_master.h"

namespace lacquer {

// What a master promises, as read from the file that was written.
struct MasterFacts {
  SourceInfo file;
  Measurements measured;
};

// True peak (the limiter's promise allows 0.05 dB over), loudness (0.1 LU), length, rate and bits.
std::vector<VerifiedClaim> verify(const MasterFacts& master, const Plan& plan, const OutputFormat& samples,
                                  std::int64_t frames, double sample_rate_hz);

}  // namespace lacquer
