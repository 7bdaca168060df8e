#include "flaws.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <vector>

#include "core/decibels.h"
#include "effects.h"
#include "song.h"

namespace lacquer::demo {
namespace {

// Seconds in the file. What starts at kToTheEnd lengthens the file by its amount.
double start_s(const Flaw& flaw) {
  return flaw.from_bar <= 1.0 ? 0.0 : std::min(bar_to_seconds(flaw.from_bar), song_length_s());
}
double end_s(const Flaw& flaw) {
  if (flaw.from_bar >= kToTheEnd) return song_length_s() + flaw.amount;
  return std::min(bar_to_seconds(flaw.to_bar), song_length_s());
}

// Calls change(frame, share) over the flaw's bars; share rises from 0 to 1 and falls again over 30 ms, so
// that a flaw's edges are not a click: that would be one flaw more than the table lists.
template <typename Change>
void over_its_bars(const Stereo& audio, const Flaw& flaw, Change change) {
  const std::size_t first = to_frames(start_s(flaw));
  const std::size_t last = std::min(to_frames(end_s(flaw)), audio.frames());
  const double edge = 0.03 * kSampleRateHz;
  for (std::size_t i = first; i < last; ++i) {
    const double inside = static_cast<double>(std::min(i - first, last - 1 - i)) / edge;
    change(i, std::min(inside, 1.0));
  }
}

void invert_right(Stereo& audio, const Flaw& flaw) {
  const double gain = db_to_gain(flaw.amount);
  over_its_bars(audio, flaw, [&](std::size_t i, double share) {
    audio.left[i] = static_cast<float>(audio.left[i] * (1.0 + share * (gain - 1.0)));
    audio.right[i] = static_cast<float>(audio.right[i] * (1.0 - share * (gain + 1.0)));
  });
}

void delay_right(Stereo& audio, const Flaw& flaw) {
  const std::vector<float> before = audio.right;
  const std::size_t late = to_frames(flaw.amount * 1e-3);
  over_its_bars(audio, flaw, [&](std::size_t i, double share) {
    const double delayed = i < late ? 0.0 : before[i - late];
    audio.right[i] = static_cast<float>(before[i] + share * (delayed - before[i]));
  });
}

void boost_boxes(Stereo& audio, const Flaw& flaw) {
  Stereo boosted = audio;
  bell(boosted, 450.0, 1.1, flaw.amount);
  over_its_bars(audio, flaw, [&](std::size_t i, double share) {
    audio.add(i, share * (boosted.left[i] - audio.left[i]), share * (boosted.right[i] - audio.right[i]));
  });
}

void add_hum(Stereo& audio, const Flaw& flaw) {
  // 50 Hz and the harmonics that a bad cable brings; together amount, as RMS.
  constexpr std::array kHarmonics = {1.0, 0.5, 0.6, 0.22, 0.35, 0.1, 0.18};
  double power = 0.0;
  for (const double h : kHarmonics) power += 0.5 * h * h;
  const double gain = db_to_gain(flaw.amount) / std::sqrt(power);
  over_its_bars(audio, flaw, [&](std::size_t i, double share) {
    double hum = 0.0;
    double hz = 50.0;
    for (const double h : kHarmonics) {
      hum += h * std::sin(2.0 * kPi * hz * static_cast<double>(i) / kSampleRateHz);
      hz += 50.0;
    }
    audio.add(i, share * gain * hum, share * gain * hum);
  });
}

void add_dc(Stereo& audio, const Flaw& flaw) {
  const double offset = db_to_gain(flaw.amount);
  over_its_bars(audio, flaw,
                [&](std::size_t i, double share) { audio.add(i, share * offset, share * offset); });
}

void push_fader(Stereo& audio, const Flaw& flaw) {
  over_its_bars(audio, flaw, [&](std::size_t i, double share) {
    const double gain = db_to_gain(share * flaw.amount);
    audio.left[i] = static_cast<float>(std::clamp(gain * audio.left[i], -1.0, 1.0));
    audio.right[i] = static_cast<float>(std::clamp(gain * audio.right[i], -1.0, 1.0));
  });
}

void leave_silence(Stereo& audio, const Flaw& flaw) { audio.resize(audio.frames() + to_frames(flaw.amount)); }

constexpr std::array kFlaws = {
    Flaw{"mono-cancellation", Place::kSynths, 3.0, "dB", 1, kToTheEnd,
         "pad and keys widened by turning over the polarity of their right side, then turned up",
         invert_right},
    Flaw{"low-end-wide", Place::kBass, 5.0, "ms", 1, kToTheEnd, "bass widened by a delay on its right side",
         delay_right},
    Flaw{"boxy", Place::kMusicBus, 6.0, "dB", 1, kToTheEnd,
         "bell at 450 Hz (Q 1.1) on the music bus, for warmth", boost_boxes},
    Flaw{"hum", Place::kMaster, -50.0, "dBFS", 1, kToTheEnd,
         "mains hum, 50 Hz with six harmonics, RMS: heard in the intro", add_hum},
    Flaw{"dc-offset", Place::kMaster, -40.0, "dBFS", 1, kToTheEnd, "offset left by an interface", add_dc},
    Flaw{"clipping", Place::kMaster, 4.0, "dB", 29, 33,
         "master fader pushed for the last half of the final chorus", push_fader},
    Flaw{"long-silence", Place::kFile, 6.0, "s", kToTheEnd, kToTheEnd,
         "silence exported after the end of the tail", leave_silence},
};

std::string_view name_of(Place place) {
  switch (place) {
    case Place::kSynths:
      return "synths";
    case Place::kBass:
      return "bass";
    case Place::kMusicBus:
      return "music bus";
    case Place::kMaster:
      return "master";
    case Place::kFile:
      return "file";
  }
  return "";
}

}  // namespace

std::span<const Flaw> all_flaws() { return kFlaws; }

void apply_flaws(std::span<const Flaw> flaws, Place place, Stereo& audio) {
  for (const Flaw& flaw : flaws) {
    if (flaw.place == place) flaw.apply(audio, flaw);
  }
}

std::string flaw_list() {
  std::string list = "fault              where      how much    from s   to s  what\n";
  for (const Flaw& flaw : kFlaws) {
    char line[160];
    std::snprintf(line, sizeof line, "%-18s %-9s %5.0f %-5s %7.1f %6.1f  ", flaw.id.data(),
                  name_of(flaw.place).data(), flaw.amount, flaw.unit.data(), start_s(flaw), end_s(flaw));
    list += line + std::string(flaw.what) + "\n";
  }
  return list;
}

}  // namespace lacquer::demo
