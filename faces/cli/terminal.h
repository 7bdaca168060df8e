#pragma once

#include <mutex>
#include <string>
#include <string_view>

#include "report/terminal.h"

namespace lacquer::cli {

// Thrown when whoever reads our output has gone away; there is nothing left to say to anyone.
struct OutputClosed {};

// Writes to standard output, or throws OutputClosed, or Error where it cannot be written.
void print(std::string_view text);

// "lacquer: SUBJECT: MESSAGE" as one line on standard error, control characters escaped; the subject may be
// empty.
void print_error(std::string_view subject, std::string_view message);
void print_note(std::string_view text);
void print_prompt(std::string_view text);  // to standard error, as it is, without a line's end

// How reports are set: 80 columns and no colour unless standard output is a terminal.
TextStyle text_style();

// Ctrl-C, SIGTERM and SIGHUP only set a flag, which progress callbacks look at; a closed pipe and a file that
// grows too large become errors where they happen.
void install_signal_handlers();
bool interrupted();

// A line at the bottom of the terminal while work goes on; nothing where standard error is none. A program
// that runs this one is told instead (app/worker.h). Any thread.
class ProgressBar {
 public:
  explicit ProgressBar(bool wanted);
  ~ProgressBar() { clear(); }
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;

  // `done` 0 to 1, below 0 unknown.
  void show(std::string_view subject, std::string_view doing, double done);
  void clear();

 private:
  void tell(std::string_view doing, double done);

  bool shown_ = false;
  bool wanted_;
  int told_descriptor_;
  std::string last_;
  std::mutex mutex_;
};

}  // namespace lacquer::cli
