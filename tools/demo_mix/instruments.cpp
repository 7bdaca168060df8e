#include "instruments.h"

#include <algorithm>
#include <cmath>

#include "core/noise.h"
#include "synthesis.h"

namespace lacquer::demo {
namespace {

// Calls sound(frame, i) for each frame of a note and its release, i counting from the note's start.
template <typename Sound>
void for_each_frame(const Stereo& out, const Note& note, double release_s, Sound sound) {
  const std::size_t first = to_frames(note.start_s);
  const std::size_t last = std::min(first + to_frames(note.length_s + release_s), out.frames());
  for (std::size_t frame = first; frame < last; ++frame) sound(frame, frame - first);
}

double cents(double c) { return std::exp2(c / 1200.0); }

// Where a gliding voice comes from: the note before, if it was held up to this one.
double glide_from(const std::vector<Note>& notes, std::size_t n) {
  const bool legato = n > 0 && notes[n].start_s - (notes[n - 1].start_s + notes[n - 1].length_s) < 0.04;
  return legato ? notes[n - 1].hz / notes[n].hz : 1.0;
}

}  // namespace

void play_bass(const std::vector<Note>& notes, Stereo& out) {
  for (const Note& note : notes) {
    Oscillator body(saw(note.hz), note.hz);
    Oscillator under(sine(), note.hz);
    Envelope loudness({0.006, 0.5, 0.72, 0.09}, note.length_s);
    Envelope pluck({0.004, 0.11, 0.12, 0.1}, note.length_s);
    Filter first;
    Filter second;
    const double level = note.velocity * (0.65 + 0.35 * note.energy);
    const double open_hz = (900.0 + 1500.0 * note.energy) * note.velocity;
    for_each_frame(out, note, 0.09, [&](std::size_t frame, std::size_t i) {
      const double open = pluck.next();
      if (i % 16 == 0) {
        const double cutoff_hz = 170.0 + open_hz * open;
        first.set(cutoff_hz, 0.8);
        second.set(cutoff_hz * 1.3, 0.7);
      }
      const double x = second.low(first.low(0.8 * body.next())) + 0.34 * under.next();
      // Cubic, not tanh: what goes in ends near 3 kHz, so three times that is still well under 24 kHz.
      const double driven = std::clamp(0.9 * x, -1.0, 1.0);
      const double y = level * loudness.next() * (driven - driven * driven * driven / 3.0);
      out.add(frame, y, y);
    });
  }
}

void play_pad(const std::vector<Note>& notes, Stereo& out) {
  NoiseGenerator noise(31);
  for (const Note& note : notes) {
    Oscillator left(saw(note.hz), note.hz * cents(-7.0), noise.uniform());
    Oscillator centre(saw(note.hz), note.hz * cents(1.5), noise.uniform());
    Oscillator right(saw(note.hz), note.hz * cents(8.0), noise.uniform());
    Envelope loudness({0.45, 1.0, 0.85, 2.4}, note.length_s);
    const double level = 0.25 * note.velocity * (0.45 + 0.55 * note.energy);
    for_each_frame(out, note, 2.4, [&](std::size_t frame, std::size_t) {
      const double gain = level * loudness.next();
      const double l = left.next();
      const double c = centre.next();
      const double r = right.next();
      out.add(frame, gain * (l + 0.5 * c), gain * (0.5 * c + r));
    });
  }
  // The filter breathes over eight bars, the sides a little apart.
  Filter low_left;
  Filter low_right;
  for (std::size_t i = 0; i < out.frames(); ++i) {
    if (i % 32 == 0) {
      const double t = static_cast<double>(i) / kSampleRateHz;
      low_left.set(2700.0 * std::exp2(0.8 * std::sin(2.0 * kPi * t / 18.46)), 0.75);
      low_right.set(2700.0 * std::exp2(0.8 * std::sin(2.0 * kPi * t / 18.46 + 0.7)), 0.75);
    }
    out.left[i] = static_cast<float>(low_left.low(out.left[i]));
    out.right[i] = static_cast<float>(low_right.low(out.right[i]));
  }
}

void play_keys(const std::vector<Note>& notes, Stereo& out) {
  for (const Note& note : notes) {
    Oscillator carrier(sine(), note.hz);
    Oscillator modulator(sine(), note.hz);
    Oscillator tine(sine(), note.hz * 9.0);
    Envelope loudness({0.003, 0.9, 0.0, 0.25}, note.length_s);
    Envelope bite({0.002, 0.28, 0.12, 0.2}, note.length_s);
    Envelope strike({0.001, 0.05, 0.0, 0.05}, note.length_s);
    const double tremolo_step = 3.467 / kSampleRateHz;  // once in two eighths
    for_each_frame(out, note, 0.3, [&](std::size_t frame, std::size_t) {
      const double index = 0.32 * note.velocity * bite.next();
      const double bent = index * modulator.next() + 0.035 * note.velocity * strike.next() * tine.next();
      const double tone = carrier.next(1.0, bent);
      const double sway = 0.3 * sine().at(fraction(tremolo_step * static_cast<double>(frame)));
      const double y = 0.35 * note.velocity * loudness.next() * tone;
      out.add(frame, y * (1.1 - sway), y * (0.9 + sway));
    });
  }
}

void play_arp(const std::vector<Note>& notes, Stereo& out) {
  std::size_t n = 0;
  for (const Note& note : notes) {
    const Pan pan(n++ % 2 == 0 ? -0.6 : 0.6);
    Oscillator a(saw(note.hz), note.hz * cents(-5.0), 0.25);
    Oscillator b(saw(note.hz), note.hz * cents(5.0));
    Envelope loudness({0.002, 0.13, 0.05, 0.12}, note.length_s);
    Envelope pluck({0.001, 0.07, 0.0, 0.1}, note.length_s);
    Filter filter;
    const double open_hz = 1000.0 + 6500.0 * note.energy * note.velocity;
    for_each_frame(out, note, 0.14, [&](std::size_t frame, std::size_t i) {
      const double open = pluck.next();
      if (i % 16 == 0) filter.set(500.0 + open_hz * open, 1.1);
      const double y = 0.5 * note.velocity * loudness.next() * filter.low(a.next() - b.next());
      out.add(frame, pan.left * y, pan.right * y);
    });
  }
}

void play_lead(const std::vector<Note>& notes, Stereo& out) {
  for (std::size_t n = 0; n < notes.size(); ++n) {
    const Note& note = notes[n];
    Oscillator a(saw(note.hz), note.hz * cents(-4.0), 0.1);
    Oscillator b(saw(note.hz), note.hz * cents(4.0), 0.6);
    Oscillator under(triangle(note.hz / 2), note.hz / 2);
    Envelope loudness({0.018, 0.4, 0.75, 0.16}, note.length_s);
    Envelope open({0.03, 0.25, 0.4, 0.2}, note.length_s);
    Filter left;
    Filter right;
    double glide = glide_from(notes, n);
    double ratio = glide;
    for_each_frame(out, note, 0.16, [&](std::size_t frame, std::size_t i) {
      const double brightness = open.next();
      if (i % 16 == 0) {
        const double t = static_cast<double>(i) / kSampleRateHz;
        const double late = std::clamp((t - 0.25) / 0.4, 0.0, 1.0);
        glide = 1.0 + (glide - 1.0) * std::exp(-16.0 / (0.022 * kSampleRateHz));
        ratio = glide * cents(14.0 * late * std::sin(2.0 * kPi * 5.2 * t));
        const double cutoff_hz = 1000.0 + (2200.0 + 4200.0 * note.energy) * brightness * note.velocity;
        left.set(cutoff_hz, 0.9);
        right.set(cutoff_hz * 1.06, 0.9);
      }
      const double va = a.next(ratio);
      const double vb = b.next(ratio);
      const double middle = 0.5 * under.next(ratio);
      const double gain = 0.4 * note.velocity * loudness.next();
      out.add(frame, gain * left.low(0.85 * va + 0.55 * vb + middle),
              gain * right.low(0.55 * va + 0.85 * vb + middle));
    });
  }
}

void play_counter(const std::vector<Note>& notes, Stereo& out) {
  NoiseGenerator noise(32);
  const Pan pan(-0.4);
  for (const Note& note : notes) {
    Oscillator body(triangle(note.hz), note.hz);
    Oscillator edge(saw(note.hz), note.hz, 0.5);
    Envelope loudness({0.05, 0.5, 0.8, 0.25}, note.length_s);
    Filter breath;
    Filter soft;
    breath.set(note.hz * 3.0, 1.5);
    soft.set(note.hz * 3.5, 0.7);
    for_each_frame(out, note, 0.25, [&](std::size_t frame, std::size_t i) {
      const double t = static_cast<double>(i) / kSampleRateHz;
      const double vibrato =
          1.0 + 0.004 * std::clamp((t - 0.2) / 0.3, 0.0, 1.0) * std::sin(2.0 * kPi * 4.7 * t);
      const double tone = 0.75 * body.next(vibrato) + 0.35 * soft.low(edge.next(vibrato));
      const double y = 0.6 * note.velocity * loudness.next() * (tone + 0.18 * breath.band(noise.white()));
      out.add(frame, pan.left * y, pan.right * y);
    });
  }
}

}  // namespace lacquer::demo
