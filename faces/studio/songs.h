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
  // { id, name, song, added_ms, bytes, decoded: null | { duration_s, sample_rate_hz, channels },
  //   documents: […], masters: […], references: [ { number, name, duration_s } ] }
  // `song` is what its versions have in common: the name of the first, without its ending.
  Json describe(const std::string& id) const;

  // A file that arrives: `write` it, then keep() it. Not kept, it leaves nothing behind.
  class Arriving {
   public:
    // For the folder `id` in `into`, as STEM.EXT beside song.json. `song` is the name that its versions share
    // where another gave it, else empty.
    Arriving(const std::filesystem::path& into, const std::string& id, const std::string& stem,
             const std::string& file_name, const std::string& song);
    Arriving(const Arriving&) = delete;
    Arriving& operator=(const Arriving&) = delete;
    ~Arriving();
    // Throws Error for more than kMostSongBytes, and for a full disk.
    void write(const char* bytes, std::size_t count);
    // Where it is written; a program may write it instead.
    const std::filesystem::path& file() const { return file_; }
    const std::filesystem::path& folder() const { return folder_; }  // until it is kept
    std::string keep();  // the id; throws Error for a file without content

   private:
    std::filesystem::path folder_, file_;
    std::string id_, name_, song_;
    int descriptor_ = -1;
    std::int64_t bytes_ = 0;
    bool kept_ = false;
  };
  // A song of the user's; `version_of` is another song here, or empty.
  Arriving new_song(const std::string& file_name, const std::string& version_of) const;
  void remove(const std::string& id);

  // Records that a song is judged against: decoded folders of their own, numbered from 1.
  Arriving new_reference(const std::string& id, const std::string& file_name) const;
  std::vector<std::filesystem::path> reference_files(const std::string& id) const;
  // Throws Error where there is none of this number.
  std::filesystem::path reference(const std::string& id, const std::string& number) const;
  void remove_reference(const std::string& id, const std::string& number) const;

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
