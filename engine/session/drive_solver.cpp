#include "session/drive_solver.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/decibels.h"
#include "dsp/limiter_gain.h"
#include "dsp/soft_clip.h"
#include "measure/loudness_meter.h"

namespace lacquer {

namespace {

constexpr int kTenthsInMomentary = 4;   // 400 ms
constexpr int kTenthsInShortTerm = 30;  // 3 s
constexpr double kLandingLu = 0.01;     // close enough for a prediction
constexpr double kDriveStepDb = 0.02;   // resolution of a search over drives

// A percentile of many small positive numbers, from a histogram of hundredths of a dB.
class ReductionHistogram {
 public:
  void add(double reduction_db) {
    const auto bin = static_cast<std::size_t>(std::clamp(reduction_db * 100.0 + 0.5, 0.0, kBins - 1.0));
    ++bins_[bin];
    ++count_;
  }
  double percentile(double share) const {
    auto left = static_cast<std::int64_t>(std::ceil(static_cast<double>(count_) * share));
    for (std::size_t bin = 0; bin < bins_.size(); ++bin)
      if ((left -= bins_[bin]) <= 0) return static_cast<double>(bin) / 100.0;
    return 0.0;
  }

 private:
  static constexpr int kBins = 6000;
  std::array<std::int64_t, kBins> bins_{};
  std::int64_t count_ = 0;
};

// Energy, frames and highest peak of each 100 ms.
struct Tenths {
  std::vector<double> power;
  std::vector<double> peak;
};

double windowed(const std::vector<double>& power, std::size_t end, std::size_t length) {
  double sum = 0.0;
  for (std::size_t i = end - length; i < end; ++i) sum += power[i];
  return sum / static_cast<double>(length);
}

std::optional<double> psr_p5(const Tenths& tenths, double gate_lufs) {
  std::vector<double> ratios;
  for (std::size_t end = kTenthsInShortTerm; end <= tenths.power.size(); ++end) {
    const auto loudness = loudness_of_power(windowed(tenths.power, end, kTenthsInShortTerm));
    if (!loudness || *loudness <= gate_lufs) continue;
    const auto last = tenths.peak.begin() + static_cast<std::ptrdiff_t>(end);
    const auto peak_db = gain_to_db(*std::max_element(last - kTenthsInShortTerm, last));
    if (peak_db) ratios.push_back(*peak_db - *loudness);
  }
  if (ratios.empty()) return std::nullopt;
  const auto index = std::lround(static_cast<double>(ratios.size() - 1) * 0.05);
  std::nth_element(ratios.begin(), ratios.begin() + index, ratios.end());
  return ratios[static_cast<std::size_t>(index)];
}

}  // namespace

DriveSolver::DriveSolver(const LimiterEnvelope& envelope, double ceiling_dbtp, const LimiterParams& limiter)
    : envelope_(envelope), ceiling_dbtp_(ceiling_dbtp), limiter_(limiter), peak_db_(envelope.peak.size()) {
  for (std::size_t i = 0; i < peak_db_.size(); ++i)
    peak_db_[i] = envelope.peak[i] > 0.0F ? 20.0F * std::log10(envelope.peak[i])
                                          : static_cast<float>(LimiterGain::kSilenceDb);
}

std::optional<double> DriveSolver::peak_drive_db() const {
  if (peak_db_.empty()) return std::nullopt;
  const double highest = *std::max_element(peak_db_.begin(), peak_db_.end());
  if (highest <= LimiterGain::kSilenceDb) return std::nullopt;
  return std::clamp(ceiling_dbtp_ - Limiter::kGuardDb - highest, -kMostDriveDb, kMostDriveDb);
}

LimiterGain DriveSolver::gain_at(double drive_db) const {
  LimiterGain gain;
  gain.set_params({drive_db, ceiling_dbtp_ - Limiter::kGuardDb, limiter_.release_ms, limiter_.quality});
  gain.prepare(envelope_.sample_rate_hz / envelope_.cell_frames);
  return gain;
}

double DriveSolver::rounded_off_db(std::size_t cell, double drive_db) const {
  // The limiter's input meets the ceiling there.
  const double input_ceiling_db = ceiling_dbtp_ - Limiter::kGuardDb - drive_db;
  return soft_clip_reduction_db(peak_db_[cell] - input_ceiling_db, limiter_.soft_clip_db);
}

std::vector<float> DriveSolver::gains(double drive_db, std::int64_t first_cell, std::size_t cells) const {
  constexpr double kLeadInS = 4.0;  // longer than anything the curve remembers
  LimiterGain gain = gain_at(drive_db);
  const auto size = static_cast<std::int64_t>(peak_db_.size());
  const auto lead_in = static_cast<std::int64_t>(kLeadInS * envelope_.sample_rate_hz / envelope_.cell_frames);
  const std::int64_t end = std::min(size, first_cell + static_cast<std::int64_t>(cells));
  std::vector<float> curve;
  for (std::int64_t k = std::max<std::int64_t>(0, first_cell - lead_in); k < end + gain.latency_cells();
       ++k) {
    const auto at = static_cast<std::size_t>(k);
    const double value =
        gain.push(k < size ? peak_db_[at] - rounded_off_db(at, drive_db) : LimiterGain::kSilenceDb);
    if (k - gain.latency_cells() >= first_cell) curve.push_back(static_cast<float>(value));
  }
  return curve;
}

std::optional<DriveOutcome> DriveSolver::at(double drive_db) const {
  LimiterGain gain = gain_at(drive_db);
  const auto rounded_off_db = [&](std::size_t cell) { return this->rounded_off_db(cell, drive_db); };

  Tenths tenths;
  ReductionHistogram reductions;
  double energy = 0.0;
  double peak = 0.0;
  std::int64_t frames = 0;
  const double drive_gain = db_to_gain(drive_db);
  const auto cells = static_cast<std::int64_t>(peak_db_.size());
  const int latency = gain.latency_cells();
  for (std::int64_t k = 0; k < cells + latency; ++k) {
    const auto next = static_cast<std::size_t>(k);
    const double value =
        gain.push(k < cells ? peak_db_[next] - rounded_off_db(next) : LimiterGain::kSilenceDb);
    const std::int64_t cell = k - latency;
    if (cell < 0) continue;
    const auto at = static_cast<std::size_t>(cell);
    energy += static_cast<double>(envelope_.energy[at]) * value * value;
    peak = std::max(peak, static_cast<double>(envelope_.peak[at]) * value * db_to_gain(-rounded_off_db(at)));
    frames += envelope_.cell_frames;
    constexpr float kAudibleDb = -60.0F;
    if (peak_db_[at] > kAudibleDb)
      reductions.add(value < drive_gain ? -20.0 * std::log10(value / drive_gain) : 0.0);
    const auto due = static_cast<double>(tenths.power.size() + 1) * envelope_.sample_rate_hz / 10.0;
    if (static_cast<double>((cell + 1) * envelope_.cell_frames) + 0.5 * envelope_.cell_frames < due) continue;
    tenths.power.push_back(energy / static_cast<double>(frames));
    tenths.peak.push_back(peak);
    energy = peak = 0.0;
    frames = 0;
  }
  std::vector<double> blocks;
  for (std::size_t end = kTenthsInMomentary; end <= tenths.power.size(); ++end)
    blocks.push_back(windowed(tenths.power, end, kTenthsInMomentary));
  const LoudnessGate gate = gate_blocks(blocks);
  if (!gate.integrated_lufs) return std::nullopt;
  DriveOutcome outcome{drive_db, *gate.integrated_lufs, 0.0, reductions.percentile(0.95), std::move(blocks)};
  // Under 3 s there is no short-term loudness: the whole piece stands in for it.
  const double whole =
      *gain_to_db(std::max(1e-12, *std::max_element(tenths.peak.begin(), tenths.peak.end())));
  outcome.psr_p5_db = psr_p5(tenths, gate.threshold_lufs).value_or(whole - outcome.integrated_lufs);
  return outcome;
}

std::optional<DriveOutcome> DriveSolver::for_loudness(double lufs) const {
  auto outcome = at(0.0);
  if (!outcome) return std::nullopt;
  // Loudness never falls as drive rises, and rises by at most the drive: a secant within a shrinking bracket.
  double low = -kMostDriveDb;
  double high = kMostDriveDb;
  double slope = 1.0;
  for (int i = 0; i < 24 && std::abs(outcome->integrated_lufs - lufs) > kLandingLu && high - low > 0.001;
       ++i) {
    const double error = lufs - outcome->integrated_lufs;
    (error > 0.0 ? low : high) = outcome->drive_db;
    double next = outcome->drive_db + error / slope;
    if (next <= low || next >= high) next = (low + high) / 2.0;
    const auto tried = at(next);
    if (!tried) return outcome;
    const double rise = (tried->integrated_lufs - outcome->integrated_lufs) / (next - outcome->drive_db);
    slope = std::clamp(rise, 0.1, 1.0);
    outcome = tried;
  }
  return outcome;
}

bool DriveSolver::affordable(const DriveOutcome& outcome, const LoudnessBudget& budget) const {
  if (outcome.psr_p5_db < budget.psr_p5_floor_db || outcome.reduction_p95_db > budget.reduction_p95_db)
    return false;
  const auto more = at(outcome.drive_db + 1.0);
  return more && affordable(outcome, *more, budget);
}

bool DriveSolver::affordable(const DriveOutcome& outcome, const DriveOutcome& a_db_more,
                             const LoudnessBudget& budget) {
  return outcome.psr_p5_db >= budget.psr_p5_floor_db && outcome.reduction_p95_db <= budget.reduction_p95_db &&
         a_db_more.integrated_lufs - outcome.integrated_lufs >= budget.least_lu_per_db;
}

std::optional<DriveOutcome> DriveSolver::within(const LoudnessBudget& budget) const {
  const auto free = peak_drive_db();
  if (!free) return std::nullopt;
  auto best = at(*free);
  if (!best || !affordable(*best, budget)) return best;
  double low = *free;
  double high = std::min(kMostDriveDb, *free + 1.0);
  // Widen until it costs too much, then halve.
  while (high < kMostDriveDb) {
    const auto tried = at(high);
    if (!tried || !affordable(*tried, budget)) break;
    best = tried;
    low = high;
    high = std::min(kMostDriveDb, *free + 2.0 * (high - *free));
  }
  while (high - low > kDriveStepDb) {
    const double middle = (low + high) / 2.0;
    const auto tried = at(middle);
    const bool good = tried && affordable(*tried, budget);
    (good ? low : high) = middle;
    if (good) best = tried;
  }
  return best;
}

}  // namespace lacquer
