#include "judge/finding_change.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace lacquer {
namespace {

constexpr double kLeastMove = 0.1;
constexpr double kLeastShare = 0.1;

const Evidence* same_metric(const Finding& finding, const Evidence& wanted) {
  for (const Evidence& one : finding.evidence)
    if (one.metric == wanted.metric) return &one;
  return nullptr;
}

// How far a measurement moved towards the good side of its limit. The limits themselves may differ between a
// mix and a master, so it is the values that are compared.
std::optional<double> improvement(const Evidence& from, const Evidence& to) {
  if (!from.threshold || !from.distance || *from.distance == 0.0) return std::nullopt;
  const bool above_is_good = (from.value > *from.threshold) == (*from.distance > 0.0);
  return above_is_good ? to.value - from.value : from.value - to.value;
}

bool is_outside(const Evidence& one) { return one.distance && *one.distance < 0.0; }

bool is_a_move(double move, const Evidence& from) {
  return std::abs(move) >= std::max(kLeastMove, kLeastShare * std::abs(from.distance.value_or(0.0)));
}

// The first measurement that was outside its limit in `outside_in` and can be compared.
struct Move {
  double better = 0.0;  // 0: too little to tell
  const Evidence* from = nullptr;
  const Evidence* to = nullptr;
};

std::optional<Move> telling_move(const Finding& before, const Finding& after, const Finding& outside_in) {
  for (const Evidence& one : outside_in.evidence) {
    if (!is_outside(one)) continue;
    const Evidence* from = same_metric(before, one);
    const Evidence* to = same_metric(after, one);
    if (from == nullptr || to == nullptr) continue;
    const std::optional<double> move =
        &outside_in == &before ? improvement(*from, *to) : improvement(*to, *from);
    if (!move) continue;
    const double better = &outside_in == &before ? *move : -*move;
    return Move{is_a_move(better, *from) ? better : 0.0, from, to};
  }
  return std::nullopt;
}

FindingChange told(const char* change, const std::optional<Move>& move) {
  return move ? FindingChange{change, move->from, move->to} : FindingChange{change, nullptr, nullptr};
}

}  // namespace

FindingChange change_of(const Finding& before, const Finding& after) {
  FindingChange unchanged{"unchanged", nullptr, nullptr};
  const std::optional<int> from = verdict_rank(before.verdict);
  const std::optional<int> to = verdict_rank(after.verdict);
  if (!from || !to) return unchanged;
  if (*to > *from) {
    const std::optional<Move> move = telling_move(before, after, after);
    return !move || move->better < 0.0 ? told("worse", move) : unchanged;
  }
  const std::optional<Move> move = telling_move(before, after, before);
  const double better = move ? move->better : *to < *from ? 1.0 : 0.0;
  if (after.verdict == Verdict::kPass) return *to < *from && better > 0.0 ? told("fixed", move) : unchanged;
  if (better > 0.0) return told("better", move);
  return better < 0.0 && *to == *from ? told("worse", move) : unchanged;
}

double loss_db(const FindingChange& change) {
  constexpr double kUnread = 6.0;
  constexpr double kLeast = 1e-3;
  if (change.change != "worse") return 0.0;
  if (change.from == nullptr || change.to == nullptr) return kUnread;
  if (change.from->unit == "dB" || change.from->unit == "LU")
    return std::abs(change.to->value - change.from->value);
  return std::abs(20.0 * std::log10(std::max(std::abs(change.to->value), kLeast) /
                                    std::max(std::abs(change.from->value), kLeast)));
}

}  // namespace lacquer
