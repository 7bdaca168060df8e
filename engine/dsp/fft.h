#pragma once

#include <complex>
#include <memory>
#include <span>
#include <vector>

namespace lacquer {

// A real-to-complex FFT of fixed, even size, planned once (FFTW_ESTIMATE: the same plan, and so the same
// bits, every time). Not for use from two threads at once; several objects may run side by side.
//
// FFTW transforms the samples in pairs, as half as many complex ones, and untangle() makes two spectra of one
// (Numerical Recipes, 12.3.2): a third quicker than FFTW's own real transform.
class RealFft {
 public:
  explicit RealFft(int size);  // setup thread; allocates
  ~RealFft();
  RealFft(const RealFft&) = delete;
  RealFft& operator=(const RealFft&) = delete;

  int size() const noexcept { return size_; }
  int bins() const noexcept { return size_ / 2 + 1; }
  std::span<float> input() noexcept { return {input_, static_cast<std::size_t>(size_)}; }
  // Transforms input() (which it may overwrite) into bins() values, unscaled. Real-time safe.
  std::span<const std::complex<float>> transform() noexcept;

 private:
  int size_;
  float* input_;
  std::complex<float>* output_;
  void* plan_;
  std::vector<float> twiddles_;  // real and imaginary parts apart
};

// An inverse complex FFT of fixed size, planned once as RealFft is; unscaled.
class InverseFft {
 public:
  explicit InverseFft(int size);  // setup thread; allocates
  ~InverseFft();
  InverseFft(const InverseFft&) = delete;
  InverseFft& operator=(const InverseFft&) = delete;

  int size() const noexcept { return size_; }
  std::span<std::complex<float>> input() noexcept { return {input_, static_cast<std::size_t>(size_)}; }
  std::span<const std::complex<float>> transform() noexcept;  // keeps input(). Real-time safe

 private:
  int size_;
  std::complex<float>* input_;
  std::complex<float>* output_;
  void* plan_;
};

// The smallest 2^k or 3 * 2^k that is `least` or more: the sizes that FFTW is quickest at.
int fast_fft_size(int least);

}  // namespace lacquer
