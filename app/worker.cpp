#include "app/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>

namespace lacquer {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kProgressDescriptor = 3;
constexpr int kPollMs = 100;
constexpr std::chrono::seconds kPatience{5};  // between asking a process to end and ending it
constexpr std::size_t kKeptErrorBytes = 8192;

// Both ends of a pipe, closed where they still are open.
struct Pipe {
  std::array<int, 2> ends = {-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
      throw Error("no process can be started (" + std::string(std::strerror(errno)) +
                  "); close other programs and try again");
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close(0);
    close(1);
  }
  void close(std::size_t end) {
    if (ends[end] >= 0) ::close(ends[end]);
    ends[end] = -1;
  }
};

void limit(__rlimit_resource what, std::int64_t most) {
  if (most <= 0) return;
  const rlimit value = {static_cast<rlim_t>(most), static_cast<rlim_t>(most)};
  ::setrlimit(what, &value);
}

// Between fork and exec only what is safe after a fork of a threaded program.
[[noreturn]] void become(char* const* words, char* const* surroundings, const WorkerLimits& limits,
                         const std::array<int, 3>& descriptors) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  limit(RLIMIT_AS, limits.memory_bytes);
  limit(RLIMIT_CPU, limits.cpu_s);
  limit(RLIMIT_FSIZE, limits.file_bytes);
  limit(RLIMIT_CORE, 1);
  const int nothing = ::open("/dev/null", O_RDONLY);
  bool ready = ::dup2(nothing, STDIN_FILENO) >= 0;
  for (std::size_t i = 0; i < descriptors.size(); ++i)
    ready = ready && ::dup2(descriptors[i], static_cast<int>(i) + 1) >= 0;
  if (ready) ::execve(words[0], words, surroundings);
  constexpr int kNotStarted = 127;
  ::_exit(kNotStarted);
}

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> all;
  for (std::string& word : words) all.push_back(word.data());
  all.push_back(nullptr);
  return all;
}

std::vector<std::string> surroundings() {
  std::vector<std::string> all;
  for (char** word = environ; *word != nullptr; ++word) all.emplace_back(*word);
  all.push_back(std::string(kProgressVariable) + "=" + std::to_string(kProgressDescriptor));
  return all;
}

// What came through one pipe, and whether more can come.
struct Stream {
  Pipe& pipe;
  std::string text;
  bool open = true;

  void take() {
    std::array<char, 16384> bytes;
    const ssize_t got = ::read(pipe.ends[0], bytes.data(), bytes.size());
    if (got > 0)
      text.append(bytes.data(), static_cast<std::size_t>(got));
    else if (got == 0 || (errno != EINTR && errno != EAGAIN))
      open = false;
  }
};

class Worker {
 public:
  Worker(const std::vector<std::string>& command, const WorkerLimits& limits) {
    std::vector<std::string> words = command, around = surroundings();
    const std::vector<char*> word_pointers = pointers(words), around_pointers = pointers(around);
    // The pipes' own numbers may be 1 to 3; the copies are out of the way of dup2.
    std::array<int, 3> copies{};
    for (std::size_t i = 0; i < copies.size(); ++i)
      copies[i] = ::fcntl(streams_[i]->pipe.ends[1], F_DUPFD_CLOEXEC, 10);
    process_ = ::fork();
    if (process_ == 0) become(word_pointers.data(), around_pointers.data(), limits, copies);
    const int failed = errno;
    for (const int copy : copies) ::close(copy);
    if (process_ < 0)
      throw Error("no process can be started (" + std::string(std::strerror(failed)) +
                  "); close other programs and try again");
    for (Stream* stream : streams_) stream->pipe.close(1);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }

  WorkerEnd wait(const ProgressCallback& progress) {
    while (!ended()) {
      read_for_a_while();
      tell(progress);
      if (stopping_since_ && Clock::now() - *stopping_since_ > kPatience) ::kill(process_, SIGKILL);
    }
    for (Stream* stream : streams_)
      while (stream->open && readable(*stream)) stream->take();
    if (stopping_since_) throw Cancelled();
    WorkerEnd end;
    if (WIFSIGNALED(status_)) end.signal = WTERMSIG(status_);
    if (WIFEXITED(status_)) end.exit_status = WEXITSTATUS(status_);
    end.output = std::move(output_.text);
    end.errors = std::move(errors_.text);
    return end;
  }

 private:
  static bool readable(const Stream& stream) {
    pollfd waiting = {stream.pipe.ends[0], POLLIN, 0};
    return ::poll(&waiting, 1, 0) > 0;
  }

  bool ended() {
    const pid_t gone = ::waitpid(process_, &status_, WNOHANG);
    if (gone == process_) process_ = -1;
    return process_ < 0;
  }

  void read_for_a_while() {
    std::array<pollfd, 3> waiting{};
    for (std::size_t i = 0; i < waiting.size(); ++i)
      waiting[i] = {streams_[i]->open ? streams_[i]->pipe.ends[0] : -1, POLLIN, 0};
    ::poll(waiting.data(), waiting.size(), kPollMs);
    for (std::size_t i = 0; i < waiting.size(); ++i)
      if (waiting[i].revents != 0) streams_[i]->take();
    if (std::none_of(streams_.begin(), streams_.end(), [](Stream* stream) { return stream->open; }))
      ::poll(nullptr, 0, 1);  // all closed: it is about to end
    if (errors_.text.size() > 2 * kKeptErrorBytes)
      errors_.text.erase(0, errors_.text.size() - kKeptErrorBytes);
    if (output_.text.size() > kMostOutputBytes) ::kill(process_, SIGKILL);
  }

  // The newest whole line counts; the others are history already.
  void read_progress() {
    std::string& text = told_.text;
    const std::size_t end = text.rfind('\n');
    if (end == std::string::npos) return;
    const std::size_t before = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    const std::string line = text.substr(begin, end - begin);
    text.erase(0, end + 1);
    const std::size_t tab = line.find('\t');
    if (tab == std::string::npos) return;
    done_ = std::strtod(line.c_str(), nullptr);
    doing_ = line.substr(tab + 1);
  }

  void tell(const ProgressCallback& progress) {
    read_progress();
    if (stopping_since_ || !progress || progress(doing_, done_)) return;
    stopping_since_ = Clock::now();
    ::kill(process_, SIGTERM);
  }

  Pipe output_pipe_, error_pipe_, progress_pipe_;
  Stream output_{output_pipe_, {}}, errors_{error_pipe_, {}}, told_{progress_pipe_, {}};
  std::array<Stream*, 3> streams_ = {&output_, &errors_, &told_};
  pid_t process_ = -1;
  int status_ = 0;
  std::optional<Clock::time_point> stopping_since_;
  std::string doing_ = "starting";
  double done_ = -1.0;
};

}  // namespace

WorkerEnd run_worker(const std::vector<std::string>& command, const WorkerLimits& limits,
                     const ProgressCallback& progress) {
  return Worker(command, limits).wait(progress);
}

}  // namespace lacquer
