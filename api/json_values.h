#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "api/json.h"

namespace lacquer {

// How single values are written in every document: rounded to what a reader can use, null where there is no
// number.

// Decimals that a reader can use: more would claim an accuracy that no meter has.
constexpr int kLevelDecimals = 3;   // single values: a thousandth, so that two meters can be compared
constexpr int kSeriesDecimals = 2;  // points of a drawing
constexpr int kTimeDecimals = 3;
constexpr int kShareDecimals = 4;

Json number(double value, int decimals);
Json number(const std::optional<double>& value, int decimals);
Json exact(double value);
Json level(const std::optional<double>& value);
Json share(const std::optional<double>& value);
Json time(double seconds);
Json hertz(double hz);  // whole numbers without a decimal point
Json text(std::string_view value);
// "path", and "path_bytes" where the name is no UTF-8.
void put_path(Json& into, std::string_view path);
Json times(const TimeRange& range);
Json times(const std::vector<TimeRange>& ranges);

// A series for drawing: { "step_s", "values" }, at most 2,000 points; where there are more, each stands for
// the mean of as many as it takes. Values that are not finite are left out of means, and null where alone.
constexpr std::size_t kMostPoints = 2000;
Json series(const std::vector<float>& values, double step_s, int decimals);
// { "column_s", "values": [ [ … ] ] }: one row a band, lowest first.
Json matrix(const BandsOverTime& over_time);

}  // namespace lacquer
