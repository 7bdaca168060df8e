#include "api/json_values.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "api/text.h"

namespace lacquer {

Json number(double value, int decimals) {
  if (!std::isfinite(value)) return nullptr;
  const double scale = std::pow(10.0, decimals);
  const double rounded = std::round(value * scale) / scale;
  return std::isfinite(rounded) ? rounded + 0.0 : value;  // + 0.0: a rounded -0.0 reads as 0.0
}

Json number(const std::optional<double>& value, int decimals) {
  return value ? number(*value, decimals) : Json(nullptr);
}

Json exact(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json share(const std::optional<double>& value) { return number(value, kShareDecimals); }
Json level(const std::optional<double>& value) { return number(value, kLevelDecimals); }
Json time(double seconds) { return number(seconds, kTimeDecimals); }

Json hertz(double hz) {
  if (!std::isfinite(hz)) return nullptr;
  if (hz == std::floor(hz) && std::abs(hz) < 1e15) return static_cast<std::int64_t>(hz);
  return number(hz, kLevelDecimals);
}

Json text(std::string_view value) { return well_formed_utf8(value); }

void put_path(Json& into, std::string_view path) {
  into["path"] = text(path);
  if (into["path"].get_ref<const std::string&>() != path) into["path_bytes"] = percent_encoded(path);
}

Json times(const TimeRange& range) { return {{"from_s", time(range.from_s)}, {"to_s", time(range.to_s)}}; }

Json times(const std::vector<TimeRange>& ranges) {
  Json all = Json::array();
  for (const TimeRange& range : ranges) all.push_back(times(range));
  return all;
}

Json series(const std::vector<float>& values, double step_s, int decimals) {
  const std::size_t group = (values.size() + kMostPoints - 1) / kMostPoints;
  Json points = Json::array();
  for (std::size_t first = 0; first < values.size(); first += group) {
    double sum = 0.0;
    int count = 0;
    for (std::size_t i = first; i < std::min(values.size(), first + group); ++i) {
      if (!std::isfinite(values[i])) continue;
      sum += values[i];
      ++count;
    }
    points.push_back(count > 0 ? number(sum / count, decimals) : Json(nullptr));
  }
  return {{"step_s", number(step_s * static_cast<double>(group), 6)}, {"values", points}};
}

Json matrix(const BandsOverTime& over_time) {
  Json rows = Json::array();
  const auto bands = static_cast<std::size_t>(over_time.bands);
  for (std::size_t band = 0; band < bands && !over_time.values.empty(); ++band) {
    Json row = Json::array();
    for (std::size_t i = band; i < over_time.values.size(); i += bands)
      row.push_back(number(over_time.values[i], 1));
    rows.push_back(row);
  }
  return {{"column_s", number(over_time.column_s, 6)}, {"values", rows}};
}

}  // namespace lacquer
