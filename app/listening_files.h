#pragma once

#include <filesystem>
#include <vector>

#include "app/mix.h"
#include "judge/plan.h"
#include "measure/measurements.h"

namespace lacquer {

// Files beside a master for the ear alone: 32-bit float WAV, as long as the mix, in time with it to the
// sample. All throw FileError for what cannot be written, and keep an existing file unless `overwrite`.

// The audio after each stage before the limiter that is on, at the level of the mix: DIR/1-gain-staging.wav,
// … Returns the names. The directory is made where it does not exist.
std::vector<std::filesystem::path> write_steps(Mix& mix, const Plan& plan,
                                               const std::filesystem::path& directory, bool overwrite,
                                               const ProgressCallback& progress);

// What mastering changed: the master, brought to the loudness of the mix, less the mix. Silence where they
// are the same but for gain.
std::filesystem::path write_delta(Mix& mix, const std::filesystem::path& master, const Measurements& before,
                                  const Measurements& after, const std::filesystem::path& to, bool overwrite,
                                  const ProgressCallback& progress);

}  // namespace lacquer
