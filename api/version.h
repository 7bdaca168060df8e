#pragma once

#include <string_view>

namespace lacquer {

// The version that CMakeLists.txt gives the project: "0.1.0".
std::string_view version();

}  // namespace lacquer
