#pragma once

#include <memory>

#include "audio_io/header.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"

namespace lacquer {

// The two ways to decode, behind open_audio(). `open_sndfile` returns nothing when libsndfile does not know
// the file or it is better left to libav; `open_libav` throws Error.
std::unique_ptr<FileSource> open_sndfile(std::shared_ptr<const LocalFile> file, const HeaderFacts& header);
std::unique_ptr<FileSource> open_libav(std::shared_ptr<const LocalFile> file, const HeaderFacts& header);

// Throws Error for a rate or a number of channels that is out of range.
void require_supported(double sample_rate_hz, int channels);

inline constexpr const char* kNoAudio = "holds no audio; export it again from where it was made";

}  // namespace lacquer
