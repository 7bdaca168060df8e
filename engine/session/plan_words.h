#pragma once

#include <string>

#include "core/result.h"
#include "judge/plan.h"
#include "judge/rules.h"
#include "session/drive_solver.h"

namespace lacquer {

// What a plan says of itself. All are sentences, or parts of one, for a person.

// Which stages correct, which are offered.
std::string about_stages(const Plan& plan);
// Of a loudness that was asked for.
std::string what_it_costs(const DriveOutcome& outcome);
// Whether the level goes no further than the peaks at the ceiling; `free` is the outcome there.
bool stops_at_the_peaks(const DriveOutcome& outcome, const DriveOutcome& free);
// Which part of the budget is used up.
std::string what_stops(const DriveOutcome& outcome, const LoudnessBudget& budget);
// Why the level stops where it does.
std::string why_there(const DriveOutcome& outcome, const DriveOutcome& free, const LoudnessBudget& budget);
// `held_by`: a sentence on the song that allows no more.
std::string about_album(const AlbumLevel& album, const std::string& held_by);
// The nearest is given as it is typed, with a hyphen.
Failure out_of_reach(double asked_lufs, const std::string& because, double nearest_lufs, bool forceable);

}  // namespace lacquer
