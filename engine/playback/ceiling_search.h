#pragma once

#include <functional>
#include <optional>

namespace lacquer {

// True peak after decoding, in dBTP, of a piece limited to a ceiling; empty in silence.
using DecodedPeak = std::function<std::optional<double>(double ceiling_dbtp)>;

struct CeilingSearch {
  double start_dbtp = -1.0;  // the first ceiling to try
  double limit_dbtp = 0.0;   // what the decoded peak must not pass
  double lowest_dbtp = -12.0;
};

struct CeilingFound {
  double ceiling_dbtp = 0.0;
  std::optional<double> decoded_dbtp;  // there; empty in silence
  int tries = 0;
};

// A ceiling, at or below the first, under which the piece decodes at or below the limit; as high as that is
// known to within kCeilingSlackDb. What a codec adds moves with the ceiling, but not smoothly (it is noise),
// so each try lowers the ceiling by what the last one was over, and the best that held is taken. Empty where
// not even the lowest holds.
inline constexpr double kCeilingSlackDb = 0.15;
inline constexpr int kMostTries = 12;
std::optional<CeilingFound> search_ceiling(const CeilingSearch& search, const DecodedPeak& decoded_at);

}  // namespace lacquer
