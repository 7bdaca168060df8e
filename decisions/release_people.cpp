#include <cmath>
#include <cstdio>
#include <map>

#include "decisions/release_checks.h"

namespace lacquer {
namespace {

// Shares are told with two decimals; a sum within half of the last one is 100.
constexpr double kSumSlack = 0.005;

std::string percent(double value) {
  std::array<char, 32> text = {};
  std::snprintf(text.data(), text.size(), "%.2f", value);
  std::string out = text.data();
  while (out.ends_with('0')) out.pop_back();
  if (out.ends_with('.')) out.pop_back();
  return out + " %";
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// What is wrong with one list, and which tracks it belongs to: the same list is told once.
struct Problem {
  std::string_view id;
  Verdict verdict = Verdict::kFix;
  std::string what;
  std::string action;
  bool operator<(const Problem& other) const { return std::tie(id, what) < std::tie(other.id, other.what); }
};

class Splits {
 public:
  Splits(const ReleaseInfo& release, Day today) : release_(release), today_(today) {}

  ReleaseLines take() {
    for (const ReleaseTrack& track : release_.tracks) {
      look_at(track, track.composition, "composition");
      look_at(track, track.master, "master");
    }
    ReleaseLines lines;
    for (const auto& [problem, tracks] : found_) {
      const bool all = tracks.size() == release_.tracks.size() && tracks.size() > 1;
      lines.push_back({"splits", problem.id, all ? "all tracks" : listed(tracks), problem.verdict,
                       problem.what, problem.action});
    }
    if (lines.empty() && !release_.tracks.empty())
      lines.push_back({"splits", "split", "", Verdict::kPass,
                       "Composition and master add up to 100 % on every track, and everybody has signed.",
                       ""});
    return lines;
  }

 private:
  void look_at(const ReleaseTrack& track, const std::vector<RightsShare>& shares, const std::string& kind) {
    const auto add = [&](const Problem& problem) { found_[problem].push_back(track_name(track)); };
    if (shares.empty())
      return add({"split-missing", Verdict::kLook, "No split of the " + kind + " is written down.",
                  "Write who has which share, also where one person has all of it."});
    double sum = 0.0;
    std::vector<std::string> unnamed;
    std::vector<std::string> unsigned_names;
    std::vector<std::string> late;
    for (const RightsShare& share : shares) {
      sum += share.percent;
      if (share.name.empty()) unnamed.push_back(percent(share.percent));
      if (!share.signed_on) unsigned_names.push_back(share.name.empty() ? "somebody" : share.name);
      if (share.signed_on && release_.date && *share.signed_on > *release_.date) late.push_back(share.name);
    }
    if (std::abs(sum - 100.0) > kSumSlack)
      add({"split-sum", Verdict::kFix, "The " + kind + " adds up to " + percent(sum) + ".",
           sum < 100.0 ? "Agree who has the missing " + percent(100.0 - sum) + "."
                       : "Agree who gives up " + percent(sum - 100.0) + "."});
    if (!unnamed.empty())
      add({"split-name", Verdict::kFix, "In the " + kind + ", " + listed(unnamed) + " has no name.",
           "Write the legal name."});
    if (!unsigned_names.empty()) {
      const bool is_out = release_.date && *release_.date <= today_;
      add({"split-signed", is_out ? Verdict::kFix : Verdict::kLook,
           "The " + kind + " is not signed by " + listed(unsigned_names) + ".",
           "Have it signed before the release, while everybody still agrees."});
    }
    if (!late.empty())
      add({"split-late", Verdict::kLook,
           "The " + kind + " was signed after the release by " + listed(late) + ".",
           "Nothing is lost; next time before."});
  }

  const ReleaseInfo& release_;
  Day today_;
  std::map<Problem, std::vector<std::string>> found_;
};

}  // namespace

ReleaseLines check_splits(const ReleaseInfo& release, Day today) { return Splits(release, today).take(); }

ReleaseLines check_distributor(const ReleaseInfo& release) {
  if (release.distributor.empty())
    return {{"distributor", "distributor", "", Verdict::kLook, "No distributor is written down.",
             "Choose one by its fee, its lead time and what becomes of your music once you stop paying."}};
  std::vector<std::string> unknown;
  if (release.fee.empty()) unknown.emplace_back("fee");
  if (release.exit_rule.empty()) unknown.emplace_back("exit");
  if (release.territories.empty()) unknown.emplace_back("territories");
  if (!release.lead_days) unknown.emplace_back("lead_days");
  if (unknown.empty())
    return {{"distributor", "distributor", "", Verdict::kPass,
             release.distributor + ", with its fee, exit rule, territories and lead time.", ""}};
  return {{"distributor", "distributor", "", Verdict::kLook,
           release.distributor + "; not written down: " + listed(unknown) + ".",
           "Look them up in its terms."}};
}

ReleaseLines check_registrations(const ReleaseInfo& release) {
  const std::array<std::pair<const std::string*, std::string>, 3> all = {{
      {&release.performing_rights, "performing rights of the song"},
      {&release.mechanicals, "mechanical rights of the song"},
      {&release.neighbouring_rights, "neighbouring rights of the recording"},
  }};
  std::vector<std::string> open;
  for (const auto& [id, name] : all)
    if (id->empty()) open.push_back(name);
  if (open.empty())
    return {{"registrations", "registrations", "", Verdict::kPass,
             "All three registrations are written down.", ""}};
  return {{"registrations", "registrations", "", Verdict::kLook,
           "Not registered, or not written down: " + listed(open) + ".",
           "Register where it applies to you; what a song earns there is paid to members only."}};
}

}  // namespace lacquer
