#pragma once

#include <filesystem>
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
  // "whole", "mono", "mid", "side", "left", "right"; "band" with low_hz and high_hz; "system", "codec" and
  // "platform" with the name of one ("phone", "vorbis-160", "spotify/normal"); "removed" with a plan
  std::string way = "whole";
  double low_hz = 0.0;
  double high_hz = 0.0;
  std::string name;
  std::optional<Plan> plan;  // of its master instead of the mix
};

// 32-bit float WAV of the passage, as loud as the passage of the mix; on a platform as loud as it plays
// there.
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
  // Another decoded song in its stead, as loud as the passage: the same seconds of another version, or the
  // loudest stretch of that length of a reference. Throws Error as hear() does.
  enum class Where { kSameSeconds, kLoudest };
  HeardPassage hear_beside(double from_s, double to_s, const std::filesystem::path& other, Where where);
  const ProxyInfo& info() const { return proxy_.info(); }

 private:
  struct Levels;  // of the whole song
  struct Cut;     // a passage with its surroundings
  Cut cut(double from_s, double to_s) const;
  Levels& levels();
  double drive_db(const Plan& plan);

  Proxy proxy_;
  std::mutex hearing_, measuring_;
  std::shared_ptr<Levels> levels_;
};

}  // namespace lacquer
