#include "session/exercises/difference.h"

#include <algorithm>
#include <cmath>

#include "core/decibels.h"
#include "core/error.h"

namespace lacquer {

Difference difference_of(const Sound& first, const Sound& second) {
  if (first.rate_hz != second.rate_hz)
    throw Error(
        "the two files have different sample rates and cannot be subtracted; bounce both at one rate");
  if (first.audio.channels() != second.audio.channels())
    throw Error("one file is mono and the other stereo; bounce both alike");
  const int frames = std::min(first.audio.frames(), second.audio.frames());
  Difference result{{AudioBuffer(first.audio.channels(), frames), first.rate_hz},
                    {},
                    {},
                    0.0,
                    std::abs(first.audio.frames() - second.audio.frames())};
  const auto tenth = static_cast<std::size_t>(std::max(1.0, first.rate_hz / 10.0));
  std::vector<double> energy(static_cast<std::size_t>(frames) / tenth + 1, 0.0);
  for (int c = 0; c < first.audio.channels(); ++c) {
    const auto a = first.audio.channel(c);
    const auto b = second.audio.channel(c);
    const auto to = result.rest.audio.channel(c);
    for (std::size_t i = 0; i < to.size(); ++i) {
      to[i] = a[i] - b[i];
      energy[i / tenth] += static_cast<double>(to[i]) * to[i];
    }
  }
  result.level_dbfs = power_to_db(mean_square(result.rest));
  result.peak_dbfs = gain_to_db(sample_peak(result.rest));
  const auto loudest = std::max_element(energy.begin(), energy.end()) - energy.begin();
  result.loudest_at_s = 0.1 * static_cast<double>(loudest);
  return result;
}

}  // namespace lacquer
