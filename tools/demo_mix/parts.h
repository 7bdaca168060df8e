#pragma once

#include <vector>

// The song's patterns as played notes: with swing, and with the small unevenness of hands.
namespace lacquer::demo {

struct Note {
  double start_s = 0.0;
  double length_s = 0.0;
  double hz = 0.0;
  double velocity = 0.0;  // 0–1
  double energy = 0.0;    // of the section, 0–1
};

struct Hit {
  double start_s = 0.0;
  double velocity = 0.0;  // 0–1
};

struct Drums {
  std::vector<Hit> kick, snare, clap, hat, open_hat, shaker, wood, crash;
  std::vector<Note> toms;    // hz is the drum's tuning
  std::vector<Note> risers;  // length is the swell
};

struct Parts {
  std::vector<Note> bass, pad, keys, arp, lead, counter;
  Drums drums;
};

Parts play_song();

}  // namespace lacquer::demo
