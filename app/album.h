#pragma once

#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/master.h"
#include "app/plan.h"

namespace lacquer {

// An EP or album, given as several files: each song gets the stages it warrants, and all of them one gain
// (session/album_level.h). A song that cannot be read, or that must be fixed first, is left out, and the
// level is solved for the others.

// Told how the work on a song goes; false stops all of it.
using AlbumProgress =
    std::function<bool(const std::filesystem::path& song, std::string_view doing, double done)>;
using OnSongChecked = std::function<void(std::size_t song, const CheckedFile&)>;

struct PlannedSong {
  std::exception_ptr error;  // why there is no plan; else the rest is filled
  std::optional<PlannedFile> planned;
};
struct MasteredSong {
  std::exception_ptr error;  // Error or FileError: why there is no master; else the rest is filled
  std::optional<MasteredFile> mastered;
};

// One entry for each path, in their order. Both throw Error where no level can be found that all songs hold,
// and for more than kMostAlbumSongs; Cancelled when told to stop.
std::vector<PlannedSong> plan_album(const std::vector<std::filesystem::path>& songs, const RoleRequest& role,
                                    const PastRequest& past, const PlanRequest& request,
                                    const AlbumProgress& progress);
// The masters appear together, when the last one is rendered: until then none has its name.
std::vector<MasteredSong> master_album(const std::vector<std::filesystem::path>& songs,
                                       const MasterRequest& request, const OnSongChecked& on_checked,
                                       const AlbumProgress& progress);

// A sentence for who masters the songs of a release one by one, which takes their relation apart; empty where
// nothing speaks for it. For one song: its folder holds the master of another one.
std::string one_by_one_warning(const std::vector<std::filesystem::path>& songs);

}  // namespace lacquer
