#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "faces/studio/exercises.h"
#include "faces/studio/guard.h"
#include "faces/studio/jobs.h"
#include "faces/studio/releases.h"
#include "faces/studio/songs.h"
#include "faces/studio/work.h"

namespace httplib {
class Server;
}

namespace lacquer::studio {

struct Settings {
  int port = 0;                 // 0: any that is free
  std::filesystem::path songs;  // the folder of the songs
  Programs programs;
};

// The studio's pages and their requests, on this machine alone.
class Server {
 public:
  // Takes the port; throws Error where another program has it.
  explicit Server(const Settings& settings);
  ~Server();

  const Guard& guard() const { return *guard_; }
  void run();   // until stop()
  void stop();  // from any thread

 private:
  void protect();
  void routes();
  void song_routes();
  void listening_routes();
  void library_routes();
  void lesson_routes();
  void exercise_routes();
  void desk_routes();
  void release_routes();

  std::filesystem::path home_;  // the folder of the songs, of exercises and of releases
  Programs programs_;
  Songs songs_;
  Exercises exercises_;
  Releases releases_;
  Jobs jobs_;  // behind what its work uses
  std::unique_ptr<httplib::Server> http_;
  std::unique_ptr<Guard> guard_;
  bool stopping_ = false;
};

}  // namespace lacquer::studio
