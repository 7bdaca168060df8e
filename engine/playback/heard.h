#pragma once

#include <array>
#include <vector>

#include "measure/measurements.h"
#include "playback/hearing.h"
#include "playback/systems.h"

namespace lacquer {

// What of a piece is heard on a system: its loudness band by band and moment by moment, beside the same piece
// on the reference, equally loud and in a quiet room.

// Mean squares of mid, M = (L+R)/2, and side, S = (L-R)/2, by third octave. Their sum is the mean over the
// channels.
struct MidSide {
  std::array<double, kThirdOctaves> mid{};
  std::array<double, kThirdOctaves> side{};
};

struct MusicOverTime {
  double column_s = 0.0;
  std::vector<MidSide> columns;
  MidSide mean;  // over the columns no more than 10 LU below the mean of all: the gate of BS.1770
};

// Empty where the spectrum was not measured or holds no sound. The columns are those of the measurements,
// joined to at most 96: 0.4 s of a short piece, 3 s of four minutes.
MusicOverTime music_of(const Measurements& audio);
// A steady sound of so many decibels by third octave, with a side signal so far below its middle.
MusicOverTime steady_music(const std::array<double, kThirdOctaves>& level_db,
                           const std::array<double, kThirdOctaves>& side_to_mid_db);

// Which of a system's traits take part; the others are taken for the reference's.
struct Traits {
  bool mono = true;
  bool noise = true;
};

struct Heard {
  double loudness_change_lu = 0.0;    // K-weighted, of the result at unchanged gain; without its limiter
  std::vector<BarkValues> on_system;  // loudness by column
  std::vector<BarkValues> on_reference;
};

// The level in dB SPL of a full-scale mean square when the piece plays at the system's music_dba.
double full_scale_spl_db(const MusicOverTime& music, const PlaybackSystem& system);

// The result is made as loud as the original (K-weighted), and both play at the system's music_dba.
// `music.columns` must hold sound.
Heard hear(const MusicOverTime& music, const PlaybackSystem& system, const PlaybackSystem& reference,
           Traits traits = {});

}  // namespace lacquer
