#pragma once

#include "session/exercises/sound.h"

namespace lacquer {

// What an exercise does to a passage. Each gives a sound as long as the one it was given, in step with it.

// One range raised: a bell whose half-gain points are the ends of the range, or from 20 kHz upwards (an end
// that high) a shelf whose half gain lies at low_hz. Gain -24 to 24 dB.
Sound with_range_raised(const Sound& sound, double low_hz, double high_hz, double gain_db);
// A bell; q 0.1 to 12.
Sound with_bell(const Sound& sound, double hz, double gain_db, double q);

struct CompressorSetting {
  double ratio = 2.0;  // 1 to 4
  double attack_ms = 10.0;
  double release_ms = 120.0;
  double gain_reduction_db = 3.0;  // at the loudest moment, up to 12
};
struct Compressed {
  Sound sound;
  double threshold_dbfs = 0.0;
  double reduction_db = 0.0;  // what the loudest moment lost
};
// The threshold is solved so that the loudest moment loses gain_reduction_db, or as near as -80 to 0 dBFS
// comes.
Compressed with_compressor(const Sound& sound, const CompressorSetting& setting);
// The same for one band, all others untouched; low_hz or high_hz 0: no border there.
Compressed with_band_compressor(const Sound& sound, double low_hz, double high_hz,
                                const CompressorSetting& setting);

// Driven into the ceiling so that its highest true peak is turned down by reduction_db (0: only held).
Sound with_limiter(const Sound& sound, double reduction_db, double ceiling_dbtp);

// The side, (L-R)/2, louder or quieter in three ranges: below the first edge, between, above the second.
struct SideGains {
  double low_db = 0.0;
  double middle_db = 0.0;
  double high_db = 0.0;
};
Sound with_side(const Sound& sound, double first_edge_hz, double second_edge_hz, const SideGains& gains);
// What one loudspeaker plays, and what is lost there: (L+R)/2 and (L-R)/2, on both channels.
Sound middle_alone(const Sound& sound);
Sound side_alone(const Sound& sound);

// Later by so much, earlier where negative; silence where nothing comes. To the nearest sample.
Sound shifted(const Sound& sound, double ms);
// `parts` of one rate added, as long as the longest; a mono one goes to both channels.
Sound sum_of(const std::vector<const Sound*>& parts);
// The bits of 16-bit samples: dithered, or only rounded, so that the error follows the music.
Sound with_16_bits(const Sound& sound, bool dithered);

// 10 lg of the K-weighted energy of stereo over that of its mono sum; 0 for one channel; empty for silence.
std::optional<double> mono_loss_db(const Sound& sound);

}  // namespace lacquer
