#pragma once

#include <vector>

#include "buffer.h"
#include "parts.h"

namespace lacquer::demo {

struct ReverbSettings {
  double pre_delay_s;
  double size;     // scales the delay lines; 1 is a hall whose lines are 31–89 ms
  double decay_s;  // time to fall by 60 dB, below the damping
  double damping_hz;
  double low_cut_hz;
};

// Feedback delay network: eight lines through a Hadamard matrix, each with its damping, behind two diffusers
// (J.-M. Jot and A. Chaigne, "Digital delay networks for designing artificial reverberators", AES 90, 1991).
// Returns the reverberation alone.
Stereo reverberate(const Stereo& in, const ReverbSettings& settings);

// Echoes on alternate sides, each darker than the one before. Returns the echoes alone.
Stereo echo(const Stereo& in, double time_s, double feedback);

// Makes room for the kick: down by depth_db within 4 ms of each hit, back within about 200 ms.
void duck(Stereo& audio, const std::vector<Hit>& kicks, double depth_db);

void low_cut(Stereo& audio, double hz);  // 12 dB per octave
void bell(Stereo& audio, double hz, double q, double gain_db);
void narrow_below(Stereo& audio, double hz);  // takes the side signal away, 24 dB per octave
void fade_out(Stereo& audio, double from_s);  // to nothing at the end

}  // namespace lacquer::demo
