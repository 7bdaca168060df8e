#pragma once

#include <string>
#include <vector>

#include "api/json.h"
#include "session/codecs_result.h"

namespace lacquer {

// `codecs --json`.
Json codecs_json(const CodecsResult& result);

// The deliveries that --codec takes: "vorbis-96", …
std::vector<std::string> delivery_ids();

}  // namespace lacquer
