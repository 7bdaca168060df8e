#include "dsp/fft.h"

#include <fftw3.h>

#include <algorithm>
#include <cmath>
#include <mutex>
#include <numbers>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "dsp/fft.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

HWY_BEFORE_NAMESPACE();
namespace lacquer {
namespace HWY_NAMESPACE {  // NOLINT(modernize-concat-nested-namespaces)
namespace hn = hwy::HWY_NAMESPACE;

// One bin and its mirror: with E the spectrum of the even samples and T that of the odd ones, turned,
// X[k] = E + T and X[half - k] = conj(E - T).
void untangle_one(float* low, float* high, float turn_re, float turn_im) {
  const float even_re = 0.5F * (low[0] + high[0]), even_im = 0.5F * (low[1] - high[1]);
  const float re = low[0] - high[0], im = low[1] + high[1];
  const float odd_re = turn_re * re - turn_im * im, odd_im = turn_re * im + turn_im * re;
  low[0] = even_re + odd_re;
  low[1] = even_im + odd_im;
  high[0] = even_re - odd_re;
  high[1] = odd_im - even_im;
}

// In place, on half + 1 complex values of which the last is still to be made.
void untangle(float* values, int half, const float* turn_re, const float* turn_im) {
  const hn::ScalableTag<float> d;
  const int lanes = static_cast<int>(hn::Lanes(d));
  const float sum = values[0], difference = values[1];
  values[0] = sum + difference;
  values[1] = 0.0F;
  values[2 * half] = sum - difference;
  values[2 * half + 1] = 0.0F;
  const auto one_half = hn::Set(d, 0.5F);
  int k = 1;
  for (; 2 * (k + lanes) <= half; k += lanes) {
    float* const low = values + 2 * static_cast<std::ptrdiff_t>(k);
    float* const high = values + 2 * static_cast<std::ptrdiff_t>(half - k - lanes + 1);
    hn::Vec<decltype(d)> a, b, c, e;
    hn::LoadInterleaved2(d, low, a, b);
    hn::LoadInterleaved2(d, high, c, e);
    c = hn::Reverse(d, c);
    e = hn::Reverse(d, e);
    const auto even_re = hn::Mul(one_half, hn::Add(a, c)), even_im = hn::Mul(one_half, hn::Sub(b, e));
    const auto re = hn::Sub(a, c), im = hn::Add(b, e);
    const auto cosine = hn::LoadU(d, turn_re + k), sine = hn::LoadU(d, turn_im + k);
    const auto odd_re = hn::NegMulAdd(sine, im, hn::Mul(cosine, re));
    const auto odd_im = hn::MulAdd(sine, re, hn::Mul(cosine, im));
    hn::StoreInterleaved2(hn::Add(even_re, odd_re), hn::Add(even_im, odd_im), d, low);
    hn::StoreInterleaved2(hn::Reverse(d, hn::Sub(even_re, odd_re)), hn::Reverse(d, hn::Sub(odd_im, even_im)),
                          d, high);
  }
  for (; 2 * k <= half; ++k)
    untangle_one(values + 2 * static_cast<std::ptrdiff_t>(k),
                 values + 2 * static_cast<std::ptrdiff_t>(half - k), turn_re[k], turn_im[k]);
}

}  // namespace HWY_NAMESPACE
}  // namespace lacquer
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lacquer {

HWY_EXPORT(untangle);

namespace {
// FFTW's planner keeps global state and is the only part of it that is not thread-safe (FFTW manual, 5.4).
std::mutex& planner_mutex() {
  static std::mutex mutex;
  return mutex;
}
}  // namespace

RealFft::RealFft(int size)
    : size_(size),
      input_(fftwf_alloc_real(static_cast<std::size_t>(size))),
      output_(reinterpret_cast<std::complex<float>*>(
          fftwf_alloc_complex(static_cast<std::size_t>(size / 2 + 1)))) {
  std::fill_n(input_, size, 0.0F);
  // -i/2 exp(-2 pi i k / size), for the bins that have a mirror
  const int count = size / 4 + 1;
  twiddles_.resize(2 * static_cast<std::size_t>(count));
  for (int k = 0; k < count; ++k) {
    const double angle = 2.0 * std::numbers::pi * k / size;
    twiddles_[static_cast<std::size_t>(k)] = static_cast<float>(-0.5 * std::sin(angle));
    twiddles_[static_cast<std::size_t>(count + k)] = static_cast<float>(-0.5 * std::cos(angle));
  }
  const std::lock_guard lock(planner_mutex());
  plan_ = fftwf_plan_dft_1d(size / 2, reinterpret_cast<fftwf_complex*>(input_),
                            reinterpret_cast<fftwf_complex*>(output_), FFTW_FORWARD, FFTW_ESTIMATE);
}

RealFft::~RealFft() {
  {
    const std::lock_guard lock(planner_mutex());
    fftwf_destroy_plan(static_cast<fftwf_plan>(plan_));
  }
  fftwf_free(input_);
  fftwf_free(output_);
}

std::span<const std::complex<float>> RealFft::transform() noexcept {
  fftwf_execute(static_cast<fftwf_plan>(plan_));
  const float* turns = twiddles_.data();
  HWY_DYNAMIC_DISPATCH(untangle)
  (reinterpret_cast<float*>(output_), size_ / 2, turns, turns + twiddles_.size() / 2);
  return {output_, static_cast<std::size_t>(bins())};
}

InverseFft::InverseFft(int size)
    : size_(size),
      input_(reinterpret_cast<std::complex<float>*>(fftwf_alloc_complex(static_cast<std::size_t>(size)))),
      output_(reinterpret_cast<std::complex<float>*>(fftwf_alloc_complex(static_cast<std::size_t>(size)))) {
  std::fill_n(input_, size, std::complex<float>());
  const std::lock_guard lock(planner_mutex());
  plan_ = fftwf_plan_dft_1d(size, reinterpret_cast<fftwf_complex*>(input_),
                            reinterpret_cast<fftwf_complex*>(output_), FFTW_BACKWARD, FFTW_ESTIMATE);
}

InverseFft::~InverseFft() {
  {
    const std::lock_guard lock(planner_mutex());
    fftwf_destroy_plan(static_cast<fftwf_plan>(plan_));
  }
  fftwf_free(input_);
  fftwf_free(output_);
}

std::span<const std::complex<float>> InverseFft::transform() noexcept {
  fftwf_execute(static_cast<fftwf_plan>(plan_));
  return {output_, static_cast<std::size_t>(size_)};
}

int fast_fft_size(int least) {
  int size = 1;
  while (size < least) size *= 2;
  return size % 4 == 0 && size / 4 * 3 >= least ? size / 4 * 3 : size;
}

}  // namespace lacquer
#endif
