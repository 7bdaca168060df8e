#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "api/json.h"
#include "app/worker.h"

namespace lacquer::studio {

// Work that takes longer than a request: in a queue, two at a time, each in a process of its own.

enum class JobState { kQueued, kRunning, kDone, kFailed, kCancelled };

struct Job {
  std::uint64_t number = 0;
  std::string song;     // its id
  std::string command;  // "check"
  JobState state = JobState::kQueued;
  std::string doing;
  double done = 0.0;         // 0 to 1; below 0: unknown
  std::string error;         // one sentence, where it failed
  std::uint64_t change = 0;  // when it last changed, in order
};
Json job_json(const Job& job);

// What a job does. Throws Cancelled where `progress` said stop, and std::exception with one sentence.
using Work = std::function<void(const ProgressCallback& progress)>;

class Jobs {
 public:
  Jobs();
  Jobs(const Jobs&) = delete;
  Jobs& operator=(const Jobs&) = delete;
  ~Jobs();  // cancels everything

  // One of a command for each song at a time: an older one is cancelled. Throws Error when too many wait.
  std::uint64_t start(const std::string& song, const std::string& command, Work work);
  void cancel(std::uint64_t number);
  // Cancels a song's jobs and waits until none is running.
  void cancel_song(const std::string& song);

  // Those that changed after `change`, oldest change first; waits for one up to `patience_ms`. Ended jobs are
  // forgotten after a while.
  std::vector<Job> changed_after(std::uint64_t change, int patience_ms);
  std::vector<Job> all() { return changed_after(0, 0); }

 private:
  struct Entry {
    Job job;
    Work work;
    bool cancelled = false;
  };
  void run();
  void work_on(Entry& entry, std::unique_lock<std::mutex>& lock);
  void change(Entry& entry, JobState state);
  void give_up(Entry& entry);
  void forget_old();

  std::mutex mutex_;
  std::condition_variable wake_, changed_;
  std::map<std::uint64_t, Entry> entries_;
  std::deque<std::uint64_t> waiting_;
  std::uint64_t changes_ = 0;
  std::uint64_t last_ = 0;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace lacquer::studio
