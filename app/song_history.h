#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"
#include "report/terminal.h"
#include "workbook/workbook.h"

namespace lacquer {

// What `history` shows: all songs, or one of them.

struct KnownSong {
  SongSummary summary;
  std::optional<CheckRecord> last;  // its last check
};
// Empty where there is no such file. Throws FileError.
std::vector<KnownSong> known_songs(const std::filesystem::path& workbook_file);
std::string songs_text(const std::vector<KnownSong>& songs, std::int64_t now_ms, const TextStyle& style);
Json songs_json(const std::vector<KnownSong>& songs);

struct SongHistory {
  SongSummary summary;
  std::vector<CheckRecord> versions;  // in the order they were seen first
  std::vector<MasterRecord> masters;
};
// Empty where the song is not known. Throws FileError.
std::optional<SongHistory> song_history(const std::filesystem::path& workbook_file, const SongKey& key);
// Each version with what changed since the one before it.
std::string song_text(const SongHistory& song, std::int64_t now_ms, const TextStyle& style);
Json song_json(const SongHistory& song);

// The parts of both.
std::string song_title(const SongSummary& song);   // its name, or else the file's
std::string counts_text(const SongSummary& song);  // "2 versions, 1 master"
std::string levels_text(const std::optional<double>& integrated_lufs, const std::optional<double>& true_dbtp);
struct OpenItem {
  const char* kind;  // "item", "fault"
  std::string id;
  std::string_view verdict;  // "fix", "look"
};
// What a check left to do, the pressing first, besides item 1, which speaks of the listener.
std::vector<OpenItem> open_items(const CheckRecord& check);
std::string open_text(const CheckRecord& check);  // "fix: Clipping; look: Low end"

}  // namespace lacquer
