#include "app/workers.h"

#include <algorithm>

namespace lacquer {

Workers::Workers(unsigned threads) {
  for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this] { serve(); });
}

Workers::~Workers() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::serve() {
  std::unique_lock lock(mutex_);
  while (true) {
    work_.wait(lock, [this] { return stopping_ || !open_.empty(); });
    if (open_.empty()) return;
    work_on(*open_.back(), lock);
  }
}

void Workers::work_on(Round& round, std::unique_lock<std::mutex>& lock) {
  const std::size_t place = round.begun++;
  if (round.begun == round.jobs.size()) open_.erase(std::find(open_.begin(), open_.end(), &round));
  lock.unlock();
  std::exception_ptr error;
  try {
    round.jobs[place]();
  } catch (...) {
    error = std::current_exception();
  }
  lock.lock();
  round.errors[place] = error;
  if (++round.done == round.jobs.size()) done_.notify_all();
}

void Workers::run(std::span<const Job> jobs) {
  if (jobs.empty()) return;
  Round round{jobs, std::vector<std::exception_ptr>(jobs.size())};
  {
    std::unique_lock lock(mutex_);
    open_.push_back(&round);
    if (jobs.size() > 1) work_.notify_all();
    while (round.begun < jobs.size()) work_on(round, lock);
    done_.wait(lock, [&] { return round.done == jobs.size(); });
  }
  for (const std::exception_ptr& error : round.errors)
    if (error) std::rethrow_exception(error);
}

Executor& workers() {
  static Workers pool(std::clamp(std::thread::hardware_concurrency(), 1U, 16U));
  return pool;
}

}  // namespace lacquer
