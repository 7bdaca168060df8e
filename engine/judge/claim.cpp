#include "judge/claim.h"

#include <algorithm>
#include <cmath>

#include "judge/case.h"
#include "judge/tone.h"

namespace lacquer {
namespace {

std::optional<double> mean_error_db(const Claim& claim, const Measurements& audio) {
  BandLevels deviation = average_levels(audio);
  for (std::size_t band = 0; band < deviation.size(); ++band) deviation[band] -= claim.target_db[band];
  return mean_in_range(deviation, claim.low_hz, claim.high_hz);
}

std::optional<double> distance_db(const Claim& claim, const BandLevels& levels) {
  double sum = 0.0;
  int count = 0;
  for (std::size_t band = 0; band < levels.size(); ++band) {
    const double away = levels[band] - claim.target_db[band];
    if (!is_in_range(band, claim.low_hz, claim.high_hz) || !std::isfinite(away)) continue;
    sum += away * away;
    ++count;
  }
  return count > 0 ? std::optional(std::sqrt(sum / count)) : std::nullopt;
}

bool is_within(const std::vector<TimeRange>& when, double at_s) {
  return std::any_of(when.begin(), when.end(),
                     [&](const TimeRange& one) { return at_s >= one.from_s && at_s <= one.to_s; });
}

// Power of the claim's bands in each column of the matrix, in dB; unknown columns are left out.
struct Moments {
  std::vector<double> there;
  std::vector<double> elsewhere;
};
Moments levels_of(const Claim& claim, const BandsOverTime& matrix) {
  Moments moments;
  if (matrix.bands != kTargetBands || !(matrix.column_s > 0.0)) return moments;
  for (std::size_t column = 0; (column + 1) * kTargetBands <= matrix.values.size(); ++column) {
    double power = 0.0;
    for (std::size_t band = 0; band < kTargetBands; ++band) {
      const double level = static_cast<double>(matrix.values[column * kTargetBands + band]);
      if (is_in_range(band, claim.low_hz, claim.high_hz) && std::abs(level) < 200.0)
        power += std::pow(10.0, level / 10.0);
    }
    if (!(power > 1e-9)) continue;
    const bool there = is_within(claim.when, (static_cast<double>(column) + 0.5) * matrix.column_s);
    (there ? moments.there : moments.elsewhere).push_back(10.0 * std::log10(power));
  }
  return moments;
}

std::optional<double> median(std::vector<double> values) {
  if (values.empty()) return std::nullopt;
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

std::optional<double> moments_db(const Claim& claim, const Measurements& audio) {
  if (!audio.spectrum) return std::nullopt;
  const Moments moments = levels_of(claim, audio.spectrum->third_octaves_over_time);
  const auto there = median(moments.there);
  const auto elsewhere = median(moments.elsewhere);
  if (!there || !elsewhere) return std::nullopt;
  return *there - *elsewhere;
}

std::optional<double> narrow_db(const Claim& claim, const Measurements& audio) {
  if (!audio.spectrum) return std::nullopt;
  std::optional<double> highest;
  for (const ResonancePoint& point : audio.spectrum->resonance_map)
    if (point.hz >= claim.low_hz && point.hz <= claim.high_hz && std::isfinite(point.excess_db))
      highest = std::max(highest.value_or(point.excess_db), point.excess_db);
  return highest;
}

std::optional<double> rumble_db(const Measurements& audio) {
  const BandLevels levels = average_levels(audio);
  double deepest = 0.0;
  double bass = 0.0;
  for (std::size_t band = 0; band < levels.size(); ++band) {
    if (!std::isfinite(levels[band])) continue;
    if (is_in_range(band, 20.0, 25.0)) deepest += std::pow(10.0, levels[band] / 10.0);
    if (is_in_range(band, 50.0, 80.0)) bass += std::pow(10.0, levels[band] / 10.0);
  }
  if (!(deepest > 0.0) || !(bass > 0.0)) return std::nullopt;
  return 10.0 * std::log10(deepest / bass);
}

std::optional<double> side_db(const Claim& claim, const Measurements& audio) {
  if (!audio.stereo || claim.stereo_band >= audio.stereo->bands.size()) return std::nullopt;
  return known(audio.stereo->bands[claim.stereo_band].side_to_mid_db);
}

}  // namespace

std::optional<double> read_claim(const Claim& claim, const Measurements& audio) {
  switch (claim.reading) {
    case Claim::Reading::kError:
      return mean_error_db(claim, audio);
    case Claim::Reading::kDistance:
      return distance_db(claim, average_levels(audio));
    case Claim::Reading::kImage:
      return distance_db(claim, side_to_mid_levels(audio));
    case Claim::Reading::kMoments:
      return moments_db(claim, audio);
    case Claim::Reading::kNarrow:
      return narrow_db(claim, audio);
    case Claim::Reading::kRumble:
      return rumble_db(audio);
    case Claim::Reading::kDcOffset:
      return audio.source ? known(audio.source->dc_offset_dbfs) : std::nullopt;
    case Claim::Reading::kSide:
      return side_db(claim, audio);
    case Claim::Reading::kMiddle: {
      const auto side = side_db(claim, audio);
      return side ? std::optional(-*side) : std::nullopt;
    }
    case Claim::Reading::kBalance:
      return audio.stereo ? known(audio.stereo->balance_lu) : std::nullopt;
    case Claim::Reading::kPeaks:
      return audio.dynamics ? known(audio.dynamics->plr_db) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<double> improvement_db(const Claim& claim, const Measurements& before,
                                     const Measurements& after) {
  const auto was = read_claim(claim, before);
  auto is = read_claim(claim, after);
  // What was taken away altogether is as good as it gets.
  constexpr double kGone = -120.0;
  if (was && !is && claim.reading != Claim::Reading::kError) is = kGone;
  if (!was || !is) return std::nullopt;
  const bool either_way =
      claim.reading == Claim::Reading::kError || claim.reading == Claim::Reading::kBalance;
  return either_way ? std::abs(*was) - std::abs(*is) : *was - *is;
}

}  // namespace lacquer
