#include "faces/cli/terminal.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "app/file_error.h"
#include "app/worker.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

constexpr int kColumnsElsewhere = 80;
constexpr int kMostColumns = 100;  // longer lines read badly

volatile std::sig_atomic_t signal_came = 0;

extern "C" void note_signal(int) { signal_came = 1; }

bool is_set(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool is_terminal(int descriptor) {
  const char* kind = std::getenv("TERM");
  const bool dumb = kind != nullptr && std::strcmp(kind, "dumb") == 0;
  return ::isatty(descriptor) == 1 && !dumb;
}

int columns_of(int descriptor) {
  winsize size = {};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kColumnsElsewhere;
  return size.ws_col;
}

// By the first of the variables that POSIX lets decide.
bool locale_is_utf8() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    if (!is_set(name)) continue;
    std::string value = std::getenv(name);
    std::transform(value.begin(), value.end(), value.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    return value.find("utf-8") != std::string::npos || value.find("utf8") != std::string::npos;
  }
  return false;
}

// False where the reader is gone or nothing can be written; `error` says why.
bool write_all(int descriptor, std::string_view text, int& error) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      error = errno;
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

void write_to_standard_error(std::string_view text) {
  int ignored = 0;  // nowhere else to say it
  write_all(STDERR_FILENO, text, ignored);
}

}  // namespace

void print(std::string_view text) {
  int error = 0;
  if (write_all(STDOUT_FILENO, text, error)) return;
  if (error == EPIPE) throw OutputClosed();
  throw FileError("standard output", Error(std::string("cannot be written (") + std::strerror(error) +
                                           "); check where it leads to"));
}

void print_error(std::string_view subject, std::string_view message) {
  const std::string name = subject.empty() ? "" : terminal_text(subject) + ": ";
  write_to_standard_error("lacquer: " + name + terminal_text(message) + "\n");
}

void print_note(std::string_view text) { write_to_standard_error(std::string(text) + "\n"); }

void print_prompt(std::string_view text) { write_to_standard_error(text); }

TextStyle text_style() {
  TextStyle style;
  const bool terminal = is_terminal(STDOUT_FILENO);
  style.colour = terminal && !is_set("NO_COLOR");
  style.unicode = !terminal || locale_is_utf8();
  style.width = terminal ? std::min(columns_of(STDOUT_FILENO), kMostColumns) : kColumnsElsewhere;
  return style;
}

void install_signal_handlers() {
  struct sigaction action = {};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before = {};
    ::sigaction(number, nullptr, &before);
    if (before.sa_handler != SIG_IGN) ::sigaction(number, &action, nullptr);  // nohup stays nohup
  }
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

bool interrupted() { return signal_came != 0; }

namespace {

// Where a program that runs this one wants to be told how far it is; -1: nowhere.
int progress_descriptor() {
  const char* told = std::getenv(kProgressVariable);
  return told == nullptr ? -1 : std::atoi(told);
}

}  // namespace

ProgressBar::ProgressBar(bool wanted)
    : wanted_(wanted && is_terminal(STDERR_FILENO)), told_descriptor_(progress_descriptor()) {}

void ProgressBar::tell(std::string_view doing, double done) {
  char line[160];
  std::snprintf(line, sizeof line, "%.3f\t%.*s\n", done,
                static_cast<int>(std::min<std::size_t>(doing.size(), 120)), doing.data());
  if (line == last_) return;
  last_ = line;
  int ignored = 0;
  write_all(told_descriptor_, line, ignored);
}

void ProgressBar::show(std::string_view subject, std::string_view doing, double done) {
  if (!wanted_ && told_descriptor_ < 0) return;
  const std::lock_guard lock(mutex_);
  if (told_descriptor_ >= 0) return tell(doing, done);
  constexpr int kBarColumns = 24;
  std::string line = "  " + std::string(doing);
  if (done >= 0.0) {
    const int full = static_cast<int>(std::lround(std::clamp(done, 0.0, 1.0) * kBarColumns));
    line += " [" + std::string(static_cast<std::size_t>(full), '#') +
            std::string(static_cast<std::size_t>(kBarColumns - full), '.') + "] " +
            std::to_string(std::lround(std::clamp(done, 0.0, 1.0) * 100.0)) + " %";
  }
  if (line + std::string(subject) == last_) return;
  last_ = line + std::string(subject);
  const std::string name = terminal_text(subject);
  const int room = columns_of(STDERR_FILENO) - static_cast<int>(line.size()) - 3;
  if (!name.empty() && display_width(name) <= room) line += "  " + name;
  write_to_standard_error("\r\x1b[K" + line);
  shown_ = true;
}

void ProgressBar::clear() {
  const std::lock_guard lock(mutex_);
  if (!shown_) return;
  write_to_standard_error("\r\x1b[K");
  shown_ = false;
  last_.clear();
}

}  // namespace lacquer::cli
