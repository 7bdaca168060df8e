#pragma once

#include <functional>
#include <span>

namespace lacquer {

// Does jobs that touch nothing of each other's, side by side or one after another: whatever is computed must
// not depend on which. The engine owns no threads; whoever does hands one of these in.
class Executor {
 public:
  using Job = std::function<void()>;

  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  // Returns when all of them are done. Where some throw, the first of those, by its place, is rethrown then.
  virtual void run(std::span<const Job> jobs) = 0;
};

// On the caller's own thread, in order.
class InOrder final : public Executor {
 public:
  void run(std::span<const Job> jobs) override {
    for (const Job& job : jobs) job();
  }
};

}  // namespace lacquer
