#pragma once

#include <filesystem>
#include <vector>

#include "app/mix.h"
#include "judge/plan.h"
#include "measure/measurements.h"
#include "session/telling_passage.h"

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

// The most telling seconds of a master, and a pair to compare them with the mix by.
struct PreviewFiles {
  TellingPassage chosen;
  std::filesystem::path passage;         // of the master, bit for bit
  std::filesystem::path matched_master;  // the same as 32-bit float, turned down …
  std::filesystem::path matched_mix;     // … to be as loud as this, with no peak above -1 dBTP in either
};

// Cuts the passage out of `master` and of the mix. They stand beside `like`, whose name they take:
// NAME.preview.wav, NAME.preview-a-mix.wav, NAME.preview-b-master.wav.
PreviewFiles write_preview(Mix& mix, const std::filesystem::path& master, const TellingPassage& passage,
                           const std::filesystem::path& like, bool overwrite,
                           const ProgressCallback& progress);

}  // namespace lacquer
