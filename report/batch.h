#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/reports.h"
#include "report/terminal.h"

namespace lacquer {

// What is kept of each file when several are checked: little, so that thousands fit.
struct BatchEntry {
  std::string name;
  std::string format;  // "WAV · 24-bit · 44.1 kHz · stereo"
  std::optional<double> integrated_lufs;
  std::optional<double> true_dbtp;
  bool judged = false;
  int fix = 0;  // items and faults that say so
  int look = 0;
  std::vector<std::string> faults;  // ids
};
// Without a diagnosis: loudness and peaks alone.
BatchEntry batch_entry(std::string name, const SourceInfo& source, const Measurements& measurements,
                       const Diagnosis* diagnosis);

// As many columns as the names take, and the terminal has.
int batch_name_columns(const std::vector<std::string>& names, const TextStyle& style);
// One file in one line, where it fits: mark, name in `name_columns`, loudness, true peak, what was found.
// Item 1 does not count: it speaks of the listener.
std::string batch_line(const BatchEntry& entry, int name_columns, const TextStyle& style);

// After the last line: how many files and with what, the faults they share, the spread of loudness, and the
// odd ones out in format or loudness. `odd_lu`: how far from the median loudness a file is odd.
std::string batch_summary(const std::vector<BatchEntry>& entries, std::size_t failed, double odd_lu,
                          const TextStyle& style);

}  // namespace lacquer
