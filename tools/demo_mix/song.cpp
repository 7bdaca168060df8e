#include "song.h"

#include <array>
#include <string>

#include "core/error.h"

namespace lacquer::demo {
namespace {

constexpr std::array kChords = {
    Chord{"Dm9", "D2", "A2", "F3 A3 C4 E4"},         Chord{"Bbmaj9", "Bb1", "F2", "F3 A3 C4 D4"},
    Chord{"F/A", "A1", "F2", "F3 A3 C4 F4"},         Chord{"Csus4", "C2", "G2", "F3 G3 C4 D4"},
    Chord{"C9", "C2", "G2", "E3 G3 C4 D4"},          Chord{"Gm9", "G2", "D2", "F3 A3 Bb3 D4"},
    Chord{"A7sus4", "A1", "E2", "E3 G3 A3 D4"},      Chord{"A7", "A1", "E2", "E3 G3 A3 C#4"},
    Chord{"Bbmaj7", "Bb1", "F2", "F3 A3 D4 F4"},     Chord{"C6/9", "C2", "G2", "E3 A3 D4 G4"},
    Chord{"Am7", "A1", "E2", "E3 G3 C4 G4"},         Chord{"Dmadd9", "D2", "A2", "F3 A3 D4 E4"},
    Chord{"C/E", "E2", "C2", "G3 C4 D4 G4"},         Chord{"Fadd9", "F2", "C2", "F3 A3 C4 G4"},
    Chord{"F#dim7", "F#2", "C2", "F#3 A3 C4 Eb4"},   Chord{"Gm9/high", "G2", "D2", "F3 Bb3 D4 A4"},
    Chord{"A7sus4/high", "A1", "E2", "E3 A3 D4 G4"}, Chord{"A7/high", "A1", "E2", "E3 A3 C#4 G4"},
    Chord{"Dm/F", "F2", "D2", "F3 A3 D4 E4"},        Chord{"Ebmaj7#11", "Eb2", "Bb1", "G3 A3 Bb3 D4"},
    Chord{"Bbmaj7/D", "D2", "A2", "F3 A3 Bb3 D4"},
};

// D minor. The verse circles home; the chorus starts on the sixth degree and climbs, and turns over F sharp
// diminished into G minor; the breakdown leans on E flat, the flat second degree, before the dominant.
std::vector<Section> compose() {
  return {
      {.name = "intro",
       .energy = 0.35,
       .chords = {"Dm9", "Bbmaj9"},
       .kick = "",
       .snare = "",
       .clap = "",
       .hat = "",
       .open_hat = "",
       .shaker = "",
       .wood = "",
       .crash = false,
       .fill = "",
       .riser = false,
       .bass = "",
       .keys = "x--------x--..x-",
       .arp = "0.2.1.3.2.1.3.4.",
       .pad = true,
       .lead = {},
       .counter = {}},
      {.name = "intro, building",
       .energy = 0.5,
       .chords = {"Gm9", "A7sus4 A7"},
       .kick = "x.........x.....",
       .snare = "",
       .clap = "",
       .hat = "o.x.o.x.o.x.o.xo",
       .open_hat = "",
       .shaker = "",
       .wood = "......o...x.....",
       .crash = false,
       .fill = "--------..s.hhml",
       .riser = false,
       .bass = "R---------------",
       .keys = "x--------x--..x-",
       .arp = "0.213.2.1.304.2.",
       .pad = true,
       .lead = {},
       .counter = {"-.8 A4.4 D5.4", "E5.6 D5.2 C#5.6 -.2"}},
      {.name = "verse",
       .energy = 0.6,
       .chords = {"Dm9", "Bbmaj9", "F/A", "Csus4 C9"},
       .kick = "X......x..x.....|X......x..x....o",
       .snare = "....X.......X...|....X..o....X..o",
       .clap = "",
       .hat = "x.o.xoo.x.o.x.oo",
       .open_hat = "",
       .shaker = "",
       .wood = "...o..x.......o.",
       .crash = true,
       .fill = "",
       .riser = false,
       .bass = "R-----.R-.O-..RA|R----..R-.S-O-.A",
       .keys = "...x--..x--...x-",
       .arp = "",
       .pad = true,
       .lead = {"-.2 A4.2 C5.2 D5.4 C5.2 E5.4", "D5.6 C5.2 A4.5 -.3", "-.2 A4.2 C5.2 F5.4 E5.2 C5.4",
                "D5.4 C5.2 D5.2 G4.5 -.3"},
       .counter = {}},
      {.name = "verse, answered",
       .energy = 0.68,
       .chords = {"Dm9", "Bbmaj9", "Gm9", "A7sus4 A7"},
       .kick = "X......x..x.....|X......x..x..o..",
       .snare = "....X..o....X...|....X..o.o..X..o",
       .clap = "",
       .hat = "x.o.xoo.x.o.x...",
       .open_hat = "..............x.",
       .shaker = "o.o.x.o.o.o.x.o.",
       .wood = "...o..x.......o.",
       .crash = false,
       .fill = "--------s.ssh.ml",
       .riser = true,
       .bass = "R-----.R-.O-..RA|R----..R-.S-O-.A",
       .keys = "...x--..x--...x-",
       .arp = "",
       .pad = true,
       .lead = {"-.2 A4.2 C5.2 D5.4 C5.2 E5.4", "F5.6 E5.2 D5.4 C5.4", "Bb4.3 -.3 D5.2 C5.2 Bb4.2 A4.4",
                "D5.7 -.1 C#5.6 -.2"},
       .counter = {"-.16", "-.12 F4.2 G4.2", "A4.6 -.10", "-.8 G4.2 A4.2 C#5.4"}},
      {.name = "chorus",
       .energy = 0.88,
       .chords = {"Bbmaj7", "C6/9", "Am7", "Dmadd9", "Bbmaj7", "C/E", "Fadd9 F#dim7", "Gm9/high A7sus4/high"},
       .kick = "X..x..x.X.....x.|X..x..x.X..o..x.",
       .snare = "....X.......X...|....X.......X.oo",
       .clap = "....x.......x...",
       .hat = "x.o.x.o.x.o.x.o.",
       .open_hat = "..x...x...x...x.",
       .shaker = "x.oox.oox.oox.oo",
       .wood = "..x..x....x..o..",
       .crash = true,
       .fill = "------------shml",
       .riser = false,
       .bass = "R-.R-.R-O-.R-.S-|R-.R-.R-O-.S-.RA",
       .keys = "x-----x-----x---",
       .arp = "0213421302145637",
       .pad = true,
       .lead = {"F5.6 G5.2 A5.4 F5.4", "G5.6 E5.2 D5.4 -.4", "E5.6 F5.2 G5.4 E5.4", "F5.4 E5.2 D5.5 -.5",
                "F5.6 G5.2 A5.4 C6.4", "Bb5.2 A5.2 G5.7 -.5", "A5.4 G5.2 F5.2 Eb5.4 C5.4",
                "D5.6 Bb4.2 D5.3 -.1 E5.4"},
       .counter = {"-.16", "-.12 A4.2 B4.2", "C5.6 -.10", "-.12 A4.2 C5.2", "D5.6 C5.2 D5.4 -.4",
                   "-.12 D5.2 E5.2", "F5.6 -.10", "-.16"}},
      {.name = "breakdown",
       .energy = 0.45,
       .chords = {"Gm9", "Dm/F", "Ebmaj7#11", "A7sus4 A7"},
       .kick = "",
       .snare = "",
       .clap = "",
       .hat = "",
       .open_hat = "",
       .shaker = "o.o.x.o.o.o.x.oo",
       .wood = "x.....o...x...o.",
       .crash = true,
       .fill = "----l.l.m.m.hhss",
       .riser = true,
       .bass = "R-----------S---",
       .keys = "x-------x-----x-",
       .arp = "",
       .pad = true,
       .lead = {"-.4 Bb4.4 D5.7 -.1", "A4.11 -.5", "-.4 G4.4 Bb4.4 A4.4", "D5.8 C#5.5 -.3"},
       .counter = {"-.12 F5.2 D5.2", "-.8 E5.2 F5.2 A5.4", "G5.6 -.6 D5.4", "-.10 E5.2 G5.4"}},
      {.name = "final chorus",
       .energy = 1.0,
       .chords = {"Bbmaj7", "C6/9", "Am7", "Dmadd9", "Bbmaj7", "C/E", "Fadd9 F#dim7", "Gm9/high A7/high"},
       .kick = "X...X...X...x..o|X...X...X..xX.x.",
       .snare = "....X.......X...|....X..o....X.oo",
       .clap = "....X.......X...",
       .hat = "x.o.x.o.x.o.x.oo",
       .open_hat = "..X...X...X...X.",
       .shaker = "x.oox.oox.oox.oo",
       .wood = "..x..x.o..x..o.o",
       .crash = true,
       .fill = "--------s.shhmml",
       .riser = false,
       .bass = "R-RR.RO-R-RR.RS-|R-RR.RO-R-S-O-RA",
       .keys = "x-----x-----x---",
       .arp = "0213421302145637",
       .pad = true,
       .lead = {"F5.4 E5.1 F5.1 G5.2 A5.4 F5.2 A5.2", "G5.6 E5.2 D5.4 -.4",
                "E5.4 D5.1 E5.1 F5.2 G5.4 E5.2 G5.2", "F5.4 E5.2 D5.5 -.5", "F5.4 G5.2 A5.2 C6.4 D6.4",
                "C6.2 Bb5.2 A5.2 G5.5 -.5", "A5.4 G5.2 F5.2 Eb5.4 C5.4", "D5.4 F5.2 E5.2 D5.2 C#5.5 -.1"},
       .counter = {"D5.8 C5.8", "-.10 G4.2 A4.2 B4.2", "C5.8 B4.8", "-.10 G4.2 A4.2 C5.2", "D5.8 E5.4 F5.4",
                   "-.12 D5.2 E5.2", "F5.6 -.2 F#4.8", "Bb4.8 A4.6 -.2"}},
      {.name = "outro",
       .energy = 0.5,
       .chords = {"Bbmaj7/D", "Dm9", "Dm9"},
       .kick = "X...............|x...............|................",
       .snare = "",
       .clap = "",
       .hat = "",
       .open_hat = "",
       .shaker = "o.o.x.o.o.o.o...|................|................",
       .wood = "x.....o...x.....|................|................",
       .crash = true,
       .fill = "",
       .riser = false,
       .bass = "R---------------|R---------------|----------------",
       .keys = "x-------x-----x-|x---------------|----------------",
       .arp = "0.2.1.3.2.1.3.4.|0.1.2.3.4...5...|6...............",
       .pad = true,
       .lead = {"-.2 A4.2 C5.2 D5.9 -.1", "E5.16"},
       .counter = {"-.10 F5.2 D5.4", "-.4 C5.4 A4.8"}},
  };
}

}  // namespace

const std::vector<Section>& song() {
  static const std::vector<Section> sections = compose();
  return sections;
}

const Chord& chord_named(std::string_view name) {
  for (const Chord& chord : kChords) {
    if (chord.name == name) return chord;
  }
  throw Error("the song names the chord " + std::string(name) +
              ", which is not in the list; add it to song.cpp");
}

int bar_count() {
  int bars = 0;
  for (const Section& section : song()) bars += static_cast<int>(section.chords.size());
  return bars;
}

double bar_to_seconds(double bar) { return kHead_s + (bar - 1.0) * 4.0 * 60.0 / kTempoBpm; }

double song_length_s() { return bar_to_seconds(bar_count() + 1) + kTail_s; }

}  // namespace lacquer::demo
