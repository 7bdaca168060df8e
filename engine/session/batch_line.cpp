#include "session/batch_line.h"

#include <cstddef>
#include <limits>

#include "core/read_fully.h"

namespace lacquer {

void run_line(Executor& executor, int channels, const std::vector<Station>& stations,
              const std::function<void()>& after_each) {
  std::vector<Batch> batches(stations.size());
  for (Batch& batch : batches) batch.audio.resize(channels, kBatchFrames);
  std::size_t total = std::numeric_limits<std::size_t>::max();  // until the end is seen
  std::vector<Executor::Job> jobs;
  for (std::size_t round = 0; round < total || round - total < stations.size(); ++round) {
    jobs.clear();
    for (std::size_t place = 0; place < stations.size() && place <= round; ++place) {
      if (round - place >= total) continue;
      Batch& batch = batches[(round - place) % batches.size()];
      if (place > 0 && batch.frames == 0) continue;
      for (const Worker& worker : stations[place]) jobs.emplace_back([&worker, &batch] { worker(batch); });
    }
    executor.run(jobs);
    after_each();
    if (round < total && batches[round % batches.size()].frames == 0) total = round;
  }
}

Station metering_station(Meters& meters, int max_block_frames) {
  Station station;
  for (auto& part : meters.parts())
    station.emplace_back(
        [part, max_block_frames](Batch& batch) { in_blocks(batch, max_block_frames, part); });
  return station;
}

void fill_from(AudioSource& source, Batch& batch) {
  batch.first = 0;
  batch.frames = read_fully(source, batch.audio.block().slice(0, kBatchFrames));
}

}  // namespace lacquer
