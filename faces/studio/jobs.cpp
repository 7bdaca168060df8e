#include "faces/studio/jobs.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "app/file_error.h"

namespace lacquer::studio {
namespace {

constexpr int kAtOnce = 2;
constexpr std::size_t kMostWaiting = 64;
constexpr std::size_t kMostRemembered = 200;

const char* to_string(JobState state) {
  switch (state) {
    case JobState::kQueued:
      return "queued";
    case JobState::kRunning:
      return "running";
    case JobState::kDone:
      return "done";
    case JobState::kFailed:
      return "failed";
    case JobState::kCancelled:
      break;
  }
  return "cancelled";
}

bool is_over(const Job& job) { return job.state != JobState::kQueued && job.state != JobState::kRunning; }

}  // namespace

Json job_json(const Job& job) {
  return {{"job", job.number},
          {"change", job.change},
          {"song", job.song},
          {"command", job.command},
          {"state", to_string(job.state)},
          {"doing", job.doing},
          {"done", job.done < 0.0 ? Json(nullptr) : Json(std::round(job.done * 1000.0) / 1000.0)},
          {"error", job.error.empty() ? Json(nullptr) : Json(job.error)}};
}

Jobs::Jobs() {
  for (int i = 0; i < kAtOnce; ++i) threads_.emplace_back([this] { run(); });
}

Jobs::~Jobs() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    for (auto& [number, entry] : entries_) entry.cancelled = true;
  }
  wake_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Jobs::change(Entry& entry, JobState state) {
  entry.job.state = state;
  entry.job.change = ++changes_;
  changed_.notify_all();
}

std::uint64_t Jobs::start(const std::string& song, const std::string& command, Work work) {
  const std::lock_guard lock(mutex_);
  if (waiting_.size() >= kMostWaiting) throw Error("too much work is waiting; let some of it finish first");
  for (auto& [number, entry] : entries_)
    if (entry.job.song == song && entry.job.command == command) give_up(entry);
  const std::uint64_t number = ++last_;
  Entry& entry = entries_[number];
  entry.job.number = number;
  entry.job.song = song;
  entry.job.command = command;
  entry.work = std::move(work);
  change(entry, JobState::kQueued);
  waiting_.push_back(number);
  forget_old();
  wake_.notify_one();
  return number;
}

void Jobs::forget_old() {
  for (auto it = entries_.begin(); it != entries_.end() && entries_.size() > kMostRemembered;)
    it = is_over(it->second.job) ? entries_.erase(it) : std::next(it);
}

// What still waits ends here and now; what runs ends when its process has.
void Jobs::give_up(Entry& entry) {
  if (is_over(entry.job)) return;
  entry.cancelled = true;
  if (entry.job.state != JobState::kQueued) return;
  waiting_.erase(std::find(waiting_.begin(), waiting_.end(), entry.job.number));
  change(entry, JobState::kCancelled);
}

void Jobs::cancel(std::uint64_t number) {
  const std::lock_guard lock(mutex_);
  if (const auto found = entries_.find(number); found != entries_.end()) give_up(found->second);
}

void Jobs::cancel_song(const std::string& song) {
  std::unique_lock lock(mutex_);
  const auto goes_on = [&](const auto& one) {
    return one.second.job.song == song && !is_over(one.second.job);
  };
  for (auto& [number, entry] : entries_)
    if (entry.job.song == song) give_up(entry);
  changed_.wait(lock, [&] { return stopping_ || std::none_of(entries_.begin(), entries_.end(), goes_on); });
}

std::vector<Job> Jobs::changed_after(std::uint64_t change, int patience_ms) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, std::chrono::milliseconds(patience_ms),
                    [&] { return changes_ > change || stopping_; });
  std::vector<Job> changed;
  for (const auto& [number, entry] : entries_)
    if (entry.job.change > change) changed.push_back(entry.job);
  std::sort(changed.begin(), changed.end(), [](const Job& a, const Job& b) { return a.change < b.change; });
  return changed;
}

void Jobs::run() {
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    const std::uint64_t number = waiting_.front();
    waiting_.pop_front();
    work_on(entries_[number], lock);
  }
}

// `entry` stays where it is: only ended jobs are forgotten.
void Jobs::work_on(Entry& entry, std::unique_lock<std::mutex>& lock) {
  change(entry, JobState::kRunning);
  const Work work = std::move(entry.work);
  const auto progress = [&](std::string_view doing, double done) {
    const std::lock_guard inner(mutex_);
    if (entry.job.doing != doing || entry.job.done != done) {
      entry.job.doing = std::string(doing);
      entry.job.done = done;
      change(entry, JobState::kRunning);
    }
    return !entry.cancelled;
  };
  JobState end = JobState::kDone;
  std::string error;
  lock.unlock();
  try {
    work(progress);
  } catch (const Cancelled&) {
    end = JobState::kCancelled;
  } catch (const std::exception& failure) {
    end = JobState::kFailed;
    error = failure.what();
  }
  lock.lock();
  entry.job.error = error;
  if (end == JobState::kDone) entry.job.done = 1.0;
  change(entry, end);
}

}  // namespace lacquer::studio
