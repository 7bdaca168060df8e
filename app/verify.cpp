#include "app/verify.h"

#include <cmath>
#include <cstdio>

namespace lacquer {
namespace {

constexpr double kOvershootDb = 0.05;
constexpr double kLandedLu = 0.1;

template <class... Values>
std::string text(const char* pattern, Values... values) {
  char line[120];
  std::snprintf(line, sizeof line, pattern, values...);
  return line;
}

int bits_of(OutputFormat::Bits bits) {
  switch (bits) {
    case OutputFormat::Bits::k16:
      return 16;
    case OutputFormat::Bits::k24:
      return 24;
    case OutputFormat::Bits::kFloat32:
      break;
  }
  return 32;
}

VerifiedClaim equal(const std::string& claim, double value, double wanted) {
  return {claim, value, value == wanted};
}

}  // namespace

std::vector<VerifiedClaim> verify(const MasterFacts& master, const Plan& plan, const OutputFormat& samples,
                                  std::int64_t frames, double sample_rate_hz) {
  std::vector<VerifiedClaim> claims;
  if (const auto peak = master.measured.peak.true_dbtp)
    claims.push_back({text("true_peak <= %.1f dBTP", plan.ceiling_dbtp), *peak,
                      *peak <= plan.ceiling_dbtp + kOvershootDb});
  const auto loudness = master.measured.loudness.integrated_lufs;
  if (plan.loudness_lufs && loudness)
    claims.push_back({text("loudness within 0.1 LU of %.1f LUFS", *plan.loudness_lufs), *loudness,
                      std::abs(*loudness - *plan.loudness_lufs) <= kLandedLu});
  claims.push_back(equal(text("length == %lld frames", static_cast<long long>(frames)),
                         static_cast<double>(master.file.frames), static_cast<double>(frames)));
  claims.push_back(
      equal(text("sample_rate == %.0f Hz", sample_rate_hz), master.file.sample_rate_hz, sample_rate_hz));
  const int bits = bits_of(samples.bits);
  claims.push_back(equal(text("bits == %d", bits), master.file.bits.value_or(0), bits));
  return claims;
}

}  // namespace lacquer
