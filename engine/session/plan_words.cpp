#include "session/plan_words.h"

#include <cctype>
#include <cmath>
#include <cstdio>

namespace lacquer {
namespace {

std::string text(const char* format, auto... values) {
  char buffer[400];
  std::snprintf(buffer, sizeof buffer, format, values...);
  std::string out = buffer;
  // A minus sign, not a hyphen, before a digit: the sentence is for a person.
  for (std::size_t at = 0; (at = out.find('-', at)) != std::string::npos; ++at)
    if (at + 1 < out.size() && out[at + 1] >= '0' && out[at + 1] <= '9') out.replace(at, 1, "\u2212");
  return out;
}

}  // namespace

std::string what_it_costs(const DriveOutcome& outcome) {
  return text(
      "it takes %.1f dB of gain reduction at the 95th percentile and leaves a PSR of %.1f dB at the 5th",
      outcome.reduction_p95_db, outcome.psr_p5_db);
}

bool stops_at_the_peaks(const DriveOutcome& outcome, const DriveOutcome& free) {
  return outcome.drive_db <= free.drive_db + 0.05;
}

std::string what_stops(const DriveOutcome& outcome, const LoudnessBudget& budget) {
  constexpr double kNear = 0.1;
  if (outcome.psr_p5_db <= budget.psr_p5_floor_db + kNear)
    return text("the 5th percentile of PSR reaches %.1f dB", outcome.psr_p5_db);
  if (outcome.reduction_p95_db >= budget.reduction_p95_db - kNear)
    return text("gain reduction reaches %.1f dB at the 95th percentile", outcome.reduction_p95_db);
  return text("another dB of drive would buy less than %.1f LU", budget.least_lu_per_db);
}

std::string why_there(const DriveOutcome& outcome, const DriveOutcome& free, const LoudnessBudget& budget) {
  if (stops_at_the_peaks(outcome, free))
    return text(
        "The peaks come to the ceiling and no further (%.1f LUFS): more level would cost dynamics the track "
        "cannot spare.",
        outcome.integrated_lufs);
  return text("Solved from the track: level %s by %.1f dB to %.1f LUFS, where ",
              outcome.drive_db < 0.0 ? "falls" : "rises", std::abs(outcome.drive_db),
              outcome.integrated_lufs) +
         what_stops(outcome, budget) + ".";
}

Failure out_of_reach(double asked_lufs, const std::string& because, double nearest_lufs, bool forceable) {
  char nearest[64];
  std::snprintf(nearest, sizeof nearest, "--loudness %.1f", nearest_lufs);
  return {text("%.1f LUFS is out of reach: ", asked_lufs) + because + "; the nearest that holds is " +
          nearest + (forceable ? ", or add --force to render it all the same" : "")};
}

std::string about_stages(const Plan& plan) {
  std::string on;
  std::string offered;
  for (const PlanStage& stage : plan.stages) {
    if (stage.treatment == Treatment::kNone || stage.state == StageState::kOff) continue;
    std::string& list = stage.state == StageState::kOn ? on : offered;
    std::string name(title(stage.stage));
    // In the middle of a sentence; "EQ" keeps its capitals.
    if (!list.empty()) name[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(name[0])));
    list += (list.empty() ? "" : " and ") + name;
  }
  std::string text =
      on.empty() ? "Nothing asks for correction: gain and a ceiling make this master."
                 : on + (on.find(" and ") == std::string::npos ? ": tried, and kept because it helped."
                                                               : ": tried, and kept because they helped.");
  if (!offered.empty()) text += " " + offered + ": offered, a matter of taste.";
  return text;
}

std::string about_album(const AlbumLevel& album, const std::string& held_by) {
  return text(
             "Levelled with the album: %+.1f dB for each of its %d songs, which is %.1f LUFS for all of "
             "them. ",
             album.gain_db, album.songs, album.loudness_lufs) +
         held_by;
}

}  // namespace lacquer
