#include "app/listening.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "app/deliveries.h"
#include "app/knowledge.h"
#include "app/waveform.h"
#include "app/workers.h"
#include "core/error.h"
#include "playback/platforms.h"
#include "playback/track_levels.h"
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

Band band_of(const ListeningRequest& request) {
  if (!(request.low_hz >= 10.0 && request.high_hz <= 24000.0 && request.low_hz < request.high_hz))
    throw Error("a band reaches from 10 Hz to 24,000 Hz; choose one within");
  return {request.low_hz, request.high_hz};
}

OnSystem system_of(const std::string& name) {
  for (const PlaybackSystem& system : knowledge().systems)
    if (system.id == name) return {&system};
  throw Error("there is no playback system of this name");
}

const PlatformRule& platform_of(const std::string& name) {
  for (const PlatformRule& rule : knowledge().platforms)
    if (rule.id + "/" + rule.mode == name) return rule;
  throw Error("there is no platform of this name");
}

Coded codec_named(const std::string& name) {
  for (const Delivery& delivery : deliveries_to_try({}).all)
    if (delivery.id() == name) return {codec_of(delivery)};
  throw Error("there is no codec of this name");
}

// Where the loudest stretch of so many seconds begins in a decoded song.
double loudest_from_s(const std::filesystem::path& song, double duration_s, double length_s) {
  constexpr double kColumnS = 0.5;
  const int columns = std::clamp(static_cast<int>(duration_s / kColumnS), 1, kMostWaveformColumns);
  const Waveform waveform = waveform_of(song, 0.0, duration_s, columns);
  const double column_s = duration_s / columns;
  const int wanted = std::clamp(static_cast<int>(length_s / column_s), 1, columns);
  double energy = 0.0, most = -1.0;
  int loudest = 0;
  for (int i = 0; i < columns; ++i) {
    const auto squared = [&](int at) {
      const double rms = waveform.columns[static_cast<std::size_t>(at)].rms;
      return rms * rms;
    };
    energy += squared(i) - (i >= wanted ? squared(i - wanted) : 0.0);
    if (i + 1 >= wanted && energy > most) {
      most = energy;
      loudest = i + 1 - wanted;
    }
  }
  return std::max(0.0, std::min(loudest * column_s, duration_s - length_s));
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

struct Listening::Cut {
  AudioBuffer audio;
  double sample_rate_hz = 0.0;
  int first_frame = 0, frames = 0;
  PassageInContext passage() const { return {audio, sample_rate_hz, first_frame, frames}; }
};

Listening::Listening(const std::filesystem::path& folder) : proxy_(folder / "audio.wav") {}

Listening::Cut Listening::cut(double from_s, double to_s) const {
  const ProxyInfo& info = proxy_.info();
  const double length_s = to_s - from_s;
  if (!(from_s >= 0.0 && length_s >= kLeastPassageS && length_s <= kMostPassageS &&
        from_s + kLeastPassageS <= info.duration_s()))
    throw Error("a passage is 0.5 to 60 s long and lies within the song; choose another");
  const auto first = static_cast<std::int64_t>(from_s * info.sample_rate_hz);
  const auto frames =
      static_cast<std::int64_t>((std::min(to_s, info.duration_s()) - from_s) * info.sample_rate_hz);
  const auto context = static_cast<std::int64_t>(kContextS * info.sample_rate_hz);
  const std::int64_t begin = std::max<std::int64_t>(0, first - context);
  return {proxy_.frames(begin, first + frames + context - begin), info.sample_rate_hz,
          static_cast<int>(first - begin), static_cast<int>(frames)};
}

Listening::Levels& Listening::levels() {
  if (!levels_) {
    const auto most = static_cast<std::int64_t>(kMostSurveyedS * proxy_.info().sample_rate_hz);
    ProxySource source(proxy_, std::min(proxy_.info().frames, most));
    const ProgressCallback untold;
    levels_ = std::make_shared<Levels>(
        Levels{survey_source(source, MeasureGroups::kLoudness, {workers(), untold}), {}});
  }
  return *levels_;
}

// The gain that takes the whole song to the plan's loudness, as the renderer solves it.
double Listening::drive_db(const Plan& plan) {
  // Most changes to a plan leave its limiter alone.
  const Levels::Solved asked{plan.loudness_lufs, plan.ceiling_dbtp, limiter_params(plan.at(Stage::kLimiting)),
                             0.0};
  Levels& known = levels();
  if (known.solved && known.solved->is_for(asked)) return known.solved->drive_db;
  known.solved = asked;
  return known.solved->drive_db = Levels::solved_drive_db(known.survey.envelope, asked);
}

HeardPassage Listening::hear(const ListeningRequest& request) {
  const auto part = parts().find(request.way);
  std::optional<MasterOf> master;
  std::optional<WayOfHearing> way;
  {
    const std::lock_guard lock(measuring_);
    if (request.plan) master = MasterOf{&*request.plan, drive_db(*request.plan)};
    if (request.way == "platform") {
      const PlatformRule& rule = platform_of(request.name);
      TrackLevels track = levels_of(levels().survey.measurements);
      if (master) {
        track.integrated_lufs =
            request.plan->loudness_lufs ? request.plan->loudness_lufs : track.integrated_lufs;
        track.true_dbtp = request.plan->ceiling_dbtp;
      }
      if (!track.integrated_lufs || !track.true_dbtp)
        throw Error("silence sounds the same on every platform");
      way = OnPlatform{play_on(rule, *track.integrated_lufs, *track.true_dbtp).gain_db,
                       rule.limiter_threshold_dbfs};
    }
  }
  if (part != parts().end())
    way = part->second;
  else if (request.way == "band")
    way = band_of(request);
  else if (request.way == "system")
    way = system_of(request.name);
  else if (request.way == "codec")
    way = codec_named(request.name);
  else if (request.way == "removed" && master)
    way = Removed{};
  if (!way) throw Error("there is no such way of listening");
  const std::lock_guard lock(hearing_);
  const Cut around = cut(request.from_s, request.to_s);
  const Audition heard = audition(around.passage(), *way, master);
  return {float_wav(heard.audio, heard.sample_rate_hz), heard.gain_db, heard.short_of_lu};
}

HeardPassage Listening::hear_beside(double from_s, double to_s, const std::filesystem::path& other,
                                    Where where) {
  const Proxy song(other / "audio.wav");
  const ProxyInfo& info = song.info();
  const double length_s = to_s - from_s;
  const std::lock_guard lock(hearing_);
  const Cut around = cut(from_s, to_s);
  const double there_s =
      where == Where::kLoudest ? loudest_from_s(other, info.duration_s(), length_s) : from_s;
  const AudioBuffer audio = song.frames(static_cast<std::int64_t>(there_s * info.sample_rate_hz),
                                        static_cast<std::int64_t>(length_s * info.sample_rate_hz));
  if (audio.frames() == 0) throw Error("the other version ends before this passage; choose an earlier one");
  const Audition heard = beside(around.passage(), audio, info.sample_rate_hz);
  return {float_wav(heard.audio, heard.sample_rate_hz), heard.gain_db, heard.short_of_lu};
}

}  // namespace lacquer
