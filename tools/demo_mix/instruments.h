#pragma once

#include <vector>

#include "buffer.h"
#include "parts.h"

// Each adds its part to a buffer, at a level near full scale that the mix then sets.
namespace lacquer::demo {

void play_bass(const std::vector<Note>& notes, Stereo& out);  // saw and sine through a closing filter; mono
void play_pad(const std::vector<Note>& notes,
              Stereo& out);  // three detuned saws to a voice, across the stage
void play_keys(const std::vector<Note>& notes, Stereo& out);     // electric piano by frequency modulation
void play_arp(const std::vector<Note>& notes, Stereo& out);      // plucked saws, left and right in turn
void play_lead(const std::vector<Note>& notes, Stereo& out);     // two saws, gliding, with a late vibrato
void play_counter(const std::vector<Note>& notes, Stereo& out);  // a soft reed: triangle and breath

}  // namespace lacquer::demo
