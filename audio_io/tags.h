#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace lacquer {

struct Picture {
  std::string mime_type;
  std::string description;
  int type = 3;  // as in ID3v2 APIC and FLAC: 3 is the front cover
  std::string bytes;
};

// The bext chunk of a Broadcast Wave file (EBU Tech 3285), as far as it stays true of a master: the UMID and
// the loudness fields are left out.
struct BroadcastInfo {
  std::string description;
  std::string originator;
  std::string originator_reference;
  std::string origination_date;
  std::string origination_time;
  double time_reference_s = 0.0;  // since midnight
  std::string coding_history;
};

struct Tags {
  // Names as TagLib's property map has them (TITLE, ARTIST, TRACKNUMBER, ISRC, …), values in UTF-8.
  std::map<std::string, std::vector<std::string>> fields;
  std::optional<Picture> cover;
  std::optional<BroadcastInfo> broadcast;
};

// What can be carried from a mix to its master. Left out because a master makes them wrong: loudness tags
// (REPLAYGAIN_*, R128_*, iTunNORM), gapless and length data, the encoder's name. Bounded: 200 values of up to
// 4 KiB, one picture of up to 16 MiB. A file whose tags cannot be read has none; Error only as open_audio()
// for what cannot be opened.
Tags read_tags(const std::filesystem::path& path);

// The program that a file says it was made by; empty where it says none or cannot be read.
std::string made_by(const std::filesystem::path& path) noexcept;

}  // namespace lacquer
