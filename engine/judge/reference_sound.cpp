#include "judge/reference_sound.h"

#include <cmath>

#include "judge/tone_levels.h"

namespace lacquer {
namespace {

static_assert(kReferenceBands == kTargetBands);

template <class Get>
std::optional<double> mean(const std::vector<ReferenceSound>& references, Get get) {
  double sum = 0.0;
  int count = 0;
  for (const ReferenceSound& one : references)
    if (const std::optional<double> value = get(one); value && std::isfinite(*value)) sum += *value, ++count;
  return count > 0 ? std::optional(sum / count) : std::nullopt;
}

}  // namespace

ReferenceSound hear(const Measurements& audio) {
  ReferenceSound sound;
  const BandLevels sides = side_to_mid_levels(audio);
  for (std::size_t band = 0; band < sides.size(); ++band)
    if (std::isfinite(sides[band])) sound.side_to_mid_db[band] = sides[band];
  if (audio.dynamics) sound.psr_p5_db = audio.dynamics->psr_p5_db;
  return sound;
}

ReferenceSound mean_of(const std::vector<ReferenceSound>& references) {
  ReferenceSound sound;
  for (std::size_t i = 0; i < sound.side_to_mid_db.size(); ++i)
    sound.side_to_mid_db[i] = mean(references, [i](const auto& one) { return one.side_to_mid_db[i]; });
  sound.psr_p5_db = mean(references, [](const auto& one) { return one.psr_p5_db; });
  return sound;
}

}  // namespace lacquer
