#pragma once

#include <string_view>
#include <vector>

// The composition, as data: what is played, and nothing about how it sounds.
namespace lacquer::demo {

inline constexpr double kTempoBpm = 104.0;
inline constexpr int kStepsPerBar = 16;
// How late every second sixteenth comes, as a share of a sixteenth.
inline constexpr double kSwing = 0.16;
// Silence before bar 1, and the time the last chord gets to ring out after the last bar.
inline constexpr double kHead_s = 0.1;
inline constexpr double kTail_s = 3.5;

// Notes are names with an octave ("Bb3"; A4 is 440 Hz). The voices are written out one by one, from low to
// high, so that each moves as little as it can from chord to chord.
struct Chord {
  std::string_view name;
  std::string_view bass;   // what the bass stands on
  std::string_view other;  // the bass's second note in this chord
  std::string_view voices;
};

// Patterns are read a sixteenth to a character and repeat through the section; '|' and spaces only divide.
//   drums        X loud, x normal, o ghost, . rest
//   bass, keys   a letter starts a note, - holds it, . rests
//                bass: R bass note, S second note, O octave above, A a semitone under the next bass note
//   arp          0–3 a voice of the chord, 4–7 the same an octave up
//   fill         replaces the drums of the section's last bar where it is not '-':
//                s snare, h m l toms, . silence
// Melodies: one string to a bar, each word a pitch (or - for a rest) and its length in sixteenths: "D5.4".
struct Section {
  std::string_view name;
  double energy;                         // 0–1: how hard it is played, how far the filters open
  std::vector<std::string_view> chords;  // one string to a bar; two names share it in halves
  std::string_view kick, snare, clap, hat, open_hat, shaker, wood;
  bool crash;  // on the first beat
  std::string_view fill;
  bool riser;  // filtered noise swells through the section's last two bars
  std::string_view bass, keys, arp;
  bool pad;
  std::vector<std::string_view> lead, counter;
};

const std::vector<Section>& song();
const Chord& chord_named(std::string_view name);
int bar_count();
double bar_to_seconds(double bar);  // bar 1 starts at kHead_s
double song_length_s();             // with the tail

}  // namespace lacquer::demo
