#pragma once

#include <optional>
#include <vector>

#include "session/band_envelope.h"

namespace lacquer {

// What a limiter's gain curve does to the sound, told from the curve and the passage's bands alone. All of it
// is relative: a constant gain does no damage.
struct LimitingDamage {
  struct Band {
    double low_hz = 0.0, high_hz = 0.0;
    std::optional<double> crest_db{};         // highest |x| over RMS, under the curve; none in silence
    std::optional<double> crest_lost_db{};    // of it; above 0: hits stand out less
    std::optional<double> level_change_db{};  // of the band against the whole, both under the curve
  };
  std::vector<Band> bands;
  // How far the gain moves at the rate of bass notes (20 to 250 Hz), RMS in per cent of the gain itself,
  // weighed by the power of the music above 500 Hz: what an intermodulation meter after SMPTE RP 120 would
  // read with that music as its carrier. Empty where nothing sounds there.
  std::optional<double> bass_intermodulation_pct;
};

// `gains` stand for the passage's cells; missing ones count as the last.
LimitingDamage limiting_damage(const BandEnvelope& passage, const std::vector<float>& gains);

}  // namespace lacquer
