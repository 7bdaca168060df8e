#include <map>

#include "decisions/codes.h"
#include "decisions/release_checks.h"

namespace lacquer {
namespace {

constexpr std::string_view kPart = "codes";

ReleaseLine fine(std::string_view id, const std::string& what) {
  return {kPart, id, "", Verdict::kPass, what, ""};
}

void check_barcode_of(const ReleaseInfo& release, ReleaseLines& lines) {
  if (release.upc.empty()) {
    lines.push_back({kPart, "barcode", "", Verdict::kLook, "The release has no UPC or EAN.",
                     "Write it under upc once the distributor has given one."});
    return;
  }
  const CheckedCode code = check_barcode(release.upc);
  if (code.problem.empty())
    lines.push_back(
        fine("barcode", (code.code.size() == 12 ? "UPC " : "EAN ") + code.code + ": its check digit fits."));
  else
    lines.push_back({kPart, "barcode", "", Verdict::kFix,
                     "UPC or EAN " + release.upc + ": " + code.problem + ".",
                     "Copy it again from where it was given."});
}

// Every code that is used, with the tracks that use it.
std::map<std::string, std::vector<std::string>> used_codes(const ReleaseInfo& release, ReleaseLines& lines) {
  std::map<std::string, std::vector<std::string>> used;
  std::size_t missing = 0;
  for (const ReleaseTrack& track : release.tracks) {
    if (track.isrc.empty()) {
      ++missing;
      continue;
    }
    const CheckedCode code = check_isrc(track.isrc);
    if (code.problem.empty())
      used[code.code].push_back(track_name(track));
    else
      lines.push_back({kPart, "isrc", track_name(track), Verdict::kFix,
                       "ISRC " + track.isrc + ": " + code.problem + ".",
                       "Copy it again from where it was given."});
  }
  if (missing > 0)
    lines.push_back({kPart, "isrc", "", Verdict::kLook,
                     std::to_string(missing) + (missing == 1 ? " track has" : " tracks have") + " no ISRC.",
                     "Write the codes under isrc once they are given; a recording that has one keeps it."});
  return used;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// A file's own tags against what is written down.
void compare_tags(const ReleaseInfo& release, const std::vector<TrackAudio>& audio, ReleaseLines& lines) {
  for (const TrackAudio& one : audio)
    for (const ReleaseTrack& track : release.tracks) {
      if (track.file != one.file || track.isrc.empty()) continue;
      for (const std::string& tag : one.tag_isrcs)
        if (check_isrc(tag).code != check_isrc(track.isrc).code)
          lines.push_back(
              {kPart, "isrc-tag", one.track, Verdict::kFix,
               "The file's own tag says ISRC " + tag + ", and release.toml says " + track.isrc + ".",
               "Find out which one is the recording's, and correct the other."});
    }
}

}  // namespace

ReleaseLines check_codes(const ReleaseInfo& release, const std::vector<TrackAudio>& audio) {
  ReleaseLines lines;
  check_barcode_of(release, lines);
  const auto used = used_codes(release, lines);
  std::size_t twice = 0;
  for (const auto& [code, tracks] : used)
    if (tracks.size() > 1) {
      ++twice;
      lines.push_back({kPart, "isrc-duplicate", "", Verdict::kFix,
                       "ISRC " + code + " stands for " + std::to_string(tracks.size()) +
                           " recordings: " + listed(tracks) + ".",
                       "Each recording has its own; a new mix, edit or remix is a new recording."});
    }
  if (!used.empty() && twice == 0)
    lines.push_back(fine("isrc", std::to_string(used.size()) +
                                     (used.size() == 1 ? " ISRC is" : " ISRCs are") + " well formed" +
                                     (used.size() == 1 ? "." : " and different.")));
  compare_tags(release, audio, lines);
  return lines;
}

}  // namespace lacquer
