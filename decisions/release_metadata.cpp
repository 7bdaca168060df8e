#include <algorithm>
#include <set>

#include "decisions/release_checks.h"

namespace lacquer {
namespace {

constexpr std::string_view kPart = "metadata";
constexpr std::size_t kLeastCapitals = 5;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lower(std::string text) {
  for (char& c : text) c = lower(c);
  return text;
}

// Words in lower case, without brackets and commas.
std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words = {""};
  for (const char c : text) {
    if (std::string_view(" ()[]{},:;/\t\n-").find(c) == std::string_view::npos)
      words.back() += lower(c);
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

std::string first_of(const std::vector<std::string>& words, const std::vector<std::string>& wanted) {
  for (const std::string& word : words)
    if (std::find(wanted.begin(), wanted.end(), word) != wanted.end()) return word;
  return {};
}

// What brackets hold, the last pair of them.
std::string in_brackets(const std::string& title) {
  const std::size_t open = title.find_last_of("([");
  const std::size_t close = title.find_last_of(")]");
  return open == std::string::npos || close == std::string::npos || close < open
             ? ""
             : title.substr(open + 1, close - open - 1);
}

std::string spacing_fault(const std::string& text) {
  if (text.empty()) return {};
  if (text.front() == ' ' || text.back() == ' ') return "begins or ends with a space";
  if (text.find("  ") != std::string::npos) return "holds two spaces in a row";
  for (const char c : text)
    if (static_cast<unsigned char>(c) < 0x20U || c == 0x7F)
      return "holds a tab, a line break or another control character";
  return {};
}

bool is_all_capitals(const std::string& text) {
  const auto capitals = std::count_if(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
  return static_cast<std::size_t>(capitals) >= kLeastCapitals &&
         std::none_of(text.begin(), text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

class Metadata {
 public:
  Metadata(const ReleaseInfo& release, const ReleaseRules& rules) : release_(release), rules_(rules) {}

  ReleaseLines take() {
    whole();
    for (const ReleaseTrack& track : release_.tracks) one(track);
    same_titles();
    if (lines_.empty())
      add("metadata", "", Verdict::kPass, "Every field is filled in, and none breaks a rule of style.", "");
    return std::move(lines_);
  }

 private:
  void add(std::string_view id, const std::string& track, Verdict verdict, const std::string& what,
           const std::string& action) {
    lines_.push_back({kPart, id, track, verdict, what, action});
  }

  void missing(const std::vector<std::pair<bool, std::string>>& fields, const std::string& track,
               Verdict verdict) {
    std::string names;
    for (const auto& [is_missing, name] : fields)
      if (is_missing) names += (names.empty() ? "" : ", ") + name;
    if (!names.empty())
      add(verdict == Verdict::kFix ? "required" : "complete", track, verdict, "Not filled in: " + names + ".",
          verdict == Verdict::kFix ? "No shop takes it without." : "Fill in, or decide to leave out.");
  }

  void whole() {
    missing({{release_.title.empty(), "title"}, {release_.artist.empty(), "artist"}}, "", Verdict::kFix);
    missing({{release_.artist_ids.empty(), "artist_ids"},
             {release_.label.empty(), "label"},
             {release_.genre.empty(), "genre"},
             {release_.language.empty(), "language"},
             {release_.p_line.empty(), "p_line"},
             {release_.c_line.empty(), "c_line"},
             {release_.time_zone.empty(), "time_zone"}},
            "", Verdict::kLook);
    if (release_.tracks.empty())
      add("tracks", "", Verdict::kFix, "No track is listed.", "Write a [[track]] for each file.");
    style(release_.title, "title", "", release_.version.empty());
    spacing(release_.artist, "artist", "");
    rights_line(release_.p_line, "p_line");
    rights_line(release_.c_line, "c_line");
  }

  void one(const ReleaseTrack& track) {
    const std::string name = track_name(track);
    missing({{track.title.empty(), "title"},
             {track.composers.empty(), "composers"},
             {!track.explicit_lyrics, "explicit"}},
            name, Verdict::kFix);
    missing({{track.producer.empty(), "producer"},
             {track.lyrics.empty() && !track.instrumental, "lyrics"},
             {track.samples.empty(), "samples"}},
            name, Verdict::kLook);
    style(track.title, "title", name, track.version.empty());
    for (const std::string& guest : track.featured) {
      spacing(guest, "featured", name);
      if (guest != release_.artist && lower(guest) == lower(release_.artist))
        add("spelling", name, Verdict::kFix,
            "“" + guest + "” and “" + release_.artist + "” differ in capitals.",
            "Shops join recordings by spelling; write both alike.");
    }
    for (const std::string& composer : track.composers) {
      spacing(composer, "composers", name);
      if (words_of(composer).size() < 2)
        add("legal-name", name, Verdict::kLook, "Composer “" + composer + "” is one word.",
            "Societies pay legal names; write it out, unless this is the legal name.");
    }
  }

  void spacing(const std::string& text, const std::string& field, const std::string& track) {
    const std::string fault = spacing_fault(text);
    if (!fault.empty())
      add("spaces", track, Verdict::kFix, "The " + field + " “" + text + "” " + fault + ".", "Correct it.");
  }

  void style(const std::string& title, const std::string& field, const std::string& track, bool no_version) {
    spacing(title, field, track);
    const std::vector<std::string> words = words_of(title);
    if (const std::string word = first_of(words, rules_.featured); !word.empty())
      add("featured", track, Verdict::kLook, "The title holds “" + word + "”.",
          "Featured artists have a field of their own: featured.");
    const std::string bracket = in_brackets(title);
    if (no_version && !first_of(words_of(bracket), rules_.versions).empty())
      add("version", track, Verdict::kLook, "The title holds a version: “" + bracket + "”.",
          "Versions have a field of their own: version.");
    if (const std::string word = first_of(words, rules_.work); !word.empty() && bracket.empty())
      add("work-title", track, Verdict::kLook, "“" + word + "” in the title sounds left over from work.",
          "Leave it out, unless it is meant.");
    if (is_all_capitals(title))
      add("capitals", track, Verdict::kLook, "The title is written in capitals only.",
          "Many shops set it anew, or refuse it; write it as in a sentence or a book title.");
  }

  // "2027 Owner", perhaps after the sign.
  void rights_line(const std::string& line, const std::string& field) {
    if (line.empty()) return;
    const std::size_t digit = line.find_first_of("0123456789");
    const bool has_year =
        digit != std::string::npos && line.size() >= digit + 4 &&
        std::all_of(line.begin() + static_cast<long>(digit), line.begin() + static_cast<long>(digit) + 4,
                    [](char c) { return c >= '0' && c <= '9'; });
    const bool has_owner = has_year && line.find_first_not_of(" .,;:-", digit + 4) != std::string::npos;
    if (!has_owner) {
      add("rights-line", "", Verdict::kFix, "The " + field + " “" + line + "” is no year and owner.",
          "Write the year of first publication and the owner: 2027 Your Name.");
    } else if (release_.date && std::stoi(line.substr(digit, 4)) > std::stoi(day_text(*release_.date))) {
      add("rights-line", "", Verdict::kFix, "The year of the " + field + " lies after the release.",
          "It is the year of first publication.");
    }
  }

  void same_titles() {
    std::set<std::string> seen;
    for (const ReleaseTrack& track : release_.tracks)
      if (!track.title.empty() && !seen.insert(lower(track_name(track))).second)
        add("same-title", track_name(track), Verdict::kLook, "Two tracks have this title.",
            "Tell them apart by their version, unless it is meant.");
  }

  const ReleaseInfo& release_;
  const ReleaseRules& rules_;
  ReleaseLines lines_;
};

}  // namespace

ReleaseLines check_metadata(const ReleaseInfo& release, const ReleaseRules& rules) {
  return Metadata(release, rules).take();
}

}  // namespace lacquer
