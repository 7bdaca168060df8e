#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "core/audio_pair.h"
#include "core/audio_stream.h"
#include "core/progress.h"
#include "playback/codec_meter.h"

namespace lacquer {

// A codec as the engine sees it: a source in, the same with its decoded version beside it out. The source
// outlives the pair and is read from its start.
using RoundTrip = std::function<std::unique_ptr<AudioPairSource>(AudioSource&)>;

// The stretch of a piece that a search encodes instead of all of it.
inline constexpr double kExcerptS = 30.0;
struct Excerpt {
  TimeRange when;
  AudioBuffer audio;
  double sample_rate_hz = 48000.0;
};
// The 30 s with the highest mean power, of short-term loudness every 100 ms (as LoudnessResult has it); the
// whole piece where it is shorter or silent.
TimeRange loudest_stretch(const std::vector<float>& short_term_lufs, double duration_s);
// Reads the source up to there. Where it does not begin with the piece it is faded in for kExcerptFadeS: an
// encoder overshoots where a file begins in full sound (FFmpeg's AAC by 3 dB and more, in its first 1,024
// frames), which a beginning that the piece does not have must not add.
inline constexpr double kExcerptFadeS = 0.1;
Excerpt cut_excerpt(AudioSource& source, const TimeRange& when);

struct CodecStudy {
  CodecMeasurement as_it_is;
  // The highest ceiling found under which this codec decodes at or below 0 dBTP: the true peak of the piece
  // where that holds already. Empty in silence, or where not even -12 dBTP is low enough.
  std::optional<double> ceiling_needed_dbtp;
};

// Encodes, decodes and measures the whole source.
CodecMeasurement measure_codec(AudioSource& source, const RoundTrip& codec, const ProgressCallback& progress);
// True peak after decoding, in dBTP; empty in silence. Quicker than measure_codec().
std::optional<double> decoded_peak(AudioSource& source, const RoundTrip& codec,
                                   const ProgressCallback& progress);

// What a codec does to a piece whose true peak is `true_dbtp`, and the ceiling the piece needs for it: the
// search limits and encodes the excerpt only; what the rest of the piece decodes higher than the excerpt is
// kept as a margin.
CodecStudy study_codec(AudioSource& whole, const Excerpt& excerpt, std::optional<double> true_dbtp,
                       const RoundTrip& codec, const ProgressCallback& progress);

inline constexpr double kLowestCeilingDbtp = -12.0;

}  // namespace lacquer
