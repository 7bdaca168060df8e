#include "measure/source_kernels.h"

#include <bit>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "measure/source_kernels.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#ifndef LACQUER_LANDMARK_KEY  // this file is read once for each instruction set
#define LACQUER_LANDMARK_KEY
namespace lacquer {
namespace {
// Multiplicative hashing (D. Knuth, "The art of computer programming" 3, 6.4): the high bits depend on all.
constexpr std::uint32_t kLandmarkFactor = 0x9E3779B1U;
constexpr int kLandmarkTurn = 13;
constexpr std::uint32_t kLandmarks = 1U << 28;
std::uint32_t landmark_key(float left, float right) {
  return (std::bit_cast<std::uint32_t>(left) ^
          std::rotr(std::bit_cast<std::uint32_t>(right), kLandmarkTurn)) *
         kLandmarkFactor;
}
bool is_landmark(std::uint32_t key) { return key - 1U < kLandmarks; }
}  // namespace
}  // namespace lacquer
#endif

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

using F = hn::CappedTag<float, 16>;  // 16 frames are whole vectors on every target

void survey_cell(const float* x, int frames, int span, float quiet, const CellSurvey& out) {
  const F d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto limit = hn::Set(d, quiet);
  const auto two = hn::Set(d, 2.0F);
  int sixteen = 0;
  for (int first = 0, s = 0; first < frames; first += span, ++s) {
    auto energy = hn::Zero(d), jerk_energy = hn::Zero(d), jerk_peak = hn::Zero(d);
    for (int i = first; i < first + span; i += 16) {
      auto peak = hn::Zero(d);
      for (int j = i; j < i + 16; j += lanes) {
        const auto now = hn::LoadU(d, x + j);
        const auto jerk = hn::NegMulAdd(two, hn::LoadU(d, x + j - 1), hn::Add(now, hn::LoadU(d, x + j - 2)));
        peak = hn::Max(peak, hn::Abs(now));
        energy = hn::MulAdd(now, now, energy);
        jerk_peak = hn::Max(jerk_peak, hn::Abs(jerk));
        jerk_energy = hn::MulAdd(jerk, jerk, jerk_energy);
      }
      out.quiet[sixteen++] = hn::AllTrue(d, hn::Le(peak, limit)) ? 1 : 0;
    }
    out.energy[s] = hn::GetLane(hn::SumOfLanes(d, energy));
    out.jerk_peak[s] = hn::GetLane(hn::MaxOfLanes(d, jerk_peak));
    out.jerk_energy[s] = hn::GetLane(hn::SumOfLanes(d, jerk_energy));
  }
}

// Four outputs at a time, so that they share the adding up of lanes.
void decimate(const float* x, int outputs, int factor, const float* taps, int tap_count, float* out) {
  const F d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  int i = 0;
#if HWY_TARGET != HWY_SCALAR
  const hn::Repartition<double, F> dd;
  const hn::CappedTag<float, 4> four;
  const auto pairs = [&](auto a, auto b) {
    return hn::Add(hn::InterleaveLower(d, a, b), hn::InterleaveUpper(d, a, b));
  };
  for (; i + 4 <= outputs; i += 4) {
    const float* from = x + static_cast<std::ptrdiff_t>(i) * factor;
    auto sum0 = hn::Zero(d), sum1 = hn::Zero(d), sum2 = hn::Zero(d), sum3 = hn::Zero(d);
    for (int k = 0; k < tap_count; k += lanes) {
      const auto tap = hn::LoadU(d, taps + k);
      sum0 = hn::MulAdd(hn::LoadU(d, from + k), tap, sum0);
      sum1 = hn::MulAdd(hn::LoadU(d, from + k + factor), tap, sum1);
      sum2 = hn::MulAdd(hn::LoadU(d, from + k + 2 * factor), tap, sum2);
      sum3 = hn::MulAdd(hn::LoadU(d, from + k + 3 * factor), tap, sum3);
    }
    const auto low = hn::BitCast(dd, pairs(sum0, sum1)), high = hn::BitCast(dd, pairs(sum2, sum3));
    const auto blocks = hn::Add(hn::BitCast(d, hn::InterleaveLower(dd, low, high)),
                                hn::BitCast(d, hn::InterleaveUpper(dd, low, high)));
    float each[16];
    hn::StoreU(blocks, d, each);
    auto sum = hn::LoadU(four, each);
    for (int lane = 4; lane < lanes; lane += 4) sum = hn::Add(sum, hn::LoadU(four, each + lane));
    hn::StoreU(sum, four, out + i);
  }
#endif
  for (; i < outputs; ++i) {
    const float* from = x + static_cast<std::ptrdiff_t>(i) * factor;
    auto sum = hn::Zero(d);
    for (int k = 0; k < tap_count; k += lanes)
      sum = hn::MulAdd(hn::LoadU(d, taps + k), hn::LoadU(d, from + k), sum);
    out[i] = hn::GetLane(hn::SumOfLanes(d, sum));
  }
}

SampleBits sample_bits(const float* x, int frames) {
  const F d;
  const hn::RebindToSigned<F> di;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto scale = hn::Set(d, 8388608.0F);
  auto used = hn::Zero(di);
  auto off = hn::Zero(d);
  int i = 0;
  for (; i + lanes <= frames; i += lanes) {
    const auto scaled = hn::Mul(hn::LoadU(d, x + i), scale);
    const auto whole = hn::NearestInt(scaled);
    off = hn::Max(off, hn::Abs(hn::Sub(hn::ConvertTo(d, whole), scaled)));
    used = hn::Or(used, hn::Abs(whole));
  }
  SampleBits result;
  result.on_grid = hn::GetLane(hn::MaxOfLanes(d, off)) == 0.0F;
  std::int32_t each[16];
  hn::StoreU(used, di, each);
  for (int lane = 0; lane < lanes; ++lane) result.used |= static_cast<std::uint32_t>(each[lane]);
  for (; i < frames; ++i) {
    const float scaled = x[i] * 8388608.0F;
    if (!(scaled > -2147483520.0F && scaled < 2147483520.0F)) {
      result.on_grid = false;
      continue;
    }
    const auto whole = static_cast<std::int32_t>(scaled);
    result.on_grid = result.on_grid && static_cast<float>(whole) == scaled;
    result.used |= static_cast<std::uint32_t>(whole < 0 ? -whole : whole);
  }
  return result;
}

int find_landmarks(const float* left, const float* right, int frames, std::uint16_t* places) {
  const F d;
  const hn::RebindToUnsigned<F> du;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto factor = hn::Set(du, kLandmarkFactor);
  const auto one = hn::Set(du, 1U);
  int count = 0, i = 0;
  for (; i + lanes <= frames; i += lanes) {
    const auto l = hn::BitCast(du, hn::LoadU(d, left + i)), r = hn::BitCast(du, hn::LoadU(d, right + i));
    const auto key = hn::Mul(hn::Xor(l, hn::RotateRight<kLandmarkTurn>(r)), factor);
    // key - 1 below a power of two, without an unsigned comparison.
    const auto high = hn::ShiftRight<28>(hn::Sub(key, one));
    std::uint8_t bytes[8] = {};
    hn::StoreMaskBits(du, hn::Eq(high, hn::Zero(du)), bytes);
    for (unsigned bits = bytes[0] + 256U * bytes[1]; bits != 0; bits &= bits - 1)
      places[count++] = static_cast<std::uint16_t>(i + std::countr_zero(bits));
  }
  for (; i < frames; ++i)
    if (is_landmark(landmark_key(left[i], right[i]))) places[count++] = static_cast<std::uint16_t>(i);
  return count;
}

PairSums pair_sums(const float* left, const float* right, int frames, float gain) {
  const F d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const auto g = hn::Set(d, gain);
  auto ll = hn::Zero(d), rr = hn::Zero(d), lr = hn::Zero(d), dd = hn::Zero(d);
  int i = 0;
  for (; i + lanes <= frames; i += lanes) {
    const auto l = hn::LoadU(d, left + i), r = hn::LoadU(d, right + i);
    const auto difference = hn::NegMulAdd(g, l, r);
    ll = hn::MulAdd(l, l, ll);
    rr = hn::MulAdd(r, r, rr);
    lr = hn::MulAdd(l, r, lr);
    dd = hn::MulAdd(difference, difference, dd);
  }
  PairSums sums{hn::GetLane(hn::SumOfLanes(d, ll)), hn::GetLane(hn::SumOfLanes(d, rr)),
                hn::GetLane(hn::SumOfLanes(d, lr)), hn::GetLane(hn::SumOfLanes(d, dd))};
  for (; i < frames; ++i) {
    const double l = left[i], r = right[i], e = r - static_cast<double>(gain) * l;
    sums.left += l * l, sums.right += r * r, sums.cross += l * r, sums.difference += e * e;
  }
  return sums;
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(survey_cell);
HWY_EXPORT(decimate);
HWY_EXPORT(sample_bits);
HWY_EXPORT(find_landmarks);
HWY_EXPORT(pair_sums);

void survey_cell(const float* x, int frames, int span, float quiet, const CellSurvey& out) noexcept {
  HWY_DYNAMIC_DISPATCH(survey_cell)(x, frames, span, quiet, out);
}
void decimate(const float* x, int outputs, int factor, const float* taps, int tap_count,
              float* out) noexcept {
  HWY_DYNAMIC_DISPATCH(decimate)(x, outputs, factor, taps, tap_count, out);
}
SampleBits sample_bits(const float* x, int frames) noexcept {
  return HWY_DYNAMIC_DISPATCH(sample_bits)(x, frames);
}
int find_landmarks(const float* left, const float* right, int frames, std::uint16_t* places) noexcept {
  return HWY_DYNAMIC_DISPATCH(find_landmarks)(left, right, frames, places);
}
std::uint32_t landmark_hash(const float* left, const float* right, int frames) noexcept {
  std::uint32_t hash = 0;
  for (int i = 0; i < frames; ++i) hash = hash * 31U + (landmark_key(left[-i], right[-i]) >> 4);
  return hash;
}
PairSums pair_sums(const float* left, const float* right, int frames, float gain) noexcept {
  return HWY_DYNAMIC_DISPATCH(pair_sums)(left, right, frames, gain);
}

}  // namespace lacquer
#endif
