#include "playback/ceiling_search.h"

#include <algorithm>
#include <cmath>

namespace lacquer {
namespace {

// Aims a little below the limit, so that the next try is likely to hold.
constexpr double kAimDb = 0.03;
constexpr double kNoiseDb = 0.45;  // what a codec adds varies by as much between ceilings
constexpr int kPatientTries = 4;

// Beyond the patient tries 0.1, 0.2, 0.4, … dB: eight of them pass any range of ceilings.
double least_step_db(int tries) {
  return tries <= kPatientTries ? 0.0 : std::ldexp(0.1, tries - kPatientTries - 1);
}

}  // namespace

std::optional<CeilingFound> search_ceiling(const CeilingSearch& search, const DecodedPeak& decoded_at) {
  std::optional<CeilingFound> best;
  std::optional<double> failed_dbtp;  // the lowest ceiling that did not hold
  double ceiling = std::max(search.start_dbtp, search.lowest_dbtp);
  for (int tries = 1; tries <= kMostTries; ++tries) {
    const std::optional<double> decoded = decoded_at(ceiling);
    if (!decoded) return CeilingFound{ceiling, decoded, tries};
    const double over = *decoded - search.limit_dbtp;
    if (over <= 0.0) {
      if (!best || ceiling > best->ceiling_dbtp) best = CeilingFound{ceiling, decoded, tries};
      best->tries = tries;
      // High enough, or nothing above it is left to try.
      if (-over <= kCeilingSlackDb || ceiling >= search.start_dbtp) return best;
      const double next = ceiling - over - kAimDb;
      const double highest = failed_dbtp ? (ceiling + *failed_dbtp) / 2.0 : search.start_dbtp;
      ceiling = std::min(next, highest);
    } else {
      failed_dbtp = std::min(failed_dbtp.value_or(ceiling), ceiling);
      if (best) {
        if (ceiling - best->ceiling_dbtp <= kNoiseDb) return best;
        ceiling = (ceiling + best->ceiling_dbtp) / 2.0;
        continue;
      }
      if (ceiling <= search.lowest_dbtp) return std::nullopt;
      ceiling = std::max(search.lowest_dbtp, ceiling - std::max(over + kAimDb, least_step_db(tries)));
    }
  }
  return best;
}

}  // namespace lacquer
