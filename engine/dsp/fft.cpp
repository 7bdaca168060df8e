#include "dsp/fft.h"

#include <fftw3.h>

#include <algorithm>
#include <mutex>

namespace lacquer {

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
  const std::lock_guard lock(planner_mutex());
  plan_ = fftwf_plan_dft_r2c_1d(size, input_, reinterpret_cast<fftwf_complex*>(output_), FFTW_ESTIMATE);
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
