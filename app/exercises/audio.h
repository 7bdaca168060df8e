#pragma once

#include "app/exercises/exercise.h"

namespace lacquer {

// Files of an exercise. All throw FileError: a file that cannot be read, more than two channels, silence, or
// less than a second of sound.

// `least` to `most` files; the words say which: "a track, then its new bounce".
void need_files(const ExerciseRun& run, std::size_t least, std::size_t most, std::string_view words);

// Up to 12 minutes at 48 kHz stereo, whole; a longer one is refused.
Sound whole_file(const std::filesystem::path& file, const ProgressCallback& progress);
// Silence and files of some milliseconds are fine here: a stem may be silent.
Sound whole_stem(const std::filesystem::path& file, const ProgressCallback& progress);

// The loudest stretch of a file of any length, and where it was.
struct LoudPassage {
  Sound sound;  // not faded, not scaled
  TimeRange when;
};
LoudPassage loudest_excerpt(const std::filesystem::path& file, double seconds,
                            const ProgressCallback& progress);

// All of one rate. Throws FileError about the first that differs.
std::vector<Sound> stems_of(const ExerciseRun& run, std::size_t from, std::size_t count);

// At another rate and back: what a conversion leaves. Throws Error.
Sound converted_and_back(const Sound& sound, double rate_hz);
// Through an encoder and back, at the rate of the sound; empty where it is not available here or would need
// another rate. With what the encoder was given, frame for frame.
struct Decoded {
  Sound before;
  Sound after;
};
std::optional<Decoded> encoded_and_back(const Sound& sound, const std::string& codec, int bitrate_kbps);
// Played faster (above 1) or slower, pitch and length together, as a sampler does.
Sound retuned(const Sound& sound, double ratio);
// At `rate_hz`.
Sound at_rate(const Sound& sound, double rate_hz);

}  // namespace lacquer
