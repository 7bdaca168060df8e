#pragma once

#include <optional>
#include <string>
#include <vector>

#include "playback/platforms.h"

namespace lacquer {

// One lossy form that listeners are sent, and who sends it.
struct Delivery {
  std::string codec;
  int bitrate_kbps = 0;
  std::vector<std::string> platforms;  // ids, in the order of the rules
  std::string id() const;              // "vorbis-160"
  std::string name() const;            // "Vorbis 160 kbps"
};

// `codecs` (with a rate) joined with the platforms that list them among theirs.
std::vector<Delivery> deliveries_of(const std::vector<PlatformCodec>& codecs,
                                    const std::vector<PlatformRule>& rules);

// How far the platforms that send a delivery turn a master of this loudness and peak down by themselves, in
// the modes most listeners hear: the least of them, 0 where one does not, in dB. What a decoder puts above
// full scale is then covered by that much where the player's gain comes before anything is cut off. Empty
// where nobody's default sends it.
std::optional<double> least_turn_down_db(const Delivery& delivery, const std::vector<PlatformRule>& rules,
                                         double integrated_lufs, double true_peak_dbtp);

}  // namespace lacquer
