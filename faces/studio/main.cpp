// lacquer-studio: the studio's server, which `lacquer studio` starts.
//
//   lacquer-studio [--port N] [--no-browser]
//   lacquer-studio --decode SONG FOLDER     what the server runs to decode a song (app/proxy.h)

#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "app/file_error.h"
#include "app/history.h"
#include "app/proxy.h"
#include "app/worker.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

namespace fs = std::filesystem;

constexpr int kDone = 0, kFailed = 1, kWrongUsage = 2, kInterrupted = 130;
constexpr std::size_t kDecodeWords = 4;

std::atomic<bool> asked_to_stop = false;

void say_error(const std::string& message) { std::fprintf(stderr, "lacquer: %s\n", message.c_str()); }

// The decoding process: tells its progress as lacquer does.
int decode(const fs::path& song, const fs::path& folder) {
  std::signal(SIGTERM, [](int) { asked_to_stop = true; });
  std::signal(SIGPIPE, SIG_IGN);
  const char* told = std::getenv(kProgressVariable);
  const int descriptor = told == nullptr ? -1 : std::atoi(told);
  double last = -1.0;
  make_proxy(song, folder, [&](std::string_view doing, double done) {
    constexpr double kWorthTelling = 0.02;
    if (descriptor >= 0 && done - last >= kWorthTelling) {
      last = done;
      ::dprintf(descriptor, "%.3f\t%.*s\n", done, static_cast<int>(doing.size()), doing.data());
    }
    return !asked_to_stop;
  });
  return kDone;
}

void open_browser(const std::string& url) {
  if (::fork() != 0) return;
  const int nothing = ::open("/dev/null", O_RDWR);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) ::dup2(nothing, descriptor);
  ::setsid();
  ::execlp("xdg-open", "xdg-open", url.c_str(), nullptr);
  ::_exit(1);
}

int serve(int port, bool with_browser) {
  const fs::path here = fs::canonical("/proc/self/exe").parent_path();
  const Programs programs = {here / "lacquer-studio", here / "lacquer", here / "demo_mix"};
  // Passages are tens of megabytes, made on whichever thread is free: each goes back to the system when it
  // was sent, rather than staying with the thread's share of the heap.
  constexpr int kGivenBack = 1 << 20, kShares = 4;
  ::mallopt(M_MMAP_THRESHOLD, kGivenBack);
  ::mallopt(M_ARENA_MAX, kShares);
  // Signals are taken by one thread that waits for them; workers set their own.
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, number);
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  Server server({port, data_folder() / "studio", programs});
  std::thread waiting([&] {
    int came = 0;
    ::sigwait(&signals, &came);
    server.stop();
  });
  const std::string url = server.guard().opening_url();
  std::printf("The studio is open at\n  %s\nCtrl-C closes it.\n", url.c_str());
  std::fflush(stdout);
  if (with_browser) open_browser(url);
  server.run();
  waiting.join();
  return kInterrupted;
}

int run(int count, char** words) {
  if (count == kDecodeWords && std::string(words[1]) == "--decode") return decode(words[2], words[3]);
  CLI::App program("Serves the studio as a web page on this machine", "lacquer studio");
  int port = 0;
  bool no_browser = false;
  program.add_option("--port", port, "The port to serve on; any that is free when left out")
      ->check(CLI::Range(1, 65535));
  program.add_flag("--no-browser", no_browser, "Print the address and open no browser");
  try {
    program.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    std::fputs(program.help().c_str(), stdout);
    return kDone;
  } catch (const CLI::ParseError& error) {
    say_error(std::string(error.what()) + "; lacquer studio --help shows what it takes");
    return kWrongUsage;
  }
  return serve(port, !no_browser);
}

}  // namespace
}  // namespace lacquer::studio

int main(int count, char** words) {
  using namespace lacquer::studio;
  try {
    return run(count, words);
  } catch (const lacquer::Cancelled&) {
    return kInterrupted;
  } catch (const std::exception& error) {
    say_error(error.what());
    return kFailed;
  }
}
