#pragma once

#include <memory>
#include <string>

#include "core/audio_pair.h"
#include "core/audio_stream.h"

namespace lacquer {

struct CodecSettings {
  std::string codec;  // "vorbis", "opus", "aac" or "mp3"
  int bitrate_kbps = 128;
};

// Whether FFmpeg's libraries here have the encoder (libvorbis, libopus, aac, libmp3lame) and the decoder.
// False too where the libraries are missing.
bool codec_is_available(const std::string& codec);

// The rate a codec is given audio at: 48,000 Hz for Opus; for the others 44,100 Hz where the source's rate is
// a multiple of 44,100, and 48,000 Hz else. That is how services deliver.
double codec_rate_hz(const std::string& codec, double source_rate_hz);

// `source` (one or two channels, at its start, which must outlive the result) through encoder and decoder in
// memory, at codec_rate_hz(), with the encoder's and decoder's delay taken out: frame n of the decoded audio
// is what became of frame n. Exactly as many frames as the source has at that rate. Mono is encoded as two
// equal channels, as services deliver it, and the first one handed out. Throws Error for a codec that is not
// available or refuses these settings, and for more than two channels.
std::unique_ptr<AudioPairSource> round_trip(AudioSource& source, const CodecSettings& settings);

}  // namespace lacquer
