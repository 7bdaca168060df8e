#include "session/drive_solver.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/decibels.h"
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

double windowed(const std::vector<double>& power, std::size_t end, std::size_t length) {
  double sum = 0.0;
  for (std::size_t i = end - length; i < end; ++i) sum += power[i];
  return sum / static_cast<double>(length);
}

float level_db(float peak) {
  return peak > 0.0F ? 20.0F * std::log10(peak) : static_cast<float>(LimiterGain::kSilenceDb);
}

}  // namespace

// Mean power and highest peak of each 100 ms.
struct DriveSolver::Tenths {
  std::vector<double> power;
  std::vector<double> peak;

  std::optional<double> psr_p5(double gate_lufs) const {
    std::vector<double> ratios;
    for (std::size_t end = kTenthsInShortTerm; end <= power.size(); ++end) {
      const auto loudness = loudness_of_power(windowed(power, end, kTenthsInShortTerm));
      if (!loudness || *loudness <= gate_lufs) continue;
      const auto last = peak.begin() + static_cast<std::ptrdiff_t>(end);
      const auto peak_db = gain_to_db(*std::max_element(last - kTenthsInShortTerm, last));
      if (peak_db) ratios.push_back(*peak_db - *loudness);
    }
    if (ratios.empty()) return std::nullopt;
    const auto index = std::lround(static_cast<double>(ratios.size() - 1) * 0.05);
    std::nth_element(ratios.begin(), ratios.begin() + index, ratios.end());
    return ratios[static_cast<std::size_t>(index)];
  }
};

DriveSolver::DriveSolver(const LimiterEnvelope& envelope, double ceiling_dbtp, const LimiterParams& limiter,
                         Executor& executor)
    : envelope_(envelope), ceiling_dbtp_(ceiling_dbtp), limiter_(limiter), executor_(executor) {
  LimiterGain gain;
  gain.set_params({0.0, 0.0, limiter.release_ms, limiter.quality});
  gain.prepare(envelope.sample_rate_hz / envelope.cell_frames);
  latency_cells_ = static_cast<std::size_t>(gain.latency_cells());
  held_db_.reserve(envelope.peak.size() + latency_cells_);
  for (const float peak : envelope.peak)
    held_db_.push_back(static_cast<float>(gain.hold(static_cast<double>(level_db(peak)))));
  for (std::size_t i = 0; i < latency_cells_; ++i)
    held_db_.push_back(static_cast<float>(gain.hold(LimiterGain::kSilenceDb)));
  for (std::size_t cell = 0; cell < envelope.peak.size(); ++cell) {
    const auto due = static_cast<double>(tenth_ends_.size() + 1) * envelope.sample_rate_hz / 10.0;
    if ((static_cast<double>(cell) + 1.5) * envelope.cell_frames >= due) tenth_ends_.push_back(cell + 1);
  }
}

std::optional<double> DriveSolver::peak_drive_db() const {
  if (envelope_.peak.empty()) return std::nullopt;
  const double highest = level_db(*std::max_element(envelope_.peak.begin(), envelope_.peak.end()));
  if (highest <= LimiterGain::kSilenceDb) return std::nullopt;
  return std::clamp(ceiling_dbtp_ - Limiter::kGuardDb - highest, -kMostDriveDb, kMostDriveDb);
}

// The limiter's input meets the ceiling at so much less than the drive.
double DriveSolver::rounded_off_db(double peak_db, double drive_db) const {
  return soft_clip_reduction_db(peak_db - (ceiling_dbtp_ - Limiter::kGuardDb - drive_db),
                                limiter_.soft_clip_db);
}

LimiterGain DriveSolver::gain_at(double drive_db) const {
  LimiterGain gain;
  gain.set_params({drive_db, ceiling_dbtp_ - Limiter::kGuardDb, limiter_.release_ms, limiter_.quality});
  gain.prepare(envelope_.sample_rate_hz / envelope_.cell_frames);
  return gain;
}

// The gain curve's next cells, as many as there is room for. A rounded peak is a peak all the same: rounding
// never puts a lower one above a higher one, so that it may follow the hold.
void DriveSolver::follow(LimiterGain& gain, double drive_db, std::size_t from,
                         std::vector<double>& attenuation_db) const {
  for (double& value : attenuation_db) {
    double held = held_db_[from++];
    if (limiter_.soft_clip_db > 0.0F) held -= rounded_off_db(held, drive_db);
    value = gain.follow(std::max(-drive_db, held - (ceiling_dbtp_ - Limiter::kGuardDb)));
  }
}

std::vector<float> DriveSolver::gains(double drive_db, std::size_t first_cell, std::size_t cells) const {
  constexpr double kLeadInS = 4.0;  // longer than anything the curve remembers
  const std::size_t size = envelope_.peak.size();
  if (first_cell >= size) return {};
  const auto lead_in = static_cast<std::size_t>(kLeadInS * envelope_.sample_rate_hz / envelope_.cell_frames);
  const std::size_t from = first_cell - std::min(first_cell, lead_in);
  LimiterGain gain = gain_at(drive_db);
  std::vector<double> curve(first_cell - from + latency_cells_);
  follow(gain, drive_db, from, curve);
  curve.resize(std::min(cells, size - first_cell));
  follow(gain, drive_db, first_cell + latency_cells_, curve);
  std::vector<float> linear;
  for (const double attenuation_db : curve) linear.push_back(static_cast<float>(db_to_gain(-attenuation_db)));
  return linear;
}

std::optional<DriveOutcome> DriveSolver::at(double drive_db) const {
  LimiterGain gain = gain_at(drive_db);
  std::vector<double> curve(latency_cells_);
  if (!envelope_.peak.empty()) follow(gain, drive_db, 0, curve);

  Tenths tenths;
  ReductionHistogram reductions;
  std::size_t cell = 0;
  for (const std::size_t end : tenth_ends_) {
    curve.resize(end - cell);
    follow(gain, drive_db, cell + latency_cells_, curve);
    double energy = 0.0;
    double highest = 0.0;  // squared
    const auto frames = static_cast<double>(curve.size()) * envelope_.cell_frames;
    for (const double attenuation_db : curve) {
      const double power = std::exp(attenuation_db * (-std::numbers::ln10 / 10.0));
      const double peak = envelope_.peak[cell];
      energy += static_cast<double>(envelope_.energy[cell]) * power;
      double square = peak * peak * power;
      if (limiter_.soft_clip_db > 0.0F)
        square *= db_to_power(-rounded_off_db(level_db(envelope_.peak[cell]), drive_db));
      highest = std::max(highest, square);
      constexpr double kAudible = 0.001;  // -60 dBFS
      if (peak > kAudible) reductions.add(attenuation_db + drive_db);
      ++cell;
    }
    tenths.power.push_back(energy / frames);
    tenths.peak.push_back(std::sqrt(highest));
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
  outcome.psr_p5_db = tenths.psr_p5(gate.threshold_lufs).value_or(whole - outcome.integrated_lufs);
  return outcome;
}

std::vector<std::optional<DriveOutcome>> DriveSolver::at_each(const std::vector<double>& drives_db) const {
  std::vector<std::optional<DriveOutcome>> outcomes(drives_db.size());
  std::vector<Executor::Job> jobs;
  for (std::size_t i = 0; i < drives_db.size(); ++i)
    jobs.emplace_back([&, i] { outcomes[i] = at(drives_db[i]); });
  executor_.run(jobs);
  return outcomes;
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

double DriveSolver::nearest_to_name_lufs(const DriveOutcome& nearest) {
  constexpr double kOffLu = 0.25;
  return std::floor((nearest.integrated_lufs - kOffLu) * 10.0) / 10.0;
}

bool DriveSolver::affordable(const DriveOutcome& outcome, const std::optional<DriveOutcome>& one_more,
                             const LoudnessBudget& budget) {
  return outcome.psr_p5_db >= budget.psr_p5_floor_db && outcome.reduction_p95_db <= budget.reduction_p95_db &&
         one_more && one_more->integrated_lufs - outcome.integrated_lufs >= budget.least_lu_per_db;
}

bool DriveSolver::affordable(const DriveOutcome& outcome, const LoudnessBudget& budget) const {
  return affordable(outcome, at(outcome.drive_db + 1.0), budget);
}

std::optional<DriveOutcome> DriveSolver::within(const LoudnessBudget& budget) const {
  const auto free = peak_drive_db();
  if (!free) return std::nullopt;
  // The outcome of a drive, and whether it is within the budget.
  const auto weighed = [&](double drive_db) {
    const auto outcomes = at_each({drive_db, drive_db + 1.0});
    const bool good = outcomes[0] && affordable(*outcomes[0], outcomes[1], budget);
    return std::pair(outcomes[0], good);
  };
  auto [best, is_good] = weighed(*free);
  if (!is_good) return best;
  double low = *free;
  double high = std::min(kMostDriveDb, *free + 1.0);
  // Widen until it costs too much, then halve.
  while (high < kMostDriveDb) {
    const auto [tried, good] = weighed(high);
    if (!good) break;
    best = tried;
    low = high;
    high = std::min(kMostDriveDb, *free + 2.0 * (high - *free));
  }
  while (high - low > kDriveStepDb) {
    const double middle = (low + high) / 2.0;
    const auto [tried, good] = weighed(middle);
    (good ? low : high) = middle;
    if (good) best = tried;
  }
  return best;
}

}  // namespace lacquer
