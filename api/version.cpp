#include "api/version.h"

namespace lacquer {

std::string_view version() { return LACQUER_VERSION; }

}  // namespace lacquer
