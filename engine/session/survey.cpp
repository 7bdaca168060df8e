#include "session/survey.h"

#include "core/error.h"

namespace lacquer {

namespace {

constexpr int kBlockFrames = 4096;

// Feeds the whole source to the meters.
void stream_through(AudioSource& source, Meters& meters, const ProgressCallback& progress) {
  const StreamFormat format = source.format();
  AudioBuffer buffer(format.channels, kBlockFrames);
  const auto announced = source.announced_frames();
  std::int64_t done = 0;
  source.rewind();
  while (const int got = source.read(buffer.block())) {
    meters.add(buffer.block(got));
    done += got;
    const bool known = announced && *announced > 0;
    report_progress(progress, "measuring",
                    known ? static_cast<double>(done) / static_cast<double>(*announced) : -1.0);
  }
  meters.finish();
}

}  // namespace

Measurements measure_source(AudioSource& source, MeasureGroups groups, const ProgressCallback& progress) {
  Meters meters(source.format(), groups, false);
  stream_through(source, meters, progress);
  return meters.result();
}

Survey survey_source(AudioSource& source, const ProgressCallback& progress, MeasureGroups groups) {
  Meters meters(source.format(), groups, true);
  stream_through(source, meters, progress);
  return {meters.result(), meters.take_envelope()};
}

}  // namespace lacquer
