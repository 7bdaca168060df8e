#pragma once

namespace lacquer {

// Blind trials against chance. `by_chance` is the share a guess gets right, 0 to 1: 0.5 for two answers.

// The probability that guessing alone gets `right` or more of `trials` (the binomial's upper tail).
double chance_of_so_many(int trials, int right, double by_chance);
// The fewest right answers of `trials` that guessing gives in at most 5 of 100 cases; trials + 1 where even
// all of them would be no proof.
int right_for_proof(int trials, double by_chance);
// The fewest trials in which someone who hears the difference in `share` of the cases (above by_chance)
// reaches right_for_proof at least four times in five. At most 1,000.
int trials_for_proof(double share, double by_chance);

}  // namespace lacquer
