#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "api/json.h"
#include "app/listening.h"

namespace lacquer::studio {

// The songs of the studio: one folder each, named by 16 hexadecimal digits, with the file as it came
// (source.EXT), what it was decoded to, what was found out about it (NAME.json), what the user wrote, and its
// masters. What is on the disk is all there is, so a studio that was killed goes on where it was.
//
// Any thread.
class Songs {
 public:
  explicit Songs(std::filesystem::path folder);  // made where it is not there

  // Newest first.
  std::vector<std::string> ids() const;
  bool has(const std::string& id) const;
  // Throws Error for what is no song here: no other word ever becomes part of a path.
  std::filesystem::path folder(const std::string& id) const;
  std::filesystem::path source(const std::string& id) const;
  // { id, name, added_ms, bytes, decoded: null | { duration_s, sample_rate_hz, channels }, documents: […],
  //   masters: […] }
  Json describe(const std::string& id) const;

  // A file that arrives: `write` it, then keep() it. Not kept, it leaves nothing behind.
  class Arriving {
   public:
    Arriving(const Songs& songs, const std::string& file_name);
    Arriving(const Arriving&) = delete;
    Arriving& operator=(const Arriving&) = delete;
    ~Arriving();
    // Throws Error for more than kMostSongBytes, and for a full disk.
    void write(const char* bytes, std::size_t count);
    // Where it is written; a program may write it instead.
    const std::filesystem::path& file() const { return file_; }
    std::string keep();  // the song's id; throws Error for a file without content

   private:
    std::filesystem::path folder_, file_;
    std::string id_, name_;
    int descriptor_ = -1;
    std::int64_t bytes_ = 0;
    bool kept_ = false;
  };
  void remove(const std::string& id);

  // A document of a song ("check", "plan", "notes"): its text, empty where there is none.
  std::string document(const std::string& id, const std::string& name) const;
  void keep_document(const std::string& id, const std::string& name, std::string_view text) const;

  // Throws Error where the song was not decoded.
  std::shared_ptr<Listening> listening(const std::string& id);

 private:
  std::filesystem::path folder_;
  std::mutex mutex_;
  std::vector<std::pair<std::string, std::shared_ptr<Listening>>> listening_;  // the last ones used
};

inline constexpr std::int64_t kMostSongBytes = std::int64_t{6} << 30;
// Letters, digits and hyphens: what may be part of a file's name here.
bool is_plain_name(const std::string& name);

}  // namespace lacquer::studio
