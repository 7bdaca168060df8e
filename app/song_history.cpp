#include "app/song_history.h"

#include <filesystem>

#include "app/file_error.h"
#include "app/moment.h"
#include "app/version_changes.h"
#include "report/format.h"
#include "report/summary.h"
#include "report/text_page.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostChanges = 12;

// What `read` finds in the workbook; nothing where there is none.
template <class Read>
auto reading(const std::filesystem::path& file, const Read& read) {
  return about(file, [&] {
    std::error_code failed;
    const bool is_there = std::filesystem::exists(file, failed) || failed;
    return is_there ? read(Workbook::open(file)) : decltype(read(std::declval<const Workbook&>())){};
  });
}

}  // namespace

std::string song_title(const SongSummary& song) {
  return song.name.empty() ? std::filesystem::path(song.path).filename().string() : song.name;
}

std::vector<OpenItem> open_items(const CheckRecord& check) {
  std::vector<OpenItem> open;
  for (const Verdict verdict : {Verdict::kFix, Verdict::kLook})
    for (const Finding& finding : check.findings)
      if (finding.verdict == verdict && finding.id != "fresh-ears")
        open.push_back({"item", finding.id, to_string(verdict)});
  for (const Severity severity : {Severity::kFix, Severity::kLook})
    for (const Fault& fault : check.faults)
      if (fault.severity == severity) open.push_back({"fault", fault.id, to_string(severity)});
  return open;
}

std::string open_text(const CheckRecord& check) {
  std::vector<std::string> parts;
  for (const char* verdict : {"fix", "look"}) {
    std::vector<std::string> names;
    for (const OpenItem& one : open_items(check))
      if (one.verdict == verdict) names.push_back(label(one.id));
    if (!names.empty()) parts.push_back(std::string(verdict) + ": " + join(names, ", "));
  }
  if (check.findings.empty()) return "no longer kept";
  return parts.empty() ? "nothing" : join(parts, "; ");
}

std::string counts_text(const SongSummary& song) {
  std::string text = counted(static_cast<std::size_t>(song.versions), "version", "versions");
  if (song.masters > 0) text += ", " + counted(static_cast<std::size_t>(song.masters), "master", "masters");
  return text;
}

std::string levels_text(const std::optional<double>& integrated_lufs,
                        const std::optional<double>& true_dbtp) {
  return quantity(integrated_lufs, "LUFS") + ", " + quantity(true_dbtp, "dBTP");
}

std::vector<KnownSong> known_songs(const std::filesystem::path& workbook_file) {
  return reading(workbook_file, [](const Workbook& workbook) {
    std::vector<KnownSong> songs;
    for (SongSummary& summary : workbook.songs()) {
      std::optional<CheckRecord> last = workbook.last_check(summary.id);
      songs.push_back({std::move(summary), std::move(last)});
    }
    return songs;
  });
}

std::string songs_text(const std::vector<KnownSong>& songs, std::int64_t now_ms, const TextStyle& style) {
  TextPage page(style);
  if (songs.empty())
    page.paragraph(0, "", "Nothing was checked yet; lacquer check FILE remembers what it finds.");
  bool first = true;
  for (const KnownSong& song : songs) {
    if (!first) page.blank();
    first = false;
    page.paragraph(0, "", song_title(song.summary), Tone::kStrong);
    page.paragraph(2, "",
                   counts_text(song.summary) + ", first seen " +
                       told_time(song.summary.first_seen_ms, now_ms) + ", last checked " +
                       told_time(song.summary.last_checked_ms, now_ms));
    if (song.last) page.paragraph(2, "open  ", open_text(*song.last));
    page.paragraph(2, "", song.summary.path, Tone::kQuiet);
  }
  return page.take();
}

std::optional<SongHistory> song_history(const std::filesystem::path& workbook_file, const SongKey& key) {
  return reading(workbook_file, [&](const Workbook& workbook) -> std::optional<SongHistory> {
    std::optional<SongSummary> summary = workbook.song(key);
    if (!summary) return std::nullopt;
    const std::int64_t id = summary->id;
    return SongHistory{*std::move(summary), workbook.versions(id), workbook.masters(id)};
  });
}

std::string song_text(const SongHistory& song, std::int64_t now_ms, const TextStyle& style) {
  TextPage page(style);
  page.paragraph(0, "", song_title(song.summary) + ": " + counts_text(song.summary), Tone::kStrong);
  const CheckRecord* before = nullptr;
  std::size_t number_in_song = 0;
  for (const CheckRecord& check : song.versions) {
    page.blank();
    const std::string lead = std::to_string(++number_in_song) + "  ";
    const int indent = static_cast<int>(lead.size());
    const std::string seen = told_time(check.first_seen_ms, now_ms);
    const std::string checked = told_time(check.checked_ms, now_ms);
    page.paragraph(0, lead,
                   seen + (checked != seen ? ", last checked " + checked : "") + ": " + check.role + ", " +
                       levels_text(check.readings.integrated_lufs, check.readings.true_dbtp),
                   Tone::kStrong);
    if (before != nullptr)
      page.paragraph(indent, "since " + std::to_string(number_in_song - 1) + "  ",
                     changes_text(version_changes(*before, check), kMostChanges));
    page.paragraph(indent, "open     ", open_text(check));
    page.paragraph(indent, "", check.path, Tone::kQuiet);
    before = &check;
  }
  if (!song.masters.empty()) page.heading("Masters");
  for (const MasterRecord& master : song.masters) {
    page.paragraph(
        0, "",
        told_time(master.made_ms, now_ms) + ": " + levels_text(master.integrated_lufs, master.true_dbtp));
    page.paragraph(3, "", master.path, Tone::kQuiet);
  }
  return page.take();
}

}  // namespace lacquer
