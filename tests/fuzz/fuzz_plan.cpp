// Any bytes as a plan file: refused with an Error, or read into a plan that comes back the same from its own
// text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string_view>

#include "api/plan_toml.h"
#include "core/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  std::optional<lacquer::Plan> plan;
  try {
    plan = lacquer::plan_from_toml(text);
  } catch (const lacquer::Error&) {
    return 0;  // refused, as most bytes are
  }
  const std::string written = lacquer::plan_to_toml(*plan);
  if (lacquer::plan_to_toml(lacquer::plan_from_toml(written)) != written) std::abort();
  return 0;
}
