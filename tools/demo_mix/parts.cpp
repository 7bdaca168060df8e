#include "parts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/error.h"
#include "core/noise.h"
#include "song.h"

namespace lacquer::demo {
namespace {

constexpr double kStep_s = 60.0 / kTempoBpm / 4.0;

// Small unevenness in time and touch; each part has its own seed and so its own hands.
class Player {
 public:
  Player(std::uint64_t seed, double timing_ms, double touch)
      : noise_(seed), timing_s_(timing_ms * 1e-3), touch_(touch) {}
  double time(double seconds) { return std::max(0.0, seconds + timing_s_ * noise_.triangular()); }
  double velocity(double v) { return std::clamp(v * (1.0 + touch_ * noise_.triangular()), 0.05, 1.0); }

 private:
  NoiseGenerator noise_;
  double timing_s_;
  double touch_;
};

// A place in the song: the section and how far into it, in sixteenths.
struct Place {
  const Section& section;
  int first_bar;  // of the section, from 0
  int step;       // from the section's start
  int steps() const { return static_cast<int>(section.chords.size()) * kStepsPerBar; }
};

double step_to_seconds(int step) {
  return bar_to_seconds(1) + (step + (step % 2 == 1 ? kSwing : 0.0)) * kStep_s;
}
double seconds_at(const Place& place) { return step_to_seconds(place.first_bar * kStepsPerBar + place.step); }

template <typename Visit>
void for_each_section(Visit visit) {
  int bar = 0;
  for (const Section& section : song()) {
    visit(section, bar);
    bar += static_cast<int>(section.chords.size());
  }
}

std::string steps_of(std::string_view pattern) {
  std::string steps;
  for (const char c : pattern) {
    if (c != '|' && c != ' ') steps += c;
  }
  return steps;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

// "Bb3" → Hz, equal temperament on A4 = 440 Hz.
double note_to_hz(std::string_view name) {
  constexpr int kSemitones[] = {9, 11, 0, 2, 4, 5, 7};  // A B C D E F G above C
  const char letter = name.empty() ? '?' : name.front();
  if (letter < 'A' || letter > 'G')
    throw Error("the song has a note called '" + std::string(name) + "'; write it like Bb3");
  int semitone = kSemitones[letter - 'A'];
  name.remove_prefix(1);
  for (; !name.empty() && (name.front() == '#' || name.front() == 'b'); name.remove_prefix(1)) {
    semitone += name.front() == '#' ? 1 : -1;
  }
  const int octave = std::atoi(std::string(name).c_str());
  return 440.0 * std::exp2((semitone - 9) / 12.0 + octave - 4);
}

// The chord that sounds at a step; past the section's end, the next section's first.
const Chord& chord_at(const Place& place) {
  if (place.step >= place.steps()) {
    const Section* next = &place.section + 1;
    const bool last = next == song().data() + song().size();
    return chord_named(words_of(last ? place.section.chords.back() : next->chords.front()).front());
  }
  const auto names = words_of(place.section.chords[static_cast<std::size_t>(place.step / kStepsPerBar)]);
  const std::size_t half = place.step % kStepsPerBar >= kStepsPerBar / 2 ? 1 : 0;
  return chord_named(names[std::min(half, names.size() - 1)]);
}

double hit_velocity(char c) { return c == 'X' ? 1.0 : c == 'x' ? 0.78 : c == 'o' ? 0.42 : 0.0; }

char fill_at(const Place& place) {
  const int from_end = place.steps() - place.step;
  if (place.section.fill.empty() || from_end > kStepsPerBar) return '-';
  return place.section.fill[static_cast<std::size_t>(kStepsPerBar - from_end)];
}

std::vector<Hit> play_drum(std::string_view Section::*pattern, Player player) {
  std::vector<Hit> hits;
  for_each_section([&](const Section& section, int first_bar) {
    const std::string steps = steps_of(section.*pattern);
    if (steps.empty()) return;
    for (Place place{section, first_bar, 0}; place.step < place.steps(); ++place.step) {
      const double velocity = hit_velocity(steps[static_cast<std::size_t>(place.step) % steps.size()]);
      if (velocity <= 0.0 || fill_at(place) != '-') continue;
      const double force = velocity * (0.8 + 0.2 * section.energy);
      hits.push_back({player.time(seconds_at(place)), player.velocity(force)});
    }
  });
  return hits;
}

void play_fills(Drums& drums, Player player) {
  for_each_section([&](const Section& section, int first_bar) {
    for (Place place{section, first_bar, 0}; place.step < place.steps(); ++place.step) {
      const char c = fill_at(place);
      const double rise = 0.6 + 0.35 * (place.step % kStepsPerBar) / kStepsPerBar;
      const double start_s = player.time(seconds_at(place));
      if (c == 's') drums.snare.push_back({start_s, player.velocity(rise)});
      const double hz = c == 'h' ? 190.0 : c == 'm' ? 145.0 : c == 'l' ? 105.0 : 0.0;
      if (hz > 0.0) drums.toms.push_back({start_s, 0.4, hz, player.velocity(rise), section.energy});
    }
  });
}

Drums play_drums() {
  Drums drums;
  drums.kick = play_drum(&Section::kick, Player(11, 2.0, 0.06));
  drums.snare = play_drum(&Section::snare, Player(12, 4.0, 0.10));
  drums.clap = play_drum(&Section::clap, Player(13, 5.0, 0.10));
  drums.hat = play_drum(&Section::hat, Player(14, 5.0, 0.22));
  drums.open_hat = play_drum(&Section::open_hat, Player(15, 4.0, 0.12));
  drums.shaker = play_drum(&Section::shaker, Player(16, 7.0, 0.20));
  drums.wood = play_drum(&Section::wood, Player(17, 6.0, 0.18));
  play_fills(drums, Player(18, 4.0, 0.10));
  const double bar_s = kStep_s * kStepsPerBar;
  for_each_section([&](const Section& section, int first_bar) {
    const double start_s = bar_to_seconds(first_bar + 1);
    if (section.crash) drums.crash.push_back({start_s, section.energy});
    const double end_s = start_s + static_cast<double>(section.chords.size()) * bar_s;
    if (section.riser) drums.risers.push_back({end_s - 2.0 * bar_s, 2.0 * bar_s, 0.0, 0.8, section.energy});
  });
  return drums;
}

// Calls start(place, letter, length in steps) for each note of a bass, keys or arpeggio pattern.
template <typename Start>
void for_each_onset(std::string_view Section::*pattern, Start start) {
  for_each_section([&](const Section& section, int first_bar) {
    const std::string steps = steps_of(section.*pattern);
    if (steps.empty()) return;
    for (Place place{section, first_bar, 0}; place.step < place.steps(); ++place.step) {
      const auto at = [&](int step) { return steps[static_cast<std::size_t>(step) % steps.size()]; };
      if (at(place.step) == '.' || at(place.step) == '-') continue;
      int length = 1;
      while (place.step + length < place.steps() && at(place.step + length) == '-') ++length;
      start(place, at(place.step), length);
    }
  });
}

std::vector<Note> play_bass() {
  std::vector<Note> notes;
  Player player(21, 3.0, 0.10);
  for_each_onset(&Section::bass, [&](const Place& place, char letter, int length) {
    const Chord& chord = chord_at(place);
    double hz = note_to_hz(chord.bass);
    if (letter == 'S') hz = note_to_hz(chord.other);
    if (letter == 'O') hz *= 2.0;
    if (letter == 'A')
      hz = note_to_hz(chord_at({place.section, place.first_bar, place.step + 1}).bass) * std::exp2(-1.0 / 12);
    const double accent = place.step % 8 == 0 ? 1.0 : letter == 'A' ? 0.7 : 0.84;
    notes.push_back({player.time(seconds_at(place)), (length - 0.15) * kStep_s, hz, player.velocity(accent),
                     place.section.energy});
  });
  return notes;
}

std::vector<Note> play_keys() {
  std::vector<Note> notes;
  Player player(22, 5.0, 0.14);
  for_each_onset(&Section::keys, [&](const Place& place, char, int length) {
    const double start_s = player.time(seconds_at(place));
    const double touch = (place.step % 4 == 0 ? 0.8 : 0.66) * (0.7 + 0.3 * place.section.energy);
    double strum_s = 0.0;
    for (const std::string_view voice : words_of(chord_at(place).voices)) {
      notes.push_back({start_s + strum_s, length * kStep_s, note_to_hz(voice), player.velocity(touch),
                       place.section.energy});
      strum_s += 0.007;
    }
  });
  return notes;
}

std::vector<Note> play_arp() {
  std::vector<Note> notes;
  Player player(23, 3.0, 0.18);
  for_each_onset(&Section::arp, [&](const Place& place, char digit, int length) {
    const auto voices = words_of(chord_at(place).voices);
    const auto index = static_cast<std::size_t>(digit - '0');
    const double octave = index >= 4 ? 4.0 : 2.0;
    const double accent = place.step % 4 == 0 ? 0.9 : place.step % 2 == 0 ? 0.7 : 0.55;
    notes.push_back({player.time(seconds_at(place)), length * kStep_s,
                     octave * note_to_hz(voices[index % voices.size()]), player.velocity(accent),
                     place.section.energy});
  });
  return notes;
}

// A voice that stays on its note from one chord to the next is held through, as a player would.
std::vector<Note> play_pad() {
  std::vector<Note> notes;
  std::vector<Note> held;
  Player player(24, 12.0, 0.08);
  for_each_section([&](const Section& section, int first_bar) {
    for (Place place{section, first_bar, 0}; place.step < place.steps(); place.step += kStepsPerBar / 2) {
      const auto voices = words_of(section.pad ? chord_at(place).voices : std::string_view());
      std::vector<Note> next;
      for (const std::string_view voice : voices) {
        const double hz = note_to_hz(voice);
        const auto same = std::find_if(held.begin(), held.end(), [&](const Note& n) {
          return n.hz == hz && n.energy == section.energy;
        });
        if (same != held.end()) {
          next.push_back(*same);
          held.erase(same);
        } else {
          next.push_back({player.time(seconds_at(place)), 0.0, hz, player.velocity(0.8), section.energy});
        }
        next.back().length_s = seconds_at(place) + 8 * kStep_s - next.back().start_s;
      }
      notes.insert(notes.end(), held.begin(), held.end());
      held = next;
    }
  });
  notes.insert(notes.end(), held.begin(), held.end());
  return notes;
}

std::vector<Note> play_melody(std::vector<std::string_view> Section::*bars, Player player) {
  std::vector<Note> notes;
  for_each_section([&](const Section& section, int first_bar) {
    for (std::size_t bar = 0; bar < (section.*bars).size(); ++bar) {
      int step = static_cast<int>(bar) * kStepsPerBar;
      for (const std::string_view word : words_of((section.*bars)[bar])) {
        const std::size_t dot = word.rfind('.');
        const int length = std::atoi(std::string(word.substr(dot + 1)).c_str());
        const Place place{section, first_bar, step};
        step += length;
        if (word.front() == '-') continue;
        const double accent = (length >= 4 ? 0.9 : 0.74) * (0.75 + 0.25 * section.energy);
        notes.push_back({player.time(seconds_at(place)), (length - 0.1) * kStep_s,
                         note_to_hz(word.substr(0, dot)), player.velocity(accent), section.energy});
      }
      if (step != (static_cast<int>(bar) + 1) * kStepsPerBar) {
        throw Error("bar " + std::to_string(first_bar + static_cast<int>(bar) + 1) +
                    " of a melody does not fill its sixteen steps; correct it in song.cpp");
      }
    }
  });
  return notes;
}

}  // namespace

Parts play_song() {
  Parts parts;
  parts.bass = play_bass();
  parts.pad = play_pad();
  parts.keys = play_keys();
  parts.arp = play_arp();
  parts.lead = play_melody(&Section::lead, Player(25, 7.0, 0.10));
  parts.counter = play_melody(&Section::counter, Player(26, 8.0, 0.12));
  parts.drums = play_drums();
  return parts;
}

}  // namespace lacquer::demo
