// The drawings of docs/mastering.md: what the processors of the chain do, measured on the processors.
//
//   chain_drawings FOLDER           writes them
//   chain_drawings --check FOLDER   fails where one is not what it would write now
#include <cmath>
#include <fstream>
#include <iostream>
#include <numbers>
#include <sstream>

#include "chain/equaliser.h"
#include "chain/stereo_width.h"
#include "dsp/fft.h"
#include "dsp/matched.h"
#include "dsp/waveshaper.h"
#include "graph.h"

namespace lacquer {
namespace {

constexpr double kRate = 44100.0;
constexpr int kFrames = 65536;
const LineStyle kMain{Ink::kAccent, 2.0};
const LineStyle kSecond{Ink::kInk, 1.5};
const LineStyle kThird{Ink::kMuted, 1.5, {5.0, 3.0}};
const LineStyle kFourth{Ink::kWarning, 1.5};
const LineStyle kBroad{Ink::kInk, 4.0};

// The left channel's answer to an impulse that both channels share, or differ in.
template <class P>
std::vector<float> impulse_response(P& processor, bool shared) {
  AudioBuffer audio(2, kFrames);
  audio.channel(0)[0] = 1.0F;
  audio.channel(1)[0] = shared ? 1.0F : -1.0F;
  for (int at = 0; at < kFrames; at += 4096) processor.process(audio.block().slice(at, 4096));
  return {audio.channel(0).begin(), audio.channel(0).end()};
}

template <class P>
P prepared(const typename P::Params& params) {
  P processor;
  processor.prepare({kRate, 2, 4096});
  processor.set_params(params);
  return processor;
}

template <class Gain>
std::vector<Point> over_frequency(const Gain& gain) {
  std::vector<Point> points;
  for (int i = 0; i <= 300; ++i) {
    const double hz = 20.0 * std::pow(1000.0, i / 300.0);
    points.push_back({hz, 20.0 * std::log10(std::max(1e-9, gain(hz)))});
  }
  return points;
}

template <class P>
std::vector<Point> response(const typename P::Params& params, bool shared = true) {
  P processor = prepared<P>(params);
  const auto impulse = impulse_response(processor, shared);
  // At each frequency itself, not at the nearest bin, so that the lows are smooth.
  return over_frequency([&](double hz) {
    const auto turn = std::polar(1.0, -2.0 * std::numbers::pi * hz / kRate);
    std::complex<double> sum = 0.0, phase = 1.0;
    for (const float sample : impulse) {
      sum += static_cast<double>(sample) * phase;
      phase *= turn;
    }
    return std::abs(sum);
  });
}

EqualiserParams one_band(BandShape shape, float hz, float gain_db, float q) {
  EqualiserParams params;
  params.bands[0] = {shape, hz, gain_db, q, BandChannels::kStereo};
  return params;
}

std::string shapes() {
  EqualiserParams high_pass;
  high_pass.high_pass_hz = 30.0F;
  high_pass.high_pass_db_per_octave = 18.0F;
  return draw_graph(
      "shapes", frequency_axis(), linear_axis(-6.0, 3.0, 1.0, "gain in dB"),
      {{"bell", kMain, response<Equaliser>(one_band(BandShape::kBell, 300.0F, -3.0F, 1.5F))},
       {"shelf", kSecond, response<Equaliser>(one_band(BandShape::kHighShelf, 8000.0F, 1.5F, 0.7F))},
       {"tilt", kThird, response<Equaliser>(one_band(BandShape::kTilt, 800.0F, -0.3F, 0.7F))},
       {"high-pass", kFourth, response<Equaliser>(high_pass)}});
}

std::string treble() {
  const auto params = one_band(BandShape::kBell, 14000.0F, 6.0F, 1.0F);
  const Biquad plain = bilinear(analogue_bell(14000.0, 6.0, 1.0), kRate);
  const EqualiserCurve curve(params);
  const auto analogue = over_frequency([&](double hz) { return curve.gain(hz, BandChannels::kStereo); });
  const auto cramped = over_frequency(
      [&](double hz) { return std::abs(plain.response(2.0 * std::numbers::pi * hz / kRate)); });
  return draw_graph("treble", frequency_axis(), linear_axis(-1.0, 7.0, 1.0, "gain in dB"),
                    {{"cramped", kThird, cramped},
                     {"analogue", kBroad, analogue},
                     {"Lacquer", kMain, response<Equaliser>(params)}});
}

std::vector<Point> around_latency(const EqualiserParams& params) {
  auto equaliser = prepared<Equaliser>(params);
  const auto impulse = impulse_response(equaliser, true);
  std::vector<Point> points;
  for (int frame = -3300; frame <= 3300; frame += 5) {
    const int at = frame + equaliser.latency_frames();
    // Without the impulse itself: what the equaliser adds to it.
    const double value = at < 0 ? 0.0 : static_cast<double>(impulse[static_cast<std::size_t>(at)]);
    const double added = frame == 0 ? value - 1.0 : value;
    points.push_back({1000.0 * frame / kRate, 1000.0 * added});
  }
  return points;
}

std::string phases() {
  auto params = one_band(BandShape::kBell, 60.0F, -3.0F, 3.0F);
  const auto minimum = around_latency(params);
  params.phase = EqualiserPhase::kLinear;
  return draw_graph("phases", linear_axis(-75.0, 75.0, 25.0, "ms before and after a hit"),
                    linear_axis(-1.2, 1.2, 0.4, "thousandths of the hit"),
                    {{"minimum phase", kSecond, minimum}, {"linear phase", kMain, around_latency(params)}});
}

std::vector<Point> shaped(Bend curve) {
  std::vector<Point> points;
  for (int i = -150; i <= 150; ++i) {
    float sample = static_cast<float>(i) / 100.0F;
    const double in = sample;
    bend(curve, {&sample, 1});
    points.push_back({in, in + static_cast<double>(sample)});
  }
  return points;
}

std::string curves() {
  return draw_graph("curves", linear_axis(-1.5, 1.5, 0.5, "in, full scale is 1"),
                    linear_axis(-1.5, 1.5, 0.5, "out"),
                    {{"tape", kMain, shaped(Bend::kTanh)},
                     {"tube", kFourth, shaped(Bend::kAsymmetric)},
                     {"transformer", kThird, shaped(Bend::kRoot)},
                     {"clip", kSecond, shaped(Bend::kTop)}});
}

std::string width() {
  return draw_graph("width", frequency_axis(), linear_axis(-24.0, 3.0, 3.0, "gain of the sides in dB"),
                    {{"mono below 100 Hz", kSecond,
                      response<StereoWidth>({100.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F, 0.0F}, false)},
                     {"wider above 4 kHz, narrower below 120 Hz", kMain,
                      response<StereoWidth>({0.0F, 0.0F, -6.0F, 0.0F, 0.0F, 2.0F, 0.0F}, false)}});
}

// The same marks, and numbers no further apart than a tenth of a point: the last digit of a curve may differ
// between two machines.
bool same_drawing(const std::string& a, const std::string& b) {
  const char* x = a.c_str();
  const char* y = b.c_str();
  while (*x != 0 && *y != 0) {
    const bool number = std::isdigit(static_cast<unsigned char>(*x)) != 0 || *x == '-' || *x == '.';
    if (!number) {
      if (*x++ != *y++) return false;
      continue;
    }
    char* x_end = nullptr;
    char* y_end = nullptr;
    const double first = std::strtod(x, &x_end), second = std::strtod(y, &y_end);
    if (x_end == x || y_end == y) {
      if (*x++ != *y++) return false;
      continue;
    }
    if (std::abs(first - second) > 0.1) return false;
    x = x_end;
    y = y_end;
  }
  return *x == *y;
}

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

int run(const std::string& folder, bool check) {
  const std::vector<std::pair<std::string, std::string>> drawings = {{"equaliser-shapes", shapes()},
                                                                     {"equaliser-treble", treble()},
                                                                     {"equaliser-phases", phases()},
                                                                     {"saturator-curves", curves()},
                                                                     {"stereo-width", width()}};
  int wrong = 0;
  for (const auto& [name, svg] : drawings) {
    const std::string path = folder + "/" + name + ".svg";
    if (!check) {
      std::ofstream file(path, std::ios::binary);
      file << svg;
      if (!file.flush()) ++wrong;
    } else if (!same_drawing(svg, read(path))) {
      std::cerr << path << " is not what the processors do now; run chain_drawings on its folder.\n";
      ++wrong;
    }
  }
  return wrong == 0 ? 0 : 1;
}

}  // namespace
}  // namespace lacquer

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  if (words.size() == 1 && words[0] != "--check") return lacquer::run(words[0], false);
  if (words.size() == 2 && words[0] == "--check") return lacquer::run(words[1], true);
  std::cerr << "Usage: chain_drawings [--check] FOLDER\n";
  return 2;
}
