#pragma once

#include <filesystem>
#include <vector>

#include "api/systems.h"
#include "core/progress.h"
#include "measure/measurements.h"
#include "playback/systems.h"

namespace lacquer {

// Writes the original ("00-original.wav") and what every system but the first makes of it ("01-over-ear.wav")
// to a folder, which is made where there is none: 24-bit WAV files at the rate of the source, the music
// equally loud (BS.1770) and the noise around the listener as much under it as the system's data say. A file
// that exists is kept and a number added unless `overwrite`; each file appears whole or not at all. Silence
// gives none. Throws FileError and Cancelled.
std::vector<RenderedSystem> render_systems(const std::filesystem::path& source, const Measurements& measured,
                                           const std::vector<PlaybackSystem>& systems,
                                           const std::filesystem::path& folder, bool overwrite,
                                           const ProgressCallback& progress);

}  // namespace lacquer
