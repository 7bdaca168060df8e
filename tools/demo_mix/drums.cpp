#include "drums.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/noise.h"
#include "synthesis.h"

namespace lacquer::demo {
namespace {

// Calls sound(frame, seconds since the hit) until the drum has rung out.
template <typename Sound>
void for_each_frame(const Stereo& out, double start_s, double length_s, Sound sound) {
  const std::size_t first = to_frames(start_s);
  const std::size_t last = std::min(first + to_frames(length_s), out.frames());
  for (std::size_t frame = first; frame < last; ++frame) {
    sound(frame, static_cast<double>(frame - first) / kSampleRateHz);
  }
}

double decay(double t, double time_s) { return std::exp(-t / time_s); }

// Half a millisecond in, and out again over the last part of the sound, so that no hit starts or ends in a
// step.
double edges(double t, double length_s) {
  return std::clamp(t / 0.0005, 0.0, 1.0) * std::clamp((length_s - t) / (0.2 * length_s), 0.0, 1.0);
}

// Phase (in cycles) of a tone that falls from from_hz to to_hz with a time constant.
double falling_phase(double t, double from_hz, double to_hz, double time_s) {
  return to_hz * t + (from_hz - to_hz) * time_s * (1.0 - decay(t, time_s));
}

double sine_at(double cycles) { return sine().at(fraction(cycles)); }

// Six partials with no common fundamental: what makes noise sound like metal. All below 13 kHz.
double metal(double t) {
  constexpr std::array kPartials_hz = {3170.0, 4253.0, 5391.0, 6837.0, 9121.0, 12373.0};
  double sum = 0.0;
  for (const double hz : kPartials_hz) sum += sine_at(hz * t);
  return sum / 6.0;
}

}  // namespace

void play_kick(const std::vector<Hit>& hits, Stereo& out) {
  NoiseGenerator noise(41);
  for (const Hit& hit : hits) {
    Filter click;
    click.set(3400.0, 0.8);
    for_each_frame(out, hit.start_s, 0.42, [&](std::size_t frame, double t) {
      const double body = sine_at(falling_phase(t, 230.0, 62.0, 0.022)) * decay(t, 0.12);
      const double beater = 0.45 * click.band(noise.white()) * decay(t, 0.006);
      const double y = hit.velocity * edges(t, 0.42) * (body + beater);
      out.add(frame, y, y);
    });
  }
}

void play_snare(const std::vector<Hit>& hits, const std::vector<Hit>& claps, Stereo& out) {
  NoiseGenerator noise(52);
  for (const Hit& hit : hits) {
    std::array<Filter, 2> wires;
    for (Filter& filter : wires) filter.set(4000.0, 0.5);
    for_each_frame(out, hit.start_s, 0.3, [&](std::size_t frame, double t) {
      const double shell = 0.75 * sine_at(falling_phase(t, 290.0, 188.0, 0.012)) * decay(t, 0.055) +
                           0.3 * sine_at(337.0 * t) * decay(t, 0.035);
      const double both = noise.white();
      const double rattle = decay(t, 0.05 + 0.035 * hit.velocity);
      const double gain = hit.velocity * edges(t, 0.3);
      const double l = shell + 0.7 * rattle * wires[0].band(both + 0.5 * noise.white());
      const double r = shell + 0.7 * rattle * wires[1].band(both + 0.5 * noise.white());
      out.add(frame, gain * l, gain * r);
    });
  }
  for (const Hit& clap : claps) {
    std::array<Filter, 2> hands;
    for (Filter& filter : hands) filter.set(1500.0, 0.9);
    for_each_frame(out, clap.start_s, 0.28, [&](std::size_t frame, double t) {
      // Several hands, never quite together: three short bursts, then the room.
      double burst = 0.0;
      for (const double late_s : {0.0, 0.010, 0.019}) {
        if (t >= late_s) burst = std::max(burst, decay(t - late_s, 0.005));
      }
      if (t >= 0.027) burst = std::max(burst, 0.8 * decay(t - 0.027, 0.06));
      const double both = noise.white();
      const double gain = 0.85 * clap.velocity * edges(t, 0.28) * burst;
      // One draw after the other: compilers differ in the order of a call's arguments, and the demo is the
      // same everywhere.
      const double right = gain * hands[1].band(both + 0.8 * noise.white());
      const double left = gain * hands[0].band(both + 0.8 * noise.white());
      out.add(frame, left, right);
    });
  }
}

void play_hats(const std::vector<Hit>& closed, const std::vector<Hit>& open, Stereo& out) {
  NoiseGenerator noise(43);
  const Pan pan(0.3);
  const auto play = [&](const std::vector<Hit>& hits, double ring_s, double level) {
    for (const Hit& hit : hits) {
      Filter first;
      Filter second;
      first.set(5200.0 + 1500.0 * hit.velocity, 0.8);
      second.set(4200.0, 0.7);
      const double length_s = 6.0 * ring_s;
      for_each_frame(out, hit.start_s, length_s, [&](std::size_t frame, double t) {
        const double sound = second.high(first.high(0.65 * noise.white() + 1.1 * metal(t + hit.start_s)));
        const double y =
            level * hit.velocity * edges(t, length_s) * decay(t, ring_s * (0.6 + 0.4 * hit.velocity)) * sound;
        out.add(frame, pan.left * y, pan.right * y);
      });
    }
  };
  play(closed, 0.028, 0.8);
  play(open, 0.10, 0.6);
}

void play_percussion(const std::vector<Hit>& shaker, const std::vector<Hit>& wood, Stereo& out) {
  NoiseGenerator noise(44);
  const Pan shaker_pan(-0.45);
  for (const Hit& hit : shaker) {
    Filter beads;
    beads.set(6200.0, 1.1);
    for_each_frame(out, hit.start_s, 0.11, [&](std::size_t frame, double t) {
      const double swing = std::min(t / 0.02, 1.0) * decay(std::max(0.0, t - 0.02), 0.022);
      const double y = 0.7 * hit.velocity * edges(t, 0.11) * swing * beads.band(noise.white());
      out.add(frame, shaker_pan.left * y, shaker_pan.right * y);
    });
  }
  std::size_t n = 0;
  for (const Hit& hit : wood) {
    const bool high = n++ % 3 != 1;
    const Pan pan(high ? 0.55 : 0.4);
    const double hz = high ? 905.0 : 720.0;
    for_each_frame(out, hit.start_s, 0.12, [&](std::size_t frame, double t) {
      const double tone =
          sine_at(falling_phase(t, 1.25 * hz, hz, 0.004)) + 0.35 * sine_at(2.71 * hz * t) * decay(t, 0.012);
      const double y = 0.6 * hit.velocity * edges(t, 0.12) * decay(t, 0.026) * tone;
      out.add(frame, pan.left * y, pan.right * y);
    });
  }
}

void play_toms(const std::vector<Note>& toms, Stereo& out) {
  NoiseGenerator noise(45);
  for (const Note& tom : toms) {
    const Pan pan((tom.hz - 147.0) / 110.0);
    Filter skin;
    skin.set(900.0, 0.7);
    for_each_frame(out, tom.start_s, tom.length_s, [&](std::size_t frame, double t) {
      const double body = sine_at(falling_phase(t, 1.6 * tom.hz, tom.hz, 0.03)) * decay(t, 0.11);
      const double stick = 0.5 * skin.band(noise.white()) * decay(t, 0.018);
      const double y = tom.velocity * edges(t, tom.length_s) * (body + stick);
      out.add(frame, pan.left * y, pan.right * y);
    });
  }
}

void play_cymbals(const std::vector<Hit>& crashes, const std::vector<Note>& risers, Stereo& out) {
  NoiseGenerator noise(46);
  for (const Hit& crash : crashes) {
    std::array<Filter, 2> bright;
    std::array<Filter, 2> dark;
    for (Filter& filter : bright) filter.set(3200.0, 0.6);
    for_each_frame(out, crash.start_s, 3.0, [&](std::size_t frame, double t) {
      if (frame % 16 == 0 || t == 0.0) {
        for (Filter& filter : dark) filter.set(4500.0 + 9000.0 * decay(t, 0.35), 0.6);
      }
      const double both = 0.7 * noise.white() + 0.6 * metal(t);
      const double gain =
          0.4 * crash.velocity * edges(t, 3.0) * (0.6 * decay(t, 0.12) + 0.4 * decay(t, 0.75));
      const double right = gain * dark[1].low(bright[1].high(both + 0.6 * noise.white()));
      const double left = gain * dark[0].low(bright[0].high(both + 0.6 * noise.white()));
      out.add(frame, left, right);
    });
  }
  for (const Note& riser : risers) {
    std::array<Filter, 2> sweep;
    for_each_frame(out, riser.start_s, riser.length_s, [&](std::size_t frame, double t) {
      const double rise = t / riser.length_s;
      if (frame % 16 == 0 || t == 0.0) {
        for (Filter& filter : sweep) filter.set(500.0 * std::exp2(4.0 * rise), 1.6);
      }
      const double both = noise.white();
      const double gain = 0.5 * riser.velocity * rise * rise * std::min(1.0, (riser.length_s - t) / 0.02);
      const double right = gain * sweep[1].band(both + 0.7 * noise.white());
      const double left = gain * sweep[0].band(both + 0.7 * noise.white());
      out.add(frame, left, right);
    });
  }
}

}  // namespace lacquer::demo
