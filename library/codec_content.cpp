#include "library/codec_content.h"

#include <algorithm>
#include <array>

#include "library/toml_check.h"

namespace lacquer {

std::vector<PlatformCodec> parse_codecs(std::string_view text, const std::string& name) {
  constexpr std::array<std::string_view, 4> kLossy = {"vorbis", "opus", "aac", "mp3"};
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "delivery"});
  file.integer("schema", 1, 1);
  std::vector<PlatformCodec> codecs;
  for (const TableReader& table : file.tables("delivery")) {
    table.allow_only({"codec", "bitrate_kbps"});
    PlatformCodec codec;
    codec.codec = table.text("codec");
    codec.bitrate_kbps = table.integer("bitrate_kbps", 8, 512);
    if (std::find(kLossy.begin(), kLossy.end(), codec.codec) == kLossy.end())
      table.fail("codec", "it must be vorbis, opus, aac or mp3; write one of them");
    if (std::find(codecs.begin(), codecs.end(), codec) != codecs.end())
      table.fail("bitrate_kbps", "this delivery is listed twice; remove one");
    codecs.push_back(codec);
  }
  return codecs;
}

}  // namespace lacquer
