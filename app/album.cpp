#include "app/album.h"

#include <memory>

#include "app/audio_files.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "app/mastering.h"
#include "app/workers.h"
#include "judge/diagnose.h"
#include "session/album_level.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

// Runs `work`; what goes wrong with this song is kept for later, and the others go on.
template <class Work>
void attempt(std::exception_ptr& error, const Work& work) {
  if (error) return;
  try {
    work();
  } catch (const Cancelled&) {
    throw;
  } catch (...) {
    error = std::current_exception();
  }
}

// A song on its way; empty where there is an error.
struct Song {
  std::exception_ptr error;
  ProgressCallback progress;
  std::unique_ptr<Mix> mix;
  SurveyedMix surveyed;
  bool must_be_fixed = false;  // left out of the album
};

class Album {
 public:
  Album(const std::vector<fs::path>& paths, const AlbumProgress& progress) : songs_(paths.size()) {
    if (paths.size() > kMostAlbumSongs)
      throw Error("an album has at most " + std::to_string(kMostAlbumSongs) +
                  " songs; give fewer, or add --each to treat every file on its own");
    for (std::size_t i = 0; i < paths.size(); ++i)
      songs_[i].progress = [&progress, path = paths[i]](std::string_view doing, double done) {
        return progress(path, doing, done);
      };
  }

  std::vector<Song>& songs() { return songs_; }

  template <class Checked>
  void survey_all(const std::vector<fs::path>& paths, std::optional<double> rate_hz, const RoleRequest& role,
                  const PastRequest& past, const Checked& on_checked) {
    for (std::size_t i = 0; i < paths.size(); ++i) {
      Song& song = songs_[i];
      attempt(song.error, [&] {
        song.mix = std::make_unique<Mix>(paths[i], rate_hz);
        song.surveyed = survey(*song.mix, role, past, song.progress);
        song.mix->let_go_of_audio();  // of one song at a time
        on_checked(i, song);
      });
    }
  }

  // A plan for each song, at the album's level; none for those that are left out.
  std::vector<std::optional<Plan>> plans(const PlanRequest& request) {
    std::vector<AlbumTrack> tracks;
    std::vector<std::size_t> song_of;
    for (std::size_t i = 0; i < songs_.size(); ++i) {
      Song& song = songs_[i];
      if (song.must_be_fixed) continue;
      attempt(song.error, [&] {
        tracks.push_back({song.mix->path().filename().string(), draft(song, request)});
        song.mix->let_go_of_audio();
        song_of.push_back(i);
      });
    }
    std::vector<std::optional<Plan>> plans(songs_.size());
    if (tracks.empty()) return plans;
    const auto album = level_album(tracks, request.loudness, knowledge().loudness, workers());
    if (!album) throw Error(album.why());
    for (std::size_t k = 0; k < tracks.size(); ++k) {
      Song& song = songs_[song_of[k]];
      DraftedPlan& draft = tracks[k].draft;
      name_source(draft.plan, song.surveyed.checked);
      if (draft.knows_envelope) know_envelope(*song.mix, draft.plan, std::move(draft.envelope));
      plans[song_of[k]] = std::move(draft.plan);
    }
    return plans;
  }

 private:
  static DraftedPlan draft(Song& song, const PlanRequest& request) {
    const CheckedFile& checked = song.surveyed.checked;
    const Working working{workers(), song.progress};
    return draft_master({song.mix->audio(), checked.source, song.surveyed.survey, checked.diagnosis.value(),
                         knowledge(), working},
                        request);
  }

  std::vector<Song> songs_;
};

}  // namespace

std::vector<PlannedSong> plan_album(const std::vector<fs::path>& paths, const RoleRequest& role,
                                    const PastRequest& past, const PlanRequest& request,
                                    const AlbumProgress& progress) {
  Album album(paths, progress);
  album.survey_all(paths, std::nullopt, role, past, [](std::size_t, const Song&) {});
  std::vector<std::optional<Plan>> plans = album.plans(request);
  std::vector<PlannedSong> planned(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Song& song = album.songs()[i];
    if (plans[i])
      attempt(song.error, [&] {
        const LimiterEnvelope& envelope = envelope_for(*song.mix, song.surveyed, *plans[i], song.progress);
        LoudnessCurve curve = curve_under(*plans[i], envelope, *song.mix, song.surveyed, song.progress);
        song.mix->let_go_of_audio();
        planned[i].planned =
            PlannedFile{std::move(song.surveyed.checked), *std::move(plans[i]), std::move(curve)};
      });
    planned[i].error = song.error;
  }
  return planned;
}

std::vector<MasteredSong> master_album(const std::vector<fs::path>& paths, const MasterRequest& request,
                                       const OnSongChecked& on_checked, const AlbumProgress& progress) {
  Album album(paths, progress);
  std::vector<MasteredSong> mastered(paths.size());
  album.survey_all(paths, request.rate_hz, request.role, request.past, [&](std::size_t i, Song& song) {
    remember(request.past, song.surveyed.checked);
    on_checked(i, song.surveyed.checked);
    song.must_be_fixed = mix_must_be_fixed(*song.surveyed.checked.diagnosis) && !request.anyway;
    if (!song.must_be_fixed) return;
    mastered[i].mastered.emplace();
    mastered[i].mastered->mix = song.surveyed.checked;
  });
  std::vector<std::optional<Plan>> plans = album.plans(request.plan);
  std::vector<std::unique_ptr<Mastering>> made(paths.size());
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Song& song = album.songs()[i];
    if (!plans[i]) continue;
    attempt(song.error, [&] {
      auto mastering = std::make_unique<Mastering>(*song.mix, song.surveyed, request, song.progress);
      for (const auto& other : made)
        if (other && other->master() == mastering->master())
          throw FileError(other->master(),
                          Error("two songs of the album would get this name; rename one of them"));
      mastering->make(*std::move(plans[i]));
      song.mix->let_go_of_audio();
      song.mix->known_envelope.reset();
      made[i] = std::move(mastering);
    });
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    Song& song = album.songs()[i];
    if (made[i]) attempt(song.error, [&] { mastered[i].mastered = made[i]->commit(); });
    mastered[i].error = song.error;
  }
  return mastered;
}

std::string one_by_one_warning(const std::vector<fs::path>& songs) {
  constexpr const char* kWarning =
      "mastering songs one by one changes how loud they are against each other; where they belong to one "
      "release, give all of them in one command";
  for (std::size_t i = 1; i < songs.size(); ++i)
    for (std::size_t k = 0; k < i; ++k)
      if (songs[i].parent_path() == songs[k].parent_path()) return kWarning;
  if (songs.size() == 1 && is_beside_another_master(songs.front())) return kWarning;
  return {};
}

}  // namespace lacquer
