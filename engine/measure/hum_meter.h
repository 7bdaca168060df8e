#pragma once

#include <array>
#include <complex>
#include <cstdint>
#include <span>
#include <vector>

#include "dsp/fft.h"
#include "measure/measurements.h"
#include "measure/range_list.h"

namespace lacquer {

// Mains hum (50 or 60 Hz and its first six harmonics) under music. Fed with (L+R)/2 brought down to between
// 1.25 and 2.5 kHz.
//
// Hum is what stays while the music comes and goes, so every moment counts by how quiet it is: within 8 s,
// the complex level at each harmonic, in steps of about 0.1 s, is divided by its own power (the best weights
// for a constant in noise that comes and goes), and a Fourier transform of that over the 8 s shows a constant
// line as a peak 0.12 Hz wide. The peak is measured against the highest of its neighbours within 4 Hz: the
// nearest bass notes (G1 49.0, A#1 58.3, B1 61.7 Hz), vibrato and what repeats with the beat have something
// there. Lines count only on exact multiples of one frequency (the idea of steadiness: Brandt & Bitzer,
// "Automatic Detection of Hum in Audio Signals", JAES 62(9), 2014).
//
// Hum does not stop after a bar: it must go on for longer than a chord is held, or show the same lines,
// equally strong, in two quiet moments far apart.
//
// Music that repeats itself exactly has steady lines at all multiples of its tempo; it is known by having
// them at frequencies that are no mains as well.
class HumMeter {
 public:
  explicit HumMeter(double low_rate_hz);
  void add(std::span<const float> samples);
  void finish();
  HumResult result() const;

 private:
  static constexpr int kHarmonics = 6;
  static constexpr int kMomentFrames = 512;
  static constexpr int kHopFrames = 128;
  static constexpr int kTransform = 256;  // power of two above 8 s of moments at 2.5 kHz

  using Spectrum = std::array<std::complex<float>, kTransform>;
  // One harmonic over the 8 s: the weighted levels and the weights alone, transformed; and the weights' sum.
  struct Harmonic {
    Spectrum weighted{}, weights{};
    double weight = 0.0;
    double floor = 0.0;  // mean power of noise in `weighted`
  };
  struct Comb {
    double score = 0.0;  // sum of how far the lines stand out, in dB, at most 10 each
    double hz = 0.0;
    double power = 0.0;  // mean square of the lines that count
    int lines = 0;
    std::array<float, kHarmonics> line_db{}, over_db{};  // of each: peak level, how far it stands out
  };
  struct Look {  // at one stretch of 8 s
    double from_s = 0.0, to_s = 0.0;
    Comb comb;
    bool counted = true;
  };
  struct Mains {
    std::array<Look, 3> recent{};  // newest first
    std::vector<Look> lonely;      // the likeliest that did not count
    bool repeating = false;        // the music was seen to repeat itself exactly
    bool constant = false;         // the same lines far apart
    RangeList when{10.0};
    double hz_sum = 0.0, score_sum = 0.0, power_sum = 0.0;
    int looks = 0, lines = 0;
    int trusted = 0;  // looks for which it need not be asked again whether the music repeats
  };

  void end_moment();
  void look(bool at_end);
  bool transform_harmonic(double hz, Harmonic& into);
  double best_offset_hz(std::span<const Harmonic> harmonics) const;
  double loudest_near(double hz) const;
  Comb comb_near(double hz);
  bool repeats(double score);
  void judge(Mains& mains, const Look& newest);
  static void count(Mains& mains, Look& look);
  static bool agree(const Comb& a, const Comb& b);
  static void compare_far_apart(Mains& mains, const Look& newest);
  std::size_t place(double offset_hz) const;

  double low_rate_hz_, moment_rate_hz_, bin_hz_, step_hz_;
  RealFft moment_fft_;
  InverseFft fft_;
  std::vector<float> window_, samples_;  // samples_: of the moment in hand
  std::size_t filled_ = 0;
  int bins_, moments_;
  std::vector<std::complex<float>> ring_;  // `bins_` of each of the last `moments_` moments
  std::int64_t count_ = 0;                 // moments so far
  int since_look_ = 0;
  std::vector<std::complex<double>> levels_;
  std::vector<double> powers_;
  std::vector<Harmonic> harmonics_;
  std::array<Mains, 2> mains_;
};

}  // namespace lacquer
