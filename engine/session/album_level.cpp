#include "session/album_level.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "judge/prose.h"
#include "measure/loudness_meter.h"
#include "session/plan_words.h"

namespace lacquer {
namespace {

constexpr double kLandingLu = 0.02;
constexpr double kPromisedLu = 0.1;

double in_hundredths(double value) { return std::round(value * 100.0) / 100.0; }

class Album {
 public:
  Album(std::vector<AlbumTrack>& tracks, const LoudnessRequest& request, const LoudnessRules& rules,
        Executor& executor)
      : tracks_(tracks), request_(request), rules_(rules) {
    for (const AlbumTrack& track : tracks) {
      solvers_.push_back(solver_of(track.draft, executor));
      const auto drive = solvers_.back().peak_drive_db();
      free_.push_back(drive ? solvers_.back().at(*drive) : std::nullopt);
    }
  }

  Result<AlbumLevel> level() {
    if (std::none_of(free_.begin(), free_.end(), [](const auto& free) { return free.has_value(); }))
      return Failure{"none of the songs has a loudness; check the exports"};
    if (request_.kind == LoudnessRequest::Kind::kNumber) return to_a_number();
    return all_mastered() ? as_they_are() : as_they_afford();
  }

 private:
  bool all_mastered() const {
    return request_.kind == LoudnessRequest::Kind::kSolved &&
           std::all_of(tracks_.begin(), tracks_.end(),
                       [](const AlbumTrack& track) { return track.draft.mastered.has_value(); });
  }

  // The song that allows the least, and what it allows.
  struct Holder {
    std::size_t song = 0;
    DriveOutcome outcome;
  };
  template <class BudgetOf>
  Holder holder(const BudgetOf& budget_of) const {
    std::optional<Holder> lowest;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      if (!free_[i]) continue;
      const auto outcome = solvers_[i].within(budget_of(tracks_[i]));
      if (outcome && (!lowest || outcome->drive_db < lowest->outcome.drive_db)) lowest = {i, *outcome};
    }
    return *lowest;
  }

  Result<AlbumLevel> as_they_afford() {
    const Holder held = holder([](const AlbumTrack& track) { return track.draft.budget; });
    const AlbumTrack& song = tracks_[held.song];
    std::string why = song.name + " allows no more: ";
    why += stops_at_the_peaks(held.outcome, *free_[held.song])
               ? "its peaks come to the ceiling, and it has no dynamics to spare."
               : what_stops(held.outcome, song.draft.budget) + ".";
    if (song.draft.mastered)
      why += " It looks like a finished master; give the album's mixes only, or add --each.";
    return land(held.outcome.drive_db, why);
  }

  Result<AlbumLevel> as_they_are() {
    double drive_db = 0.0;
    for (const auto& free : free_)
      if (free) drive_db = std::min(drive_db, free->drive_db);
    return land(drive_db, "All of them are finished masters, so nothing is raised.");
  }

  // Loudness never falls as drive rises, and rises by at most the drive: a secant within a
  // shrinking bracket.
  Result<AlbumLevel> to_a_number() {
    double low = -DriveSolver::kMostDriveDb;
    double high = DriveSolver::kMostDriveDb;
    double drive_db = 0.0;
    double slope = 1.0;
    double reached = play(drive_db);
    for (int i = 0; i < 24 && std::abs(reached - request_.lufs) > kLandingLu && high - low > 0.001; ++i) {
      const double error = request_.lufs - reached;
      (error > 0.0 ? low : high) = drive_db;
      double next = drive_db + error / slope;
      if (next <= low || next >= high) next = (low + high) / 2.0;
      const double louder = play(next);
      slope = std::clamp((louder - reached) / (next - drive_db), 0.1, 1.0);
      drive_db = next;
      reached = louder;
    }
    const bool there = std::abs(reached - request_.lufs) <= kPromisedLu;
    const char* const no_drive = "no amount of drive gets there under this ceiling";
    if (request_.force && !there)
      return out_of_reach(request_.lufs, no_drive, DriveSolver::nearest_to_name_lufs({drive_db, reached}),
                          false);
    const auto song = there ? too_dear() : std::nullopt;
    if (!request_.force && (song || !there)) {
      const std::string because =
          song ? tracks_[*song].name + ": " + what_it_costs(*tracks_[*song].outcome) : no_drive;
      const Holder held = holder([this](const AlbumTrack&) { return rules_.refuse; });
      return out_of_reach(request_.lufs, because, floored(play(held.outcome.drive_db)), there);
    }
    return land(drive_db, prose::lufs(request_.lufs) + " as asked.");
  }

  static double floored(double lufs) { return std::floor(lufs * 10.0) / 10.0; }

  std::optional<std::size_t> too_dear() const {
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      const auto& outcome = tracks_[i].outcome;
      if (outcome && outcome->drive_db > free_[i]->drive_db &&
          !solvers_[i].affordable(*outcome, rules_.refuse))
        return i;
    }
    return std::nullopt;
  }

  // Predicts every song at this gain; returns the loudness of all of them.
  double play(double drive_db) {
    std::vector<double> blocks;
    for (std::size_t i = 0; i < tracks_.size(); ++i) {
      if (!free_[i]) continue;
      tracks_[i].outcome = solvers_[i].at(drive_db);
      if (!tracks_[i].outcome) continue;
      const std::vector<double>& more = tracks_[i].outcome->block_power;
      blocks.insert(blocks.end(), more.begin(), more.end());
    }
    return gate_blocks(blocks).integrated_lufs.value_or(request_.lufs);
  }

  AlbumLevel land(double drive_db, const std::string& held_by) {
    AlbumLevel album;
    album.songs = static_cast<int>(tracks_.size());
    album.gain_db = in_hundredths(drive_db);
    album.loudness_lufs = in_hundredths(play(drive_db));
    for (AlbumTrack& track : tracks_) {
      Plan& plan = track.draft.plan;
      plan.album = album;
      if (track.outcome) plan.loudness_lufs = in_hundredths(track.outcome->integrated_lufs);
      plan.why = about_stages(plan) + " " + about_album(album, held_by) + what_is_left(track.draft);
    }
    return album;
  }

  std::vector<AlbumTrack>& tracks_;
  const LoudnessRequest& request_;
  const LoudnessRules& rules_;
  std::vector<DriveSolver> solvers_;
  std::vector<std::optional<DriveOutcome>> free_;  // peaks at the ceiling; none in silence
};

}  // namespace

Result<AlbumLevel> level_album(std::vector<AlbumTrack>& tracks, const LoudnessRequest& request,
                               const LoudnessRules& rules, Executor& executor) {
  return Album(tracks, request, rules, executor).level();
}

}  // namespace lacquer
