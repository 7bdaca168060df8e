#include "mix.h"

#include <optional>
#include <vector>

#include "core/decibels.h"
#include "drums.h"
#include "effects.h"
#include "instruments.h"
#include "parts.h"
#include "song.h"

namespace lacquer::demo {
namespace {

enum class Bus { kDrums, kBass, kMusic };

constexpr double kOff = -200.0;

struct Channel {
  void (*play)(const Parts& parts, Stereo& out);
  Bus bus;
  double gain_db;
  double low_cut_hz;                 // 0: none
  double duck_db;                    // under the kick
  double hall_db, room_db, echo_db;  // sends, after the gain
  std::optional<Place> flaws;
};

using P = const Parts&;
void kick(P p, Stereo& out) { play_kick(p.drums.kick, out); }
void snare(P p, Stereo& out) { play_snare(p.drums.snare, p.drums.clap, out); }
void hats(P p, Stereo& out) { play_hats(p.drums.hat, p.drums.open_hat, out); }
void percussion(P p, Stereo& out) { play_percussion(p.drums.shaker, p.drums.wood, out); }
void toms(P p, Stereo& out) { play_toms(p.drums.toms, out); }
void cymbals(P p, Stereo& out) { play_cymbals(p.drums.crash, p.drums.risers, out); }
void bass_line(P p, Stereo& out) { play_bass(p.bass, out); }
void pad(P p, Stereo& out) { play_pad(p.pad, out); }
void keys(P p, Stereo& out) { play_keys(p.keys, out); }
void arp(P p, Stereo& out) { play_arp(p.arp, out); }
void lead(P p, Stereo& out) { play_lead(p.lead, out); }
void counter(P p, Stereo& out) { play_counter(p.counter, out); }

// clang-format off
constexpr Channel kChannels[] = {
    // who       bus           gain   low cut  duck   hall    room    echo   flaws
    {kick,       Bus::kDrums, -10.5,    0.0,   0.0,   kOff,  -26.0,  kOff,   std::nullopt},
    {snare,      Bus::kDrums, -12.6,  120.0,   0.0,  -17.0,   -8.0,  kOff,   std::nullopt},
    {hats,       Bus::kDrums, -16.5,    0.0,   0.0,   kOff,  -15.0,  kOff,   std::nullopt},
    {percussion, Bus::kDrums, -12.5,    0.0,   0.0,  -12.0,   -8.0, -20.0,   std::nullopt},
    {toms,       Bus::kDrums, -14.5,   70.0,   0.0,  -16.0,  -10.0,  kOff,   std::nullopt},
    {cymbals,    Bus::kDrums, -16.0,    0.0,   2.0,  -10.0,   kOff,  kOff,   std::nullopt},
    {bass_line,  Bus::kBass,  -10.7,   62.0,   6.0,   kOff,   kOff,  kOff,   Place::kBass},
    {pad,        Bus::kMusic, -11.5,  240.0,   8.0,   -6.0,   kOff,  kOff,   Place::kSynths},
    {keys,       Bus::kMusic, -11.5,  160.0,   4.0,   -9.0,   -9.0, -18.0,   Place::kSynths},
    {arp,        Bus::kMusic, -12.0,  250.0,   4.0,   -8.0,   kOff,  -7.0,   std::nullopt},
    {lead,       Bus::kMusic, -11.5,  200.0,   2.0,   -8.0,   kOff, -10.0,   std::nullopt},
    {counter,    Bus::kMusic, -14.5,  200.0,   2.0,   -5.0,   kOff,  -9.0,   std::nullopt},
};
// clang-format on

constexpr ReverbSettings kHall = {0.028, 1.0, 2.8, 4800.0, 220.0};
constexpr ReverbSettings kRoom = {0.008, 0.33, 0.55, 6500.0, 160.0};
constexpr double kEcho_s = 60.0 / kTempoBpm * 0.75;  // three sixteenths
// Below this the drums and the music stand in the middle; the bass is mono as it is played.
constexpr double kMonoBelow_hz = 170.0;
// Under the lowest note: what the bass's drive leaves there is no use to anybody.
constexpr double kSubsonic_hz = 26.0;
// The last fader: leaves the loudest drum a few dB under full scale.
constexpr double kMaster_db = -2.9;

}  // namespace

Stereo mix_song(std::span<const Flaw> flaws) {
  const Parts parts = play_song();
  const std::size_t frames = to_frames(song_length_s());
  Stereo drums(frames);
  Stereo bass(frames);
  Stereo music(frames);
  Stereo to_hall(frames);
  Stereo to_room(frames);
  Stereo to_echo(frames);
  Stereo audio(frames);
  for (const Channel& channel : kChannels) {
    audio.clear();
    channel.play(parts, audio);
    if (channel.low_cut_hz > 0.0) low_cut(audio, channel.low_cut_hz);
    if (channel.duck_db > 0.0) duck(audio, parts.drums.kick, channel.duck_db);
    audio.scale(db_to_gain(channel.gain_db));
    if (channel.flaws) apply_flaws(flaws, *channel.flaws, audio);
    (channel.bus == Bus::kDrums ? drums : channel.bus == Bus::kBass ? bass : music).add(audio, 1.0);
    if (channel.hall_db > kOff) to_hall.add(audio, db_to_gain(channel.hall_db));
    if (channel.room_db > kOff) to_room.add(audio, db_to_gain(channel.room_db));
    if (channel.echo_db > kOff) to_echo.add(audio, db_to_gain(channel.echo_db));
  }
  const Stereo echoes = echo(to_echo, kEcho_s, 0.45);
  to_hall.add(echoes, 0.25);
  music.add(echoes, 1.0);
  music.add(reverberate(to_hall, kHall), 1.0);
  drums.add(reverberate(to_room, kRoom), 1.0);
  narrow_below(drums, kMonoBelow_hz);
  narrow_below(music, kMonoBelow_hz);
  apply_flaws(flaws, Place::kMusicBus, music);

  Stereo& master = music;
  master.add(drums, 1.0);
  master.add(bass, 1.0);
  low_cut(master, kSubsonic_hz);
  master.scale(db_to_gain(kMaster_db));
  fade_out(master, bar_to_seconds(bar_count()));
  apply_flaws(flaws, Place::kMaster, master);
  apply_flaws(flaws, Place::kFile, master);
  return master;
}

}  // namespace lacquer::demo
