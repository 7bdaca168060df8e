#pragma once

#include <optional>
#include <vector>

#include "core/audio_block.h"
#include "measure/measurements.h"

namespace lacquer {

// A passage held in memory, for exercises to change and compare. One or two channels.
struct Sound {
  AudioBuffer audio;
  double rate_hz = 0.0;

  double seconds() const { return audio.frames() / rate_hz; }
};

struct SoundLevel {
  std::optional<double> lufs;  // integrated; empty for silence
  std::optional<double> dbtp;
};
SoundLevel level_of(const Sound& sound);
Measurements measure_sound(const Sound& sound);  // every group

// The part of a sound, within its ends.
Sound part_of(const Sound& sound, const TimeRange& when);
void scale(Sound& sound, double gain_db);
// Raised cosine over `seconds` at both ends.
void fade_ends(AudioBuffer& audio, double sample_rate_hz, double seconds);
// (L+R)/2 as one row.
std::vector<double> middle_of(const Sound& sound);
// Mean square over all channels; 0 for nothing.
double mean_square(const Sound& sound);
double sample_peak(const Sound& sound);

// Turns every sound to one loudness: `lufs`, or as much below it as the highest peak among them asks for, so
// that none passes the ceiling of clips (session/clips.h). Silent ones stay as they are. Returns the
// loudness.
double match_loudness(const std::vector<Sound*>& sounds, double lufs);

// The loudest `seconds` of a piece, by its momentary loudness; all of it where it is shorter. Throws Error
// for silence.
TimeRange loudest_stretch(const Measurements& measured, double seconds);

}  // namespace lacquer
