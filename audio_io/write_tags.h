#pragma once

#include <sndfile.h>

#include <filesystem>

#include "audio_io/tags.h"

namespace lacquer {

// WAV, before the first sample: LIST/INFO and bext in front of the audio, since some distributors refuse a
// WAV file with anything behind it. Only these nine names fit: title, artist, album, date, track number,
// genre, comment, copyright, license. A picture does not.
void put_tags_in_wav_header(SNDFILE* file, const Tags& tags, double sample_rate_hz);

// All fields and the picture: Vorbis comments and a picture block, or an ID3v2 chunk. Throws Error when they
// did not arrive whole (a full disk).
void tag_flac(const std::filesystem::path& path, const Tags& tags);
void tag_aiff(const std::filesystem::path& path, const Tags& tags);

}  // namespace lacquer
