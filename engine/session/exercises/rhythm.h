#pragma once

#include "session/exercises/sound.h"

namespace lacquer {

struct Tapping {
  double bpm = 0.0;
  double spread_ms = 0.0;  // standard deviation of the taps from the steady beat that fits them best
  int taps = 0;
};
// Taps in seconds, in order; one that was missed leaves a gap of two beats. Empty: fewer than four taps, or
// no beat between 20 and 400 a minute.
std::optional<Tapping> read_taps(const std::vector<double>& taps_s);

// Where sounds begin: the moment of the steepest rise of the level over a few milliseconds, for every rise of
// 6 dB or more within 35 dB of the loudest one, at least 50 ms apart. In seconds.
std::vector<double> attacks_of(const Sound& sound);

struct GridOffset {
  double median_ms = 0.0;  // late is positive
  double spread_ms = 0.0;  // standard deviation
  int attacks = 0;
};
// Attacks against the nearest sixteenth of a grid that begins with the file. Empty without attacks.
std::optional<GridOffset> grid_offset(const std::vector<double>& attacks_s, double bpm);

// Which bars of a piece that begins on a bar line are the same: for each bar the number of the first one that
// it equals (its own where there is none), bars less than `same_dbfs` apart by RMS. The last, broken bar
// is left out.
std::vector<int> equal_bars(const Sound& sound, double bpm, int beats_in_bar, double same_dbfs);
// The most bars in a row that are the same.
int longest_run(const std::vector<int>& bars);

struct Drum {
  std::optional<double> hz;  // where the pitch has settled, 30 to 400 Hz; empty where it rings too shortly
  double decay_s = 0.0;      // from the peak until it is 20 dB lower
};
// The loudest hit of a drum track, from 50 ms after its attack.
Drum read_drum(const Sound& sound);
// "G#1", and how far off in cents.
struct NoteName {
  std::string name;
  double cents = 0.0;
};
NoteName nearest_note(double hz);

}  // namespace lacquer
