#pragma once

#include <vector>

#include "core/audio_block.h"
#include "core/audio_stream.h"
#include "core/progress.h"
#include "measure/measurements.h"

namespace lacquer {

// Passages for a person to compare by ear: long enough to settle into, short enough to repeat, and equally
// loud, because what is louder sounds better.

inline constexpr double kLeastClipS = 8.0;
inline constexpr double kMostClipS = 15.0;
inline constexpr double kClipFadeS = 0.02;
inline constexpr double kClipLufs = -18.0;        // or lower, so that no clip passes …
inline constexpr double kClipCeilingDbtp = -1.0;  // … this
// One passage with a lone peak shall not make all others inaudible: it stays quieter than they are.
inline constexpr double kLeastClipLufs = -30.0;

// 8 to 15 s about the middle of `wanted`, inside audio of `duration_s`; all of it where it is shorter.
TimeRange clip_passage(const TimeRange& wanted, double duration_s);

struct Clip {
  TimeRange when;
  AudioBuffer audio;  // faded, before the gain
  double gain_db = 0.0;
  double short_of_lu = 0.0;  // how much quieter than the others it stays, for its peaks
};

// Cuts the passages out of the source in one pass and finds the gains that make them equally loud. A passage
// without loudness (silence) or beyond the end comes back without audio. Throws Error when the source fails,
// Cancelled when `progress` says stop.
std::vector<Clip> cut_clips(AudioSource& source, const std::vector<TimeRange>& passages,
                            const ProgressCallback& progress);

// Finds the gains that make clips of one rate equally loud: at kClipLufs, or as much lower as the highest of
// their peaks asks for, and never below kLeastClipLufs. A clip without loudness loses its audio.
void match_clips(std::vector<Clip>& clips, double sample_rate_hz);

// What one loudspeaker plays: (L+R)/2 on both channels.
AudioBuffer in_mono(const AudioBuffer& audio);

// With its gain, on the grid of 24 bits, dithered; never above full scale.
AudioBuffer finished(const AudioBuffer& audio, double gain_db, double sample_rate_hz);

}  // namespace lacquer
