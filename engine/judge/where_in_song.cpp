#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "judge/sections.h"

namespace lacquer {
namespace {

constexpr double kNearlyAll = 0.9;    // boundaries are good to 2 s: a little may lie outside
constexpr double kMostOfSong = 0.75;  // to name a part that is nearly everything says nothing
constexpr double kLeastS = 0.1;       // what has no length still happens somewhere

double overlap_s(const TimeRange& when, const TimeRange& part) {
  if (!(when.to_s - when.from_s >= kLeastS))
    return when.from_s >= part.from_s && when.from_s < part.to_s ? kLeastS : 0.0;
  return std::max(0.0, std::min(when.to_s, part.to_s) - std::max(when.from_s, part.from_s));
}

// How much of it happens in the parts of some kind.
struct Share {
  double inside = 0.0;    // of what happens
  double of_song = 0.0;   // that these parts make up
  std::size_t parts = 0;  // of the kind
  std::size_t touched = 0;
};

class Kinds {
 public:
  Kinds(const std::vector<TimeRange>& when, const std::vector<Section>& sections)
      : when_(when), sections_(sections) {}

  // Whether it keeps to the parts of these names, and they are not nearly the whole song.
  bool keeps_to(std::initializer_list<std::string_view> names) {
    share_ = share_of(names);
    return share_.parts > 0 && share_.inside >= kNearlyAll && share_.of_song <= kMostOfSong;
  }
  // "in the loud part", "in the loud parts", "in one of the loud parts"; after keeps_to().
  std::string phrase(const std::string& name) const {
    if (share_.parts == 1) return "only in the " + name;
    return (share_.touched == 1 ? "in one of the " : "in the ") + name + "s";
  }

 private:
  Share share_of(std::initializer_list<std::string_view> names) const {
    Share share;
    double all_s = 0.0;
    double inside_s = 0.0;
    double song_s = 0.0;
    for (const Section& section : sections_) {
      double here_s = 0.0;
      for (const TimeRange& one : when_) here_s += overlap_s(one, section.when);
      const double length_s = section.when.to_s - section.when.from_s;
      all_s += here_s;
      song_s += length_s;
      if (std::find(names.begin(), names.end(), section.name) == names.end()) continue;
      ++share.parts;
      share.of_song += length_s;
      inside_s += here_s;
      // A boundary is not exact: what only touches a part does not happen in it.
      constexpr double kTouch = 0.05;
      if (here_s > kTouch * all_when_s()) ++share.touched;
    }
    share.inside = all_s > 0.0 ? inside_s / all_s : 0.0;
    share.of_song = song_s > 0.0 ? share.of_song / song_s : 1.0;
    return share;
  }
  double all_when_s() const {
    double all_s = 0.0;
    for (const TimeRange& one : when_) all_s += std::max(kLeastS, one.to_s - one.from_s);
    return all_s;
  }

  const std::vector<TimeRange>& when_;
  const std::vector<Section>& sections_;
  Share share_;
};

bool is_sound(const TimeRange& range) { return std::isfinite(range.from_s) && std::isfinite(range.to_s); }

}  // namespace

std::string where_in_song(const std::vector<TimeRange>& when, const std::vector<Section>& sections) {
  if (when.empty() || !std::all_of(when.begin(), when.end(), is_sound)) return "";
  Kinds kinds(when, sections);
  if (kinds.keeps_to({"intro"})) return kinds.phrase("intro");
  if (kinds.keeps_to({"outro"})) return kinds.phrase("outro");
  if (kinds.keeps_to({"drop"})) return kinds.phrase("drop");
  if (kinds.keeps_to({"loud", "drop"})) return kinds.phrase("loud part");
  if (kinds.keeps_to({"quiet", "intro", "outro"})) return kinds.phrase("quiet part");
  return "";
}

}  // namespace lacquer
