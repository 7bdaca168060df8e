#include "app/platforms.h"

#include "api/version.h"
#include "app/file_error.h"
#include "app/folder.h"
#include "app/render_platforms.h"

namespace lacquer {
namespace {

Release release_of(const std::vector<CheckedFile>& tracks) {
  Release release;
  std::vector<const Measurements*> measured;
  for (const CheckedFile& track : tracks) {
    release.tracks.push_back(levels_of(track.measurements));
    measured.push_back(&track.measurements);
  }
  release.whole = tracks.size() == 1 ? release.tracks.front() : levels_of_album(measured);
  return release;
}

bool is_rendered(const PlatformPlay& play) {
  return play.rule.kind == PlatformKind::kPlayback && play.rule.gain != GainRule::kNone && play.outcome;
}

void render(const std::vector<CheckedFile>& tracks, const PlatformsRequest& request,
            std::vector<PlatformEntry>& entries, const ProgressCallback& progress) {
  OutputFolder folder(request.render, "--render", request.overwrite);
  for (std::size_t t = 0; t < tracks.size(); ++t) {
    std::vector<PlatformRendering> renderings;
    const std::string stem = tracks.size() > 1 ? tracks[t].path.stem().string() + "." : std::string();
    for (PlatformEntry& entry : entries) {
      const PlatformPlay& play = entry.play;
      if (!is_rendered(play) || (play.track && *play.track != t)) continue;
      const auto to = folder.place(stem + play.rule.id + "-" + play.rule.mode + ".wav");
      renderings.push_back({to, play.outcome->gain_db, play.rule.limiter_threshold_dbfs});
      entry.rendered.push_back(to.string());
    }
    render_platforms(tracks[t].path, renderings, request.overwrite, progress);
  }
}

}  // namespace

std::vector<PlatformEntry> entries_of(const std::vector<PlatformRule>& rules) {
  std::vector<PlatformEntry> entries;
  for (const PlatformRule& rule : rules) entries.push_back({{rule}, {}});
  return entries;
}

PlayedOnPlatforms play_on_platforms(const std::vector<CheckedFile>& tracks, const PlatformsRequest& request,
                                    const ProgressCallback& progress) {
  PlayedOnPlatforms played;
  PlatformsReport& report = played.report;
  report.version = version();
  for (const CheckedFile& track : tracks) report.file_names.push_back(track.path.string());
  report.release = release_of(tracks);
  report.plays = play_release(request.rules, report.release);
  for (const PlatformPlay& play : report.plays) {
    const bool whole_album = tracks.size() > 1 && !play.track;
    played.entries.push_back({play, whole_album ? "" : report.file_names[play.track.value_or(0)]});
  }
  if (!request.render.empty()) render(tracks, request, played.entries, progress);
  return played;
}

}  // namespace lacquer
