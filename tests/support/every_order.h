#pragma once

#include <exception>
#include <thread>
#include <vector>

#include "core/executor.h"

namespace lacquer::test {

// Last job first.
class LastFirst final : public Executor {
 public:
  void run(std::span<const Job> jobs) override {
    for (auto job = jobs.rbegin(); job != jobs.rend(); ++job) (*job)();
  }
};

// A thread for each job.
class AllAtOnce final : public Executor {
 public:
  void run(std::span<const Job> jobs) override {
    std::vector<std::exception_ptr> errors(jobs.size());
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < jobs.size(); ++i)
      threads.emplace_back([&, i] {
        try {
          jobs[i]();
        } catch (...) {
          errors[i] = std::current_exception();
        }
      });
    for (std::thread& thread : threads) thread.join();
    for (const std::exception_ptr& error : errors)
      if (error) std::rethrow_exception(error);
  }
};

inline std::vector<Executor*> every_order() {
  static InOrder in_order;
  static LastFirst last_first;
  static AllAtOnce all_at_once;
  return {&in_order, &last_first, &all_at_once};
}

}  // namespace lacquer::test
