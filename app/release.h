#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/json.h"
#include "app/history.h"
#include "decisions/calendar_file.h"
#include "decisions/release_checks.h"
#include "report/sheet.h"
#include "report/terminal.h"

namespace lacquer {

// A folder with masters, artwork and release.toml, checked before a label or a shop gets it.

inline constexpr const char* kReleaseFile = "release.toml";

const ReleaseRules& release_rules();

// Writes DIR/release.toml to fill in, with the audio files of the folder as its tracks; one that exists is
// kept. The folder must exist. Returns its name. Throws FileError.
std::filesystem::path write_release_template(const std::filesystem::path& folder);

struct ReleaseRequest {
  History* history = nullptr;  // none: as if no history were kept
  Day today{};
};

struct CheckedRelease {
  std::filesystem::path folder;
  ReleaseInfo release;
  bool is_described = false;  // release.toml is there
  std::vector<TrackAudio> audio;
  ReleaseLines lines;  // by part, in the sheet's order
  std::vector<ScheduledDay> schedule;
  Day today{};
};

// What happens while it is checked.
struct ReleaseProgress {
  std::function<bool(const std::filesystem::path& file, std::string_view doing, double done)> working;
  std::function<void(const std::filesystem::path& file, const std::string& why)> failed;  // the rest goes on
};

// Reads nothing outside of the folder: links below it are left out. Throws FileError for a folder that cannot
// be read or holds more than 10,000 entries, Error for a release.toml that cannot be (with its name), and
// Cancelled.
CheckedRelease check_release(const std::filesystem::path& folder, const ReleaseRequest& request,
                             const ReleaseProgress& progress);

// How many lines say so.
std::size_t count_of(const CheckedRelease& checked, Verdict verdict);
// "Ready, but for 2 things to fix and 5 to look at."
std::string readiness_text(const CheckedRelease& checked);

std::string release_text(const CheckedRelease& checked, const TextStyle& style);
std::string deal_text(const Deal& deal, const TextStyle& style);
Json release_json(const CheckedRelease& checked);
Json deal_json(const Deal& deal);  // { "schema", "items": [ … ] }

// The page to sign, whole files that replace older ones. Throw FileError.
void write_release_pdf(const CheckedRelease& checked, Paper paper, const std::filesystem::path& file);
void write_release_html(const CheckedRelease& checked, Paper paper, const std::filesystem::path& file);

// The steps that are still to do, for a calendar.
std::vector<CalendarEvent> release_events(const CheckedRelease& checked);

// Remembers the release and its next step, in place of what was known of this folder. Nothing without a
// release date. Throws FileError.
void keep_release(const CheckedRelease& checked, const std::filesystem::path& workbook_file,
                  std::int64_t now_ms);

}  // namespace lacquer
