#pragma once

namespace lacquer::cli {

inline constexpr int kDone = 0;
inline constexpr int kFailed = 1;
inline constexpr int kWrongUsage = 2;
inline constexpr int kStrict = 3;
inline constexpr int kMixMustBeFixed = 4;
inline constexpr int kInterrupted = 130;

}  // namespace lacquer::cli
