#include "library/thresholds.h"

#include <algorithm>
#include <array>

#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array<std::string_view, 3> kGrades = {"published", "vendor", "house"};
constexpr int kSchema = 1;

double read_threshold(const TableReader& entry, const Threshold& threshold) {
  entry.allow_only({"value", "unit", "grade", "source"});
  if (entry.text("unit") != threshold.unit)
    entry.fail("unit", "the unit here is \"" + std::string(threshold.unit) + "\"; write that");
  const std::string grade = entry.text("grade");
  if (std::find(kGrades.begin(), kGrades.end(), grade) == kGrades.end())
    entry.fail("grade", "the grade must be published, vendor or house; write one of them");
  entry.text("source");
  return entry.number("value", threshold.least, threshold.most);
}

const Threshold* find(std::span<const Threshold> thresholds, std::string_view group, std::string_view key) {
  const auto found = std::find_if(thresholds.begin(), thresholds.end(), [&](const Threshold& threshold) {
    return threshold.group == group && threshold.key == key;
  });
  return found == thresholds.end() ? nullptr : &*found;
}

void refuse_unknown(const TableReader& file, std::span<const Threshold> thresholds) {
  for (const std::string& group : file.keys_in_file_order()) {
    if (group == "schema") continue;
    const bool known_group =
        std::any_of(thresholds.begin(), thresholds.end(),
                    [&](const Threshold& threshold) { return threshold.group == group; });
    if (!known_group) file.fail(group, "this key is unknown; remove it or correct its name");
    const TableReader table = file.table(group);
    for (const std::string& key : table.keys_in_file_order())
      if (!find(thresholds, group, key))
        table.fail(key, "this key is unknown; remove it or correct its name");
  }
}

}  // namespace

void read_thresholds(std::string_view text, const std::string& name, std::span<const Threshold> thresholds,
                     std::span<const ThresholdOrder> orders) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.integer("schema", kSchema, kSchema);
  refuse_unknown(file, thresholds);
  for (const Threshold& threshold : thresholds)
    *threshold.target = read_threshold(file.table(threshold.group).table(threshold.key), threshold);
  for (const ThresholdOrder& order : orders) {
    const double lower = *find(thresholds, order.group, order.lower)->target;
    const double higher = *find(thresholds, order.group, order.higher)->target;
    if (lower > higher)
      file.table(order.group)
          .fail(order.higher,
                "it must not lie below " + std::string(order.lower) + "; correct one of the two");
  }
}

}  // namespace lacquer
