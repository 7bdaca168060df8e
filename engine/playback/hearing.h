#pragma once

#include <array>
#include <span>

#include "measure/spectrum_bands.h"

namespace lacquer {

// How loud each critical band of a sound is beside noise and beside the other bands of the same moment: a
// small model after Zwicker, on the bands of his loudness procedure.
//
//   bands      third octaves joined to twenty bands about 1 Bark wide: 25-80 Hz, 100-160, 200-250, then
//   singly
//              (ISO 532:1975, method B; DIN 45631)
//   threshold  each third octave counts by how far it stands over the threshold of hearing (ISO 226:2003)
//   masking    what else sounds there, plus what spreads from other bands: 27 dB a Bark downwards, upwards
//              24 + 230 / f - 0.2 L dB a Bark (Terhardt, Calculating virtual pitch, Hear. Res. 1, 1979);
//              heard is what stands less than kMaskingDb under it
//   loudness   of each band, E its excitation and T its masked threshold: (E + T)^0.23 - (2T)^0.23, Zwicker's
//              core loudness with the masked threshold in place of that in quiet; 0 below it
//
// It knows no time masking, no dip listening and no second ear.
inline constexpr int kBarkBands = 20;
inline constexpr double kMaskingDb = 4.0;

using BarkValues = std::array<double, kBarkBands>;

struct BarkBand {
  int first_third = 0;  // of kThirdOctaveHz
  int end_third = 0;
  double low_hz = 0.0;  // exact third-octave edges; the lowest begins at 17.8 Hz
  double high_hz = 0.0;
  double bark = 0.0;   // of its middle (Traunmueller, JASA 88, 1990)
  double width = 0.0;  // in Bark
};
const std::array<BarkBand, kBarkBands>& bark_bands();

// Excitation (linear) by critical band of third-octave powers, where 1 stands for `spl_db`.
BarkValues excitation(std::span<const double, kThirdOctaves> power, double spl_db);

// Loudness of each band, times its width; the unit is arbitrary.
BarkValues heard_loudness(const BarkValues& sound, const BarkValues& noise);

}  // namespace lacquer
