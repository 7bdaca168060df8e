#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/progress.h"

namespace lacquer {

// Another process that does one piece of work, so that a file which breaks a decoder, or asks for all memory,
// takes down that process and nothing else.

// What the process may use before the system stops it; 0 leaves it unlimited.
struct WorkerLimits {
  std::int64_t memory_bytes = 0;  // address space
  std::int64_t cpu_s = 0;
  std::int64_t file_bytes = 0;  // of any one file it writes
};

struct WorkerEnd {
  int exit_status = 0;  // meaningful where it was not stopped by a signal
  int signal = 0;       // what stopped it; 0: it ended by itself
  std::string output;   // its standard output, at most kMostOutputBytes
  std::string errors;   // the end of its standard error
};

// How a process tells its progress: lines "DONE<tab>DOING" on the descriptor that this variable names.
inline constexpr const char* kProgressVariable = "LACQUER_PROGRESS_FD";
inline constexpr std::size_t kMostOutputBytes = 32U << 20U;

// Runs `command` (the program's path first; no shell) with nothing on its standard input, and waits for it.
// `progress` is called several times a second, also while nothing is told; where it says stop, the process
// gets SIGTERM, and SIGKILL where it has not ended 5 s later, and Cancelled is thrown. The process does not
// outlive the thread that calls this. Throws Error where no process can be made.
WorkerEnd run_worker(const std::vector<std::string>& command, const WorkerLimits& limits,
                     const ProgressCallback& progress);

}  // namespace lacquer
