#include <algorithm>

#include "decisions/release_checks.h"

namespace lacquer {
namespace {

constexpr std::string_view kPart = "timeline";

bool is_done(const ReleaseInfo& release, std::string_view id) {
  return std::find(release.done.begin(), release.done.end(), id) != release.done.end();
}

std::string days_left(long days) { return std::to_string(days) + (days == 1 ? " day" : " days"); }

void check_upload(const ReleaseInfo& release, const ReleaseRules& rules, long left, ReleaseLines& lines) {
  if (is_done(release, "upload")) return;
  if (release.lead_days && left < *release.lead_days) {
    lines.push_back(
        {kPart, "lead-time", "", Verdict::kFix,
         days_left(left) + " are left, and the distributor asks for " + days_left(*release.lead_days) + ".",
         "Upload today and ask, or move the release."});
  } else if (left < rules.wanted_days) {
    lines.push_back({kPart, "lead-time", "", Verdict::kLook,
                     days_left(left) + " are left; " + std::to_string(rules.wanted_days) +
                         " leave room for a refusal and a pitch.",
                     "Upload now, or move the release."});
  }
}

void check_pitch(const ReleaseInfo& release, const ReleaseRules& rules, long left, ReleaseLines& lines) {
  if (is_done(release, "pitch") || left >= rules.pitch_days) return;
  lines.push_back({kPart, "pitch", "", Verdict::kFix,
                   "It is too late to pitch: editors ask for " + days_left(rules.pitch_days) + ", and " +
                       days_left(left) + " are left.",
                   "Move the release, or let go of the pitch and tick it under done."});
}

void check_steps(const ReleaseInfo& release, const ReleaseRules& rules, Day today, ReleaseLines& lines) {
  std::string late;
  for (const ScheduledDay& step : schedule(release, rules))
    if (!step.is_done && step.day < today && step.id != "pitch" && step.id != "upload")
      late += (late.empty() ? "" : ", ") + step.id + " (" + day_text(step.day) + ")";
  if (!late.empty())
    lines.push_back({kPart, "steps", "", Verdict::kLook,
                     "Planned for days that are past, and not ticked: " + late + ".",
                     "Do them, or tick them under done."});
}

}  // namespace

std::vector<ScheduledDay> schedule(const ReleaseInfo& release, const ReleaseRules& rules) {
  std::vector<ScheduledDay> days;
  if (!release.date) return days;
  for (const Milestone& one : rules.milestones)
    days.push_back({one.id, *release.date + Days(one.days), is_done(release, one.id)});
  return days;
}

ReleaseLines check_timeline(const ReleaseInfo& release, const ReleaseRules& rules, Day today) {
  ReleaseLines lines;
  if (!release.date) {
    lines.push_back({kPart, "release-date", "", Verdict::kFix, "There is no release date.",
                     "Write one under release_date, eight weeks ahead where you can."});
    return lines;
  }
  const long left = (*release.date - today).count();
  if (left >= 0) {
    check_upload(release, rules, left, lines);
    check_pitch(release, rules, left, lines);
  }
  check_steps(release, rules, today, lines);
  if (weekday(*release.date) != "Friday" && left > 0)
    lines.push_back(
        {kPart, "weekday", "", Verdict::kLook,
         "The release is on a " + std::string(weekday(*release.date)) + "; Friday is the usual day.",
         "Keep it where that is meant."});
  if (lines.empty())
    lines.push_back({kPart, "timeline", "", Verdict::kPass,
                     left > 0 ? days_left(left) + " are left until " + told_day(*release.date) + "."
                              : "It is out since " + told_day(*release.date) + ".",
                     ""});
  return lines;
}

}  // namespace lacquer
