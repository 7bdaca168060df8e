#include "session/survey.h"

#include "session/batch_line.h"

namespace lacquer {

namespace {

// Feeds the whole source to the meters.
void stream_through(AudioSource& source, Meters& meters, const Working& working) {
  const StreamFormat format = source.format();
  const auto announced = source.announced_frames();
  std::int64_t done = 0;
  int last = 0;
  source.rewind();
  const Station reading = {[&](Batch& batch) {
    fill_from(source, batch);
    last = batch.frames;
  }};
  run_line(working.executor, format.channels, {reading, metering_station(meters, format.max_block_frames)},
           [&] {
             done += last;
             last = 0;
             const bool known = announced && *announced > 0;
             report_progress(working.progress, "measuring",
                             known ? static_cast<double>(done) / static_cast<double>(*announced) : -1.0);
           });
  meters.finish();
}

}  // namespace

Measurements measure_source(AudioSource& source, MeasureGroups groups, const Working& working) {
  Meters meters(source.format(), groups, false);
  stream_through(source, meters, working);
  return meters.result();
}

Survey survey_source(AudioSource& source, MeasureGroups groups, const Working& working) {
  Meters meters(source.format(), groups, true);
  stream_through(source, meters, working);
  return {meters.result(), meters.take_envelope()};
}

}  // namespace lacquer
