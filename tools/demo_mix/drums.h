#pragma once

#include <vector>

#include "buffer.h"
#include "parts.h"

// The drum kit, all of it synthesised: swept sines and filtered noise. Each adds to a buffer.
namespace lacquer::demo {

void play_kick(const std::vector<Hit>& hits, Stereo& out);
void play_snare(const std::vector<Hit>& hits, const std::vector<Hit>& claps, Stereo& out);
void play_hats(const std::vector<Hit>& closed, const std::vector<Hit>& open, Stereo& out);
void play_percussion(const std::vector<Hit>& shaker, const std::vector<Hit>& wood, Stereo& out);
void play_toms(const std::vector<Note>& toms, Stereo& out);
void play_cymbals(const std::vector<Hit>& crashes, const std::vector<Note>& risers, Stereo& out);

}  // namespace lacquer::demo
