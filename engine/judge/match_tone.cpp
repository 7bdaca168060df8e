#include "judge/match_tone.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lacquer {
namespace {

constexpr double kUnitDb = 3.0;  // shapes hardly change with gain; taken at this height
constexpr double kRidge = 0.05;  // keeps two moves beside each other from working against each other
constexpr int kExchangeRounds = 2;
constexpr double kGoodEnoughDb2 = 0.02;  // mean square that is left: nothing more to hear

// A move of kUnitDb and its response in units of its gain.
struct Candidate {
  ToneMove move;
  BandLevels shape{};
};

Candidate candidate(ToneMove::Shape shape, double hz, double q) {
  Candidate made{{shape, hz, kUnitDb, q}, response_db(ToneMove{shape, hz, kUnitDb, q})};
  for (double& value : made.shape) value /= kUnitDb;
  return made;
}

const std::vector<Candidate>& candidates() {
  static const std::vector<Candidate> all = [] {
    std::vector<Candidate> made;
    for (double hz = 35.0; hz < 15000.0; hz *= std::exp2(1.0 / 6.0))
      for (const double q : {0.5, 0.7, 1.0, 1.4, 2.0, 2.8})
        made.push_back(candidate(ToneMove::Shape::kBell, hz, q));
    for (double hz = 60.0; hz < 400.0; hz *= std::exp2(1.0 / 3.0))
      made.push_back(candidate(ToneMove::Shape::kLowShelf, hz, 0.7));
    for (double hz = 1500.0; hz < 13000.0; hz *= std::exp2(1.0 / 3.0))
      made.push_back(candidate(ToneMove::Shape::kHighShelf, hz, 0.7));
    return made;
  }();
  return all;
}

// Gauss with partial pivoting, for the few unknowns there are.
std::vector<double> solve(std::vector<std::vector<double>> a, std::vector<double> b) {
  const std::size_t n = b.size();
  for (std::size_t column = 0; column < n; ++column) {
    std::size_t pivot = column;
    for (std::size_t row = column + 1; row < n; ++row)
      if (std::abs(a[row][column]) > std::abs(a[pivot][column])) pivot = row;
    std::swap(a[column], a[pivot]);
    std::swap(b[column], b[pivot]);
    for (std::size_t row = column + 1; row < n; ++row) {
      const double factor = a[row][column] / a[column][column];
      for (std::size_t k = column; k < n; ++k) a[row][k] -= factor * a[column][k];
      b[row] -= factor * b[column];
    }
  }
  for (std::size_t row = n; row-- > 0;) {
    for (std::size_t k = row + 1; k < n; ++k) b[row] -= a[row][k] * b[k];
    b[row] /= a[row][row];
  }
  return b;
}

class Fit {
 public:
  Fit(const BandLevels& wanted, const ToneFitLimits& limits) : wanted_(wanted), limits_(limits) {}

  std::vector<ToneMove> run() {
    if (mean_square(wanted_) < kGoodEnoughDb2) return {};
    while (static_cast<int>(chosen_.size()) < limits_.moves && left_ > kGoodEnoughDb2)
      if (!place(chosen_.size())) break;
    for (int round = 0; round < kExchangeRounds; ++round)
      for (std::size_t i = 0; i < chosen_.size(); ++i) place(i);
    std::vector<ToneMove> moves;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      ToneMove move = chosen_[i]->move;
      move.gain_db = std::round(gains_[i] * 10.0) / 10.0;
      if (std::abs(move.gain_db) >= limits_.least_move_db) moves.push_back(move);
    }
    std::sort(moves.begin(), moves.end(),
              [](const ToneMove& a, const ToneMove& b) { return a.frequency_hz < b.frequency_hz; });
    return moves;
  }

 private:
  // The best candidate for one place, the others as they are; false where none leaves less than now.
  bool place(std::size_t at) {
    const Candidate* best = nullptr;
    std::vector<const Candidate*> trial = chosen_;
    if (at == trial.size()) trial.push_back(nullptr);
    for (const Candidate& one : candidates()) {
      if (std::find(trial.begin(), trial.end(), &one) != trial.end() && trial[at] != &one) continue;
      trial[at] = &one;
      const std::vector<double> gains = gains_for(trial);
      const double left = left_after(trial, gains);
      if (left >= left_ - 1e-9) continue;
      left_ = left;
      best = &one;
      best_gains_ = gains;
    }
    if (best == nullptr) return false;
    trial[at] = best;
    chosen_ = trial;
    gains_ = best_gains_;
    return true;
  }

  std::vector<double> gains_for(const std::vector<const Candidate*>& moves) const {
    const std::size_t n = moves.size();
    std::vector<std::vector<double>> a(n, std::vector<double>(n, 0.0));
    std::vector<double> b(n, 0.0);
    for (std::size_t band = 0; band < wanted_.size(); ++band) {
      if (!std::isfinite(wanted_[band])) continue;
      for (std::size_t i = 0; i < n; ++i) {
        b[i] += moves[i]->shape[band] * wanted_[band];
        for (std::size_t k = 0; k < n; ++k) a[i][k] += moves[i]->shape[band] * moves[k]->shape[band];
      }
    }
    for (std::size_t i = 0; i < n; ++i) a[i][i] += kRidge;
    std::vector<double> gains = solve(std::move(a), std::move(b));
    for (double& gain : gains) gain = std::clamp(gain, -limits_.most_cut_db, limits_.most_boost_db);
    return gains;
  }

  double left_after(const std::vector<const Candidate*>& moves, const std::vector<double>& gains) const {
    BandLevels rest = wanted_;
    for (std::size_t i = 0; i < moves.size(); ++i)
      for (std::size_t band = 0; band < rest.size(); ++band) rest[band] -= gains[i] * moves[i]->shape[band];
    return mean_square(rest);
  }

  static double mean_square(const BandLevels& levels) {
    double sum = 0.0;
    int count = 0;
    for (const double level : levels)
      if (std::isfinite(level)) sum += level * level, ++count;
    return count > 0 ? sum / count : 0.0;
  }

  const BandLevels& wanted_;
  const ToneFitLimits& limits_;
  std::vector<const Candidate*> chosen_;
  std::vector<double> gains_;
  std::vector<double> best_gains_;
  double left_ = mean_square(wanted_);
};

}  // namespace

std::vector<ToneMove> fit_moves(const BandLevels& wanted_db, const ToneFitLimits& limits) {
  return Fit(wanted_db, limits).run();
}

BandLevels response_db(const std::vector<ToneMove>& moves) {
  BandLevels sum{};
  for (const ToneMove& move : moves) {
    const BandLevels one = response_db(move);
    for (std::size_t band = 0; band < sum.size(); ++band) sum[band] += one[band];
  }
  return sum;
}

}  // namespace lacquer
