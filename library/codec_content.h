#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playback/platforms.h"

namespace lacquer {

// The lossy deliveries that are tried, as content/codecs.toml lists them: each has a rate, none comes twice.
std::vector<PlatformCodec> load_codecs();
// The same from any text; errors as those of library/content.h.
std::vector<PlatformCodec> parse_codecs(std::string_view text, const std::string& name);

}  // namespace lacquer
