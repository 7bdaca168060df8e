#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "core/executor.h"

namespace lacquer {

// Threads that wait for work. Whoever calls run() works along, so that a pool of n threads has n - 1 of its
// own, and jobs may themselves call run(). Several callers may at once.
class Workers final : public Executor {
 public:
  explicit Workers(unsigned threads);
  ~Workers() override;
  void run(std::span<const Job> jobs) override;

 private:
  struct Round {
    std::span<const Job> jobs;
    std::vector<std::exception_ptr> errors;
    std::size_t begun = 0, done = 0;
  };
  void serve();
  // Takes one job of the round; `lock` is given up meanwhile.
  void work_on(Round& round, std::unique_lock<std::mutex>& lock);

  std::mutex mutex_;
  std::condition_variable work_;  // there is something to begin, or it is over
  std::condition_variable done_;  // a round is complete
  std::deque<Round*> open_;       // rounds with jobs that nobody has begun
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

// The program's own: one thread for each CPU it may use.
Executor& workers();

}  // namespace lacquer
