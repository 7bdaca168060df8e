#include <algorithm>
#include <cmath>

#include "judge/nominations.h"
#include "judge/prose.h"
#include "judge/tonal_prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

struct GuiltyBand {
  double low_hz = 0.0;
  double high_hz = 0.0;
};

// The range of the word, no wider than an octave and a half about the middle of what is wrong.
GuiltyBand band_of(const ToneFault& fault) {
  constexpr double kHalfOctaves = 0.75;
  if (fault.term->measured_by == "bursts") return {fault.term->low_hz, fault.term->high_hz};
  return {std::max(fault.term->low_hz / 1.12, fault.hz / std::exp2(kHalfOctaves)),
          std::min(fault.term->high_hz * 1.12, fault.hz * std::exp2(kHalfOctaves))};
}

// The level of the band in each column of time, mean power over its third-octaves.
std::vector<double> band_levels_dbfs(const BandsOverTime& matrix, const GuiltyBand& band) {
  std::vector<double> levels;
  if (matrix.bands != kTargetBands) return levels;
  for (std::size_t at = 0; at + kTargetBands <= matrix.values.size(); at += kTargetBands) {
    double power = 0.0;
    for (std::size_t one = 0; one < kTargetBands; ++one) {
      const double level = static_cast<double>(matrix.values[at + one]);
      if (is_in_range(one, band.low_hz, band.high_hz) && std::abs(level) < 200.0)
        power += std::pow(10.0, level / 10.0);
    }
    if (power > 1e-9) levels.push_back(10.0 * std::log10(power));
  }
  return levels;
}

double percentile(std::vector<double> values, double share) {
  const auto at = values.begin() +
                  static_cast<std::ptrdiff_t>(std::lround(share * static_cast<double>(values.size() - 1)));
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

struct Times {
  double attack_ms;
  double release_ms;
};
Times times_for(double middle_hz, const ChainRules::Multiband& rules) {
  if (middle_hz < rules.low_to_mid_hz) return {rules.low_attack_ms, rules.low_release_ms};
  if (middle_hz < rules.mid_to_high_hz) return {rules.mid_attack_ms, rules.mid_release_ms};
  return {rules.high_attack_ms, rules.high_release_ms};
}

// Borders of the guilty band; below the lowest border that makes sense there is none.
std::string add_borders(PlanStage& stage, const GuiltyBand& band) {
  constexpr double kLowestBorderHz = 45.0;
  int border = 0;
  const auto add = [&](double hz) {
    stage.parameters.push_back({"crossover_" + std::to_string(++border) + "_hz", to_step(hz)});
  };
  const bool from_below = band.low_hz < kLowestBorderHz;
  if (!from_below) add(band.low_hz);
  if (band.high_hz < 15000.0) add(band.high_hz);
  return from_below ? "band_1_" : "band_2_";
}

const ToneFault* guilty(const Grounds& grounds) {
  for (const ToneFault& fault : grounds.judged.tone.faults)
    if (fault.deviation_db >= 0.0 && (fault.at_times || fault.term->measured_by == "bursts")) return &fault;
  return nullptr;
}

}  // namespace

std::optional<Nomination> nominate_multiband(const Grounds& grounds, double input_trim_db) {
  const auto& rules = grounds.rules().multiband;
  const ToneFault* fault = guilty(grounds);
  const auto& psr = grounds.judged.reads.psr_p5_db;
  if (fault == nullptr || (psr && *psr < rules.least_psr_p5_db) || !grounds.judged.audio.spectrum)
    return std::nullopt;
  const bool bursts = fault->term->measured_by == "bursts";
  const GuiltyBand band = band_of(*fault);
  const std::vector<double> levels =
      band_levels_dbfs(grounds.judged.audio.spectrum->third_octaves_over_time, band);
  if (levels.empty()) return std::nullopt;
  // Just over what is usual: the band rests most of the time. A burst is shorter than a column and stands
  // higher above it.
  constexpr double kOverUsualDb = 1.0;
  constexpr double kBurstOverDb = 6.0;
  const double threshold = percentile(levels, 0.5) + (bursts ? kBurstOverDb : kOverUsualDb) + input_trim_db;

  Nomination made;
  const std::string there = frequency(to_step(band.low_hz)) + " to " + frequency(to_step(band.high_hz));
  made.stage = stage_for(
      Stage::kMultibandCompression, Treatment::kCorrective,
      bursts ? "Sibilance comes in bursts: the band from " + there +
                   " alone is turned down in these moments, by " + db(rules.most_reduction_db) + " at most."
             : "It sounds " + fault->term->id + " at times only" +
                   tonal_prose::mostly(grounds.judged, fault->when) + ": the band from " + there +
                   " alone is turned down in these moments, by " + db(rules.most_reduction_db) +
                   " at most; a fixed cut would thin the rest.");
  made.stage.findings = {fault->term->id == "harsh" || bursts ? "harshness" : "low-end"};
  const std::string prefix = add_borders(made.stage, band);
  const Times times = times_for(std::sqrt(band.low_hz * band.high_hz), rules);
  auto& parameters = made.stage.parameters;
  parameters.push_back({prefix + "threshold_dbfs", to_tenth(std::clamp(threshold, -80.0, 0.0))});
  parameters.push_back({prefix + "ratio", rules.ratio});
  parameters.push_back({prefix + "attack_ms", times.attack_ms});
  parameters.push_back({prefix + "release_ms", times.release_ms});
  parameters.push_back({prefix + "most_reduction_db", rules.most_reduction_db});

  Claim claim;
  claim.reading = Claim::Reading::kMoments;
  claim.name = fault->term->id + (bursts ? "_bursts" : "_moments");
  claim.finding = made.stage.findings.front();
  claim.low_hz = band.low_hz;
  claim.high_hz = band.high_hz;
  claim.when = bursts ? grounds.judged.audio.spectrum->bursts.when : fault->when;
  claim.promised_db = rules.most_reduction_db / 3.0;
  made.claims.push_back(std::move(claim));
  return made;
}

}  // namespace lacquer
