#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "app/proxy.h"
#include "judge/plan.h"

namespace lacquer {

// What to listen to in a song that was decoded (app/proxy.h), in seconds.
struct ListeningRequest {
  double from_s = 0.0;
  double to_s = 0.0;
  // "whole", "mono", "mid", "side", "left", "right"; "band" with low_hz and high_hz; "system" with system;
  // "plan" and "removed" with plan
  std::string way = "whole";
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::string system;
  std::optional<Plan> plan;
};

// 32-bit float WAV of the passage, as loud as the passage is as it stands.
struct HeardPassage {
  std::string wav;
  double gain_db = 0.0;      // that made it so
  double short_of_lu = 0.0;  // how much quieter it stays all the same
};

inline constexpr double kLeastPassageS = 0.5;
inline constexpr double kMostPassageS = 60.0;

// One song's passages. Any thread; one passage at a time.
class Listening {
 public:
  // Throws Error where the song was not decoded.
  explicit Listening(const std::filesystem::path& folder);
  // Throws Error for a passage outside of the song or of the bounds above, and for what there is not.
  HeardPassage hear(const ListeningRequest& request);
  const ProxyInfo& info() const { return proxy_.info(); }

 private:
  double drive_db(const Plan& plan);

  Proxy proxy_;
  std::mutex mutex_;
  struct Levels;  // of the whole song, measured when a plan is first listened through
  std::shared_ptr<Levels> levels_;
};

}  // namespace lacquer
