// What the compressor and the limiter cost, without the program around them.
//
//   bench_dynamics FILE [ROUNDS]     real-time factors on one thread, the best of the rounds
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "audio_io/open.h"
#include "chain/limiter.h"
#include "chain/multiband_compressor.h"

namespace {

using namespace lacquer;

constexpr int kBlockFrames = 4096;
constexpr double kMostSeconds = 120.0;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

template <class P>
void time_processor(const char* name, const AudioBuffer& audio, double rate, int rounds,
                    const typename P::Params& params) {
  double best_s = 1e9;
  for (int round = 0; round < rounds; ++round) {
    P processor;
    processor.prepare({rate, audio.channels(), kBlockFrames});
    processor.set_params(params);
    AudioBuffer copy = audio;
    const double began = now_s();
    for (int at = 0; at < copy.frames(); at += kBlockFrames)
      processor.process(copy.block().slice(at, std::min(kBlockFrames, copy.frames() - at)));
    best_s = std::min(best_s, now_s() - began);
  }
  std::printf("%-44s %7.0f x real time\n", name, audio.frames() / rate / best_s);
}

MultibandCompressorParams bands(bool linear_phase, int working) {
  MultibandCompressorParams params;
  if (linear_phase) params.crossover = MultibandCompressorParams::Crossover::kLinearPhase;
  params.crossover_hz = {120.0F, 500.0F, 2000.0F, 6000.0F};
  for (int b = 0; b < kMostBands; ++b)
    if (working == kMostBands || (working == 1 && b == 1)) {
      params.bands[static_cast<std::size_t>(b)].threshold_dbfs = -35.0F;
      params.bands[static_cast<std::size_t>(b)].ratio = 2.0F;
    }
  return params;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const int rounds = argc > 2 ? std::atoi(argv[2]) : 3;
  const auto file = open_audio(argv[1]);
  const StreamFormat format = file->format();
  AudioBuffer audio(format.channels, static_cast<int>(kMostSeconds * format.sample_rate_hz));
  int frames = 0;
  while (frames + kBlockFrames <= audio.frames()) {
    const int got = file->read(audio.block().slice(frames, kBlockFrames));
    if (got == 0) break;
    frames += got;
  }
  AudioBuffer heard(format.channels, frames);
  for (int c = 0; c < format.channels; ++c)
    std::copy_n(audio.channel(c).begin(), frames, heard.channel(c).begin());
  const double rate = format.sample_rate_hz;
  const auto compressor = [&](const char* name, const MultibandCompressorParams& params) {
    time_processor<MultibandCompressor>(name, heard, rate, rounds, params);
  };
  compressor("compressor, no band works", bands(false, 0));
  compressor("compressor, one of five, Linkwitz-Riley", bands(false, 1));
  compressor("compressor, one of five, linear phase", bands(true, 1));
  compressor("compressor, five of five, Linkwitz-Riley", bands(false, kMostBands));
  compressor("compressor, five of five, linear phase", bands(true, kMostBands));
  const auto limiter = [&](const char* name, LimiterQuality quality, float soft_clip_db) {
    time_processor<Limiter>(name, heard, rate, rounds, {6.0F, -1.0F, 10.0F, quality, soft_clip_db});
  };
  limiter("limiter, live, 6 dB", LimiterQuality::kLive, 0.0F);
  limiter("limiter, best, 6 dB", LimiterQuality::kBest, 0.0F);
  limiter("limiter, best, 6 dB, soft clip 1 dB", LimiterQuality::kBest, 1.0F);
  return 0;
}
