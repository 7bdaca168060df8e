#pragma once

#include <functional>
#include <string_view>

#include "core/error.h"

namespace lacquer {

// Long work reports here: what it is doing and how far it is, 0 to 1 (below 0: unknown).
// The callee returns false to stop the work, which then throws Cancelled.
using ProgressCallback = std::function<bool(std::string_view doing, double done)>;

inline void report_progress(const ProgressCallback& progress, std::string_view doing, double done) {
  if (progress && !progress(doing, done)) throw Cancelled();
}

}  // namespace lacquer
