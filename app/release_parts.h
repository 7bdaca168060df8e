#pragma once

#include <string>
#include <string_view>

#include "app/release.h"
#include "library/sheet_content.h"

namespace lacquer {

// What the text, the page and the JSON of a release share.

// "Blue Hours (Deluxe)", or the folder's name.
std::string release_title(const CheckedRelease& checked);
// Artist, day, format: a line each.
std::vector<std::string> release_facts(const CheckedRelease& checked);

// The seven of the sheet "label", in its order, and the steps of its schedule.
const std::vector<SheetItem>& release_parts();
const SheetSection& release_schedule();
std::string step_words(std::string_view step);  // "masters, splits"

// Lines of one part: what is to be fixed first, then to be looked at, then the rest.
std::vector<const ReleaseLine*> lines_of(const CheckedRelease& checked, std::string_view part);

}  // namespace lacquer
