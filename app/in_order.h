#pragma once

#include <atomic>
#include <deque>
#include <exception>
#include <future>
#include <vector>

namespace lacquer {

// work(0), work(1), … on two threads; done(i, std::future of work(i)) on the caller's, always in order.
// `work` may throw: done's future rethrows it. When `done` throws, what has begun is waited for and the rest
// left undone.
template <class Work, class Done>
void in_order(std::size_t count, const Work& work, const Done& done) {
  constexpr std::size_t kThreads = 2;
  using Result = decltype(work(std::size_t{}));
  std::deque<std::future<Result>> begun;
  std::size_t next = 0;
  for (std::size_t i = 0; i < count; ++i) {
    for (; next < count && begun.size() < kThreads; ++next)
      begun.push_back(std::async(std::launch::async, [&work, next] { return work(next); }));
    std::future<Result> first = std::move(begun.front());
    begun.pop_front();
    first.wait();
    done(i, std::move(first));
  }
}

// work(0), work(1), … on two threads, in any order; returns when all are done. The first that throws, by its
// number, is rethrown, and what has not begun by then is left undone.
template <class Work>
void side_by_side(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::vector<std::exception_ptr> errors(count);
  const auto run = [&] {
    for (std::size_t i = next++; i < count && !failed; i = next++) try {
        work(i);
      } catch (...) {
        errors[i] = std::current_exception();
        failed = true;
      }
  };
  std::future<void> other = std::async(std::launch::async, run);
  run();
  other.wait();
  for (const std::exception_ptr& error : errors)
    if (error) std::rethrow_exception(error);
}

}  // namespace lacquer
