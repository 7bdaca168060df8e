#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace lacquer {

// What to draw of a stretch of a song: for each of `columns` parts of equal length the lowest and the highest
// sample and the RMS, 32,767 being full scale. Parts that were not decoded yet are 0, 0, 0.
struct WaveformColumn {
  std::int16_t low = 0;
  std::int16_t high = 0;
  std::int16_t rms = 0;
};
inline constexpr int kMostWaveformColumns = 8192;

struct Waveform {
  double duration_s = 0.0;  // as far as it is known
  std::vector<WaveformColumn> columns;
};

// From the files of make_proxy() in `folder`, which may still be growing. From 256 frames a column on it
// reads the overview, closer than that the audio. Throws Error where there is nothing yet, or columns are not
// 1 to 8192.
Waveform waveform_of(const std::filesystem::path& folder, double from_s, double to_s, int columns);

}  // namespace lacquer
