#include "session/exercises/statistics.h"

#include <algorithm>
#include <cmath>

namespace lacquer {
namespace {

constexpr double kByLuck = 0.05;
constexpr double kPower = 0.8;
constexpr int kMostTrials = 1000;

}  // namespace

double chance_of_so_many(int trials, int right, double by_chance) {
  if (right <= 0) return 1.0;
  double sum = 0.0;
  for (int k = right; k <= trials; ++k)
    sum += std::exp(std::lgamma(trials + 1.0) - std::lgamma(k + 1.0) - std::lgamma(trials - k + 1.0) +
                    k * std::log(by_chance) + (trials - k) * std::log1p(-by_chance));
  return std::min(1.0, sum);
}

int right_for_proof(int trials, double by_chance) {
  int right = trials + 1;
  while (right > 1 && chance_of_so_many(trials, right - 1, by_chance) <= kByLuck) --right;
  return right;
}

int trials_for_proof(double share, double by_chance) {
  const double heard = std::min(share, 0.999);
  for (int trials = 1; trials < kMostTrials; ++trials) {
    const int needed = right_for_proof(trials, by_chance);
    if (needed <= trials && chance_of_so_many(trials, needed, heard) >= kPower) return trials;
  }
  return kMostTrials;
}

}  // namespace lacquer
