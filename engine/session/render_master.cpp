#include "session/render_master.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

#include "chain/mastering_chain.h"
#include "core/decibels.h"
#include "dsp/quantiser.h"
#include "measure/meters.h"
#include "session/batch_line.h"
#include "session/drive_solver.h"

namespace lacquer {

namespace {

constexpr int kBlockFrames = 4096;
constexpr double kLandedLu = 0.05;  // nearer than this needs no second render; the promise is 0.1
constexpr double kPromisedLu = 0.1;
constexpr double kOvershootDb =
    0.005;  // a higher true peak than the ceiling by this asks for a second render

struct Rendering {
  double drive_db = 0.0;
  double ceiling_dbtp = 0.0;
};

struct Pass {
  Measurements after;
  std::vector<float> gains;  // of the limiter's cells
};

int bits_of(OutputFormat::Bits bits) { return bits == OutputFormat::Bits::k16 ? 16 : 24; }

// One full pass: source through the chain onto the grid of the output, measured as it is written.
class Renderer {
 public:
  Renderer(AudioSource& source, AudioSink& sink, const Plan& plan, const OutputFormat& output,
           const Working& working)
      : source_(source),
        sink_(sink),
        plan_(plan),
        output_(output),
        working_(working),
        format_(source.format()) {
    format_.max_block_frames = kBlockFrames;
  }

  Pass run(const Rendering& rendering, std::int64_t frames) {
    Pass pass;
    Meters meters(format_, MeasureGroups::kLoudness, false);
    MasteringChain chain;
    chain.prepare(format_, plan_, rendering.drive_db, rendering.ceiling_dbtp);
    chain.watch_gain(&pass.gains);
    Quantiser quantiser;
    quantiser.prepare(format_.sample_rate_hz, format_.channels,
                      {bits_of(output_.bits), output_.dither == OutputFormat::Dither::kShaped});
    late_ = coming_ = chain.latency_frames();
    written_ = 0;
    source_.rewind();

    const Station shape = {[&](Batch& batch) {
      fill_with_tail(batch);
      in_blocks(batch, kBlockFrames, [&](AudioBlock block) { chain.shape(block); });
    }};
    const Station limit = {[&](Batch& batch) {
      in_blocks(batch, kBlockFrames, [&](AudioBlock block) { chain.limit(block); });
      drop_latency(batch);
    }};
    const Station quantise = {[&](Batch& batch) {
      if (output_.bits != OutputFormat::Bits::kFloat32) quantiser.process(batch.block());
    }};
    Station last = metering_station(meters, kBlockFrames);
    last.emplace_back([&](Batch& batch) {
      sink_.write(batch.block());
      written_ += batch.frames;
    });
    run_line(working_.executor, format_.channels, {shape, limit, quantise, last}, [&] { report(frames); });
    meters.finish();
    pass.after = meters.result();
    return pass;
  }

 private:
  // At the end silence pushes out what the stages and the look-ahead still hold.
  void fill_with_tail(Batch& batch) {
    fill_from(source_, batch);
    const int room = kBatchFrames - batch.frames;
    const auto tail = static_cast<int>(std::min<std::int64_t>(room, coming_));
    for (int c = 0; c < format_.channels; ++c)
      std::fill_n(batch.audio.channel(c).begin() + batch.frames, tail, 0.0F);
    batch.frames += tail;
    coming_ -= tail;
  }

  void drop_latency(Batch& batch) {
    const auto dropped = static_cast<int>(std::min<std::int64_t>(late_, batch.frames));
    late_ -= dropped;
    batch.first = dropped;
    batch.frames -= dropped;
  }

  void report(std::int64_t frames) {
    report_progress(working_.progress, "mastering",
                    frames > 0 ? static_cast<double>(written_) / static_cast<double>(frames) : -1.0);
  }

  AudioSource& source_;
  AudioSink& sink_;
  const Plan& plan_;
  OutputFormat output_;
  const Working& working_;
  StreamFormat format_;
  std::int64_t coming_ = 0;  // frames of the tail still to come after the source
  std::int64_t late_ = 0;    // frames of latency still to drop
  std::int64_t written_ = 0;
};

// `rest_db` is the limiter's gain while nothing is too loud: the drive less the trim that stands before it.
LimiterWork work_of(const std::vector<float>& gains, const LimiterEnvelope& envelope, double drive_db,
                    double rest_db, std::size_t columns) {
  LimiterWork work;
  work.drive_db = drive_db;
  if (gains.empty() || columns == 0) return work;
  const double rest = db_to_gain(rest_db);
  work.reduction_db.assign(columns, 0.0F);
  std::vector<float> audible;
  const std::size_t cells = std::min(gains.size(), envelope.peak.size());
  for (std::size_t k = 0; k < cells; ++k) {
    const double reduction = gains[k] < rest ? -20.0 * std::log10(gains[k] / rest) : 0.0;
    float& column = work.reduction_db[k * columns / cells];
    column = std::max(column, static_cast<float>(reduction));
    work.reduction_max_db = std::max(work.reduction_max_db, reduction);
    constexpr float kAudible = 0.001F;  // -60 dBFS
    if (envelope.peak[k] > kAudible) audible.push_back(static_cast<float>(reduction));
  }
  if (audible.empty()) return work;
  constexpr float kActiveDb = 0.1F;
  const auto active = std::count_if(audible.begin(), audible.end(), [](float r) { return r > kActiveDb; });
  work.active_share = static_cast<double>(active) / static_cast<double>(audible.size());
  const auto p95 = audible.begin() + std::lround(static_cast<double>(audible.size() - 1) * 0.95);
  std::nth_element(audible.begin(), p95, audible.end());
  work.reduction_p95_db = *p95;
  return work;
}

}  // namespace

Result<RenderedMaster> render_master(AudioSource& source, AudioSink& sink, const Plan& plan,
                                     const LimiterEnvelope& envelope, const OutputFormat& output,
                                     const Working& working) {
  const LimiterParams limiter = limiter_params(plan.at(Stage::kLimiting));
  Rendering rendering{0.0, plan.ceiling_dbtp};
  double predicted_lufs = 0.0;
  DriveSolver solver(envelope, plan.ceiling_dbtp, limiter, working.executor);
  // Sets the drive that is predicted to land on `lufs` under the rendering's ceiling.
  const auto aim_at = [&](double lufs) {
    solver.set_ceiling(rendering.ceiling_dbtp);
    const auto solved = solver.for_loudness(lufs);
    if (!solved) return;
    rendering.drive_db = solved->drive_db;
    predicted_lufs = solved->integrated_lufs;
  };
  if (plan.loudness_lufs) {
    aim_at(*plan.loudness_lufs);
  } else {
    // The ceiling only: gain comes down where peaks are over it, nothing is limited.
    rendering.drive_db = std::min(0.0, solver.peak_drive_db().value_or(0.0));
  }
  Renderer renderer(source, sink, plan, output, working);
  Pass pass = renderer.run(rendering, envelope.frames);
  int renders = 1;
  const auto loudness_error = [&] {
    if (!plan.loudness_lufs || !pass.after.loudness.integrated_lufs) return 0.0;
    return *plan.loudness_lufs - *pass.after.loudness.integrated_lufs;
  };
  const double overshoot_db = pass.after.peak.true_dbtp.value_or(plan.ceiling_dbtp) - plan.ceiling_dbtp;
  if (std::abs(loudness_error()) > kLandedLu || overshoot_db > kOvershootDb) {
    if (overshoot_db > kOvershootDb) rendering.ceiling_dbtp -= overshoot_db;
    // The prediction was off by as much as the render shows; the same again is expected of the next one.
    if (plan.loudness_lufs && pass.after.loudness.integrated_lufs)
      aim_at(*plan.loudness_lufs + predicted_lufs - *pass.after.loudness.integrated_lufs);
    else
      rendering.drive_db -= std::max(0.0, overshoot_db);
    sink.restart();
    pass = renderer.run(rendering, envelope.frames);
    ++renders;
  }
  if (std::abs(loudness_error()) > kPromisedLu) {
    // A little less than what was reached, so that it holds when it is asked for.
    const double reached = std::floor((*pass.after.loudness.integrated_lufs - kPromisedLu) * 10.0) / 10.0;
    char text[200];
    std::snprintf(text, sizeof text,
                  "%.1f LUFS is out of reach under %.1f dBTP; the nearest that holds is --loudness %.1f",
                  *plan.loudness_lufs, plan.ceiling_dbtp, reached);
    return Failure{text};
  }
  RenderedMaster master;
  master.limiter = work_of(pass.gains, envelope, rendering.drive_db, rendering.drive_db - trim_db_of(plan),
                           pass.after.overview.high.size());
  master.after = std::move(pass.after);
  master.renders = renders;
  return master;
}

}  // namespace lacquer
