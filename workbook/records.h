#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "judge/finding.h"

namespace lacquer {

// What the workbook keeps. Times are milliseconds since 1970, UTC; paths are absolute, as bytes.

// How a song is told from others: by its name, or where that is empty, by the path.
struct SongKey {
  std::string path;
  std::string name;
};

// The numbers that are kept of every check.
struct KeyReadings {
  std::optional<double> duration_s;
  std::optional<double> integrated_lufs;
  std::optional<double> range_lu;
  std::optional<double> true_dbtp;
  std::optional<double> plr_db;
  std::optional<double> mono_loss_db;
};

// One check of one version of a song.
struct CheckRecord {
  std::string sha256;  // of the file: a version is what a file holds
  std::string path;
  std::int64_t checked_ms = 0;
  std::int64_t first_seen_ms = 0;  // of the version; set when read
  std::string role;                // "mix", "master"
  std::string purpose;
  std::string target;  // empty: none
  KeyReadings readings;
  // Without their sentences and times. None where there is no room left for them: see kMostDetailed.
  std::vector<Finding> findings;
  std::vector<Fault> faults;
  std::vector<Word> words;  // those that stood out
};

struct MasterRecord {
  std::string mix_sha256;
  std::string path;  // of the master
  std::int64_t made_ms = 0;
  std::optional<double> integrated_lufs;
  std::optional<double> true_dbtp;
};

struct SongSummary {
  std::int64_t id = 0;
  std::string name;  // empty: none was given
  std::string path;  // where it was checked last
  std::int64_t first_seen_ms = 0;
  std::int64_t last_checked_ms = 0;
  int versions = 0;
  int masters = 0;
};

// In how many of the latest checks something was said.
struct FindingCount {
  std::string kind;  // "item", "fault", "word"
  std::string id;    // "low-end", "clipping", "boxy"
  std::string said;  // the item's verdict, the fault's severity, or the word's state
  int checks = 0;
};

struct CheckedFindings {
  int checks = 0;                    // how many were looked at
  std::vector<FindingCount> counts;  // the most frequent first
};

// When a version and its song were met before; empty: never.
struct PastTimes {
  std::optional<std::int64_t> version_first_seen_ms;
  std::optional<std::int64_t> song_last_met_ms;  // checked or mastered
  int versions = 0;
};

}  // namespace lacquer
