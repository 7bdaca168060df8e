// The measuring itself, without the program's start and its report.
//
//   bench_measure meters FILE ROUNDS     each meter alone on samples in memory: ns a sample and channel
//   bench_measure all|loudness FILE      decodes and measures on one thread; prints the seconds it took
//   bench_measure stream HOURS RATE      all meters on a synthetic stereo stream: finite results, memory in
//   MiB
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "audio_io/open.h"
#include "core/noise.h"
#include "measure/meters.h"
#include "session/survey.h"

namespace {

using namespace lacquer;

constexpr int kBlockFrames = 4096;

double now_s() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

AudioBuffer whole_file(const std::string& path, StreamFormat& format) {
  const auto file = open_audio(path);
  format = file->format();
  AudioBuffer block(format.channels, kBlockFrames);
  std::vector<std::vector<float>> samples(static_cast<std::size_t>(format.channels));
  while (const int got = file->read(block.block()))
    for (int c = 0; c < format.channels; ++c) {
      const auto from = block.channel(c).first(static_cast<std::size_t>(got));
      samples[static_cast<std::size_t>(c)].insert(samples[static_cast<std::size_t>(c)].end(), from.begin(),
                                                  from.end());
    }
  AudioBuffer all(format.channels, static_cast<int>(samples[0].size()));
  for (int c = 0; c < format.channels; ++c)
    std::copy(samples[static_cast<std::size_t>(c)].begin(), samples[static_cast<std::size_t>(c)].end(),
              all.channel(c).begin());
  return all;
}

// The shortest time one meter took for all of it: what other work on the machine adds is left out.
template <class Make>
void time_meter(const char* name, const AudioBuffer& audio, int rounds, const Make& make) {
  std::vector<double> seconds;
  const ConstAudioBlock all = audio.block();
  for (int round = 0; round < rounds; ++round) {
    auto meter = make();
    const double began = now_s();
    for (int at = 0; at < all.frames(); at += kBlockFrames)
      meter->add(all.slice(at, std::min(kBlockFrames, all.frames() - at)));
    seconds.push_back(now_s() - began);
  }
  std::printf("%s %.3f\n", name,
              *std::min_element(seconds.begin(), seconds.end()) * 1e9 / static_cast<double>(all.frames()) /
                  all.channels());
}

void time_meters(const std::string& path, int rounds) {
  StreamFormat format;
  const AudioBuffer audio = whole_file(path, format);
  time_meter("loudness", audio, rounds, [&] { return std::make_unique<LoudnessMeter>(format, false); });
  time_meter("peak", audio, rounds, [&] { return std::make_unique<PeakMeter>(format, false); });
  time_meter("peak_with_cells", audio, rounds, [&] { return std::make_unique<PeakMeter>(format, true); });
  time_meter("overview", audio, rounds, [&] { return std::make_unique<OverviewMeter>(format); });
  time_meter("stereo", audio, rounds, [&] { return std::make_unique<StereoMeter>(format); });
  time_meter("flat_tops", audio, rounds, [&] { return std::make_unique<FlatTopMeter>(format); });
  time_meter("pulse", audio, rounds, [&] { return std::make_unique<PulseMeter>(format); });
  time_meter("spectrum", audio, rounds, [&] { return std::make_unique<SpectrumMeter>(format); });
  time_meter("frequency", audio, rounds, [&] { return std::make_unique<FrequencyMeters>(format); });
  time_meter("only_loudness", audio, rounds,
             [&] { return std::make_unique<Meters>(format, MeasureGroups::kLoudness, false); });
  time_meter("all", audio, rounds,
             [&] { return std::make_unique<Meters>(format, MeasureGroups::kAll, false); });
}

void time_file(const std::string& path, MeasureGroups groups) {
  const double began = now_s();
  const auto file = open_audio(path);
  InOrder executor;
  const Measurements found = measure_source(*file, groups, {executor, {}});
  std::printf("%.6f %.3f\n", now_s() - began, found.loudness.integrated_lufs.value_or(-HUGE_VAL));
}

// Bursts over noise, without a file: an hour takes seconds.
int stream(double hours, double rate_hz) {
  const StreamFormat format{rate_hz, 2, kBlockFrames};
  Meters meters(format, MeasureGroups::kAll, false);
  AudioBuffer block(2, kBlockFrames);
  NoiseGenerator noise(1);
  const double began = now_s();
  const auto frames = static_cast<std::int64_t>(hours * 3600.0 * rate_hz);
  for (std::int64_t done = 0; done < frames; done += kBlockFrames) {
    const auto level = static_cast<float>(0.5 * std::pow(10.0, -2.0 * noise.uniform()));
    for (int c = 0; c < 2; ++c)
      for (float& x : block.channel(c)) x = level * static_cast<float>(noise.white());
    meters.add(block.block());
  }
  meters.finish();
  const Measurements found = meters.result();
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  std::printf("hours %.2f  seconds %.1f  integrated %.4f LUFS  true peak %.4f dBTP  memory %.1f MiB\n",
              found.duration_s / 3600.0, now_s() - began, found.loudness.integrated_lufs.value_or(NAN),
              found.peak.true_dbtp.value_or(NAN), static_cast<double>(used.ru_maxrss) / 1024.0);
  return std::isfinite(found.loudness.integrated_lufs.value_or(NAN)) ? 0 : 1;
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string> arguments(words + 1, words + count);
  if (arguments.size() == 3 && arguments[0] == "meters")
    time_meters(arguments[1], std::max(1, std::atoi(words[3])));
  else if (arguments.size() == 2 && arguments[0] == "all")
    time_file(arguments[1], MeasureGroups::kAll);
  else if (arguments.size() == 2 && arguments[0] == "loudness")
    time_file(arguments[1], MeasureGroups::kLoudness);
  else if (arguments.size() == 3 && arguments[0] == "stream")
    return stream(std::atof(words[2]), std::atof(words[3]));
  else {
    std::fputs("usage: bench_measure meters FILE ROUNDS | all FILE | loudness FILE | stream HOURS RATE\n",
               stderr);
    return 2;
  }
  return 0;
}
