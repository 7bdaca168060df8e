#include "app/listening.h"

#include <algorithm>
#include <cmath>

#include "app/knowledge.h"
#include "app/workers.h"
#include "core/error.h"
#include "session/audition.h"
#include "session/drive_solver.h"
#include "session/survey.h"

namespace lacquer {
namespace {

// Before and after a passage: the limiter looks 190 ms ahead and lets go within half a second, the longest
// filter is 0.3 s, and a compressor's envelope settles within the rest.
constexpr double kContextS = 1.5;
constexpr int kBlockFrames = 4096;
// Of a longer song the drive is solved on its first part: a quarter of an hour says how loud a song is.
constexpr double kMostSurveyedS = 900.0;

const std::map<std::string, Part>& parts() {
  static const std::map<std::string, Part> all = {{"whole", Part::kWhole}, {"mono", Part::kMono},
                                                  {"mid", Part::kMid},     {"side", Part::kSide},
                                                  {"left", Part::kLeft},   {"right", Part::kRight}};
  return all;
}

// The proxy as the engine reads audio.
class ProxySource final : public AudioSource {
 public:
  ProxySource(const Proxy& proxy, std::int64_t frames) : proxy_(proxy), frames_(frames) {}
  StreamFormat format() const override {
    return {proxy_.info().sample_rate_hz, proxy_.info().channels, kBlockFrames};
  }
  std::optional<std::int64_t> announced_frames() const override { return frames_; }
  int read(AudioBlock block) override {
    const AudioBuffer got = proxy_.frames(at_, std::min<std::int64_t>(block.frames(), frames_ - at_));
    for (int c = 0; c < block.channels(); ++c)
      std::copy_n(got.channel(c).begin(), got.frames(), block.channel(c).begin());
    at_ += got.frames();
    return got.frames();
  }
  void rewind() override { at_ = 0; }

 private:
  const Proxy& proxy_;
  std::int64_t frames_;
  std::int64_t at_ = 0;
};

WayOfHearing way_of(const ListeningRequest& request, double drive_db) {
  if (const auto part = parts().find(request.way); part != parts().end()) return part->second;
  if (request.way == "band") {
    if (!(request.low_hz >= 10.0 && request.high_hz <= 24000.0 && request.low_hz < request.high_hz))
      throw Error("a band reaches from 10 Hz to 24,000 Hz; choose one within");
    return Band{request.low_hz, request.high_hz};
  }
  if (request.way == "system") {
    for (const PlaybackSystem& system : knowledge().systems)
      if (system.id == request.system) return OnSystem{&system};
    throw Error("there is no playback system of this name");
  }
  if ((request.way == "plan" || request.way == "removed") && request.plan)
    return ThroughPlan{&*request.plan, drive_db, request.way == "removed"};
  throw Error("there is no such way of listening");
}

}  // namespace

struct Listening::Levels {
  struct Solved {
    std::optional<double> loudness_lufs;
    double ceiling_dbtp = 0.0;
    LimiterParams limiter;
    double drive_db = 0.0;
    bool is_for(const Solved& other) const {
      return loudness_lufs == other.loudness_lufs && ceiling_dbtp == other.ceiling_dbtp &&
             limiter == other.limiter;
    }
  };
  static double solved_drive_db(const LimiterEnvelope& envelope, const Solved& asked) {
    const DriveSolver solver(envelope, asked.ceiling_dbtp, asked.limiter, workers());
    if (!asked.loudness_lufs) return std::min(0.0, solver.peak_drive_db().value_or(0.0));
    const auto outcome = solver.for_loudness(*asked.loudness_lufs);
    return outcome ? outcome->drive_db : 0.0;
  }

  Survey survey;
  std::optional<Solved> solved;
};

Listening::Listening(const std::filesystem::path& folder) : proxy_(folder / "audio.wav") {}

// The gain that takes the whole song to the plan's loudness, as the renderer solves it.
double Listening::drive_db(const Plan& plan) {
  if (!levels_) {
    const auto most = static_cast<std::int64_t>(kMostSurveyedS * proxy_.info().sample_rate_hz);
    ProxySource source(proxy_, std::min(proxy_.info().frames, most));
    const ProgressCallback untold;
    levels_ = std::make_shared<Levels>(
        Levels{survey_source(source, MeasureGroups::kLoudness, {workers(), untold}), {}});
  }
  // Most changes to a plan leave its limiter alone.
  const Levels::Solved asked{plan.loudness_lufs, plan.ceiling_dbtp, limiter_params(plan.at(Stage::kLimiting)),
                             0.0};
  if (levels_->solved && levels_->solved->is_for(asked)) return levels_->solved->drive_db;
  levels_->solved = asked;
  return levels_->solved->drive_db = Levels::solved_drive_db(levels_->survey.envelope, asked);
}

HeardPassage Listening::hear(const ListeningRequest& request) {
  const ProxyInfo& info = proxy_.info();
  const double length_s = request.to_s - request.from_s;
  if (!(request.from_s >= 0.0 && length_s >= kLeastPassageS && length_s <= kMostPassageS &&
        request.from_s + kLeastPassageS <= info.duration_s()))
    throw Error("a passage is 0.5 to 60 s long and lies within the song; choose another");
  const std::lock_guard lock(mutex_);
  const double drive = request.plan ? drive_db(*request.plan) : 0.0;
  const auto first = static_cast<std::int64_t>(request.from_s * info.sample_rate_hz);
  const auto frames = static_cast<std::int64_t>((std::min(request.to_s, info.duration_s()) - request.from_s) *
                                                info.sample_rate_hz);
  const auto context = static_cast<std::int64_t>(kContextS * info.sample_rate_hz);
  const std::int64_t begin = std::max<std::int64_t>(0, first - context);
  const AudioBuffer around = proxy_.frames(begin, first + frames + context - begin);
  const PassageInContext passage{around, info.sample_rate_hz, static_cast<int>(first - begin),
                                 static_cast<int>(frames)};
  const Audition heard = audition(passage, way_of(request, drive));
  return {float_wav(heard.audio, info.sample_rate_hz), heard.gain_db, heard.short_of_lu};
}

}  // namespace lacquer
