#include "library/gear_content.h"

#include <algorithm>
#include <set>

#include "library/embedded.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

void once(const TableReader& table, std::string_view key, const std::vector<std::string>& ids,
          std::set<std::string>& seen) {
  for (const std::string& id : ids)
    if (!seen.insert(id).second) table.fail(key, id + " is listed twice; remove one");
}

GearPoint read_point(const TableReader& table, const std::string& id) {
  table.allow_only({"name", "items", "faults", "today", "lesson"});
  return {id,
          table.text("name"),
          table.texts("items"),
          table.texts("faults"),
          table.text("today"),
          table.text("lesson")};
}

GearCategory read_category(const TableReader& table, const std::string& id,
                           const std::vector<GearPoint>& points) {
  table.allow_only({"name", "words", "points"});
  GearCategory category{id, table.text("name"), table.texts("words"), table.texts("points")};
  for (const std::string& named : category.points)
    if (std::none_of(points.begin(), points.end(), [&](const GearPoint& one) { return one.id == named; }))
      table.fail("points", "there is no point " + named + "; correct the name or add it");
  return category;
}

}  // namespace

GearKnowledge parse_gear(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "vague", "point", "category"});
  file.integer("schema", 1, 1);
  GearKnowledge gear;
  gear.vague = file.texts("vague");
  const TableReader points = file.table("point");
  std::set<std::string> items;
  std::set<std::string> faults;
  for (const std::string& id : points.keys_in_file_order()) {
    const TableReader table = points.table(id);
    gear.points.push_back(read_point(table, id));
    once(table, "items", gear.points.back().items, items);
    once(table, "faults", gear.points.back().faults, faults);
  }
  const TableReader categories = file.table("category");
  std::set<std::string> words;
  for (const std::string& id : categories.keys_in_file_order()) {
    const TableReader table = categories.table(id);
    gear.categories.push_back(read_category(table, id, gear.points));
    once(table, "words", gear.categories.back().words, words);
  }
  return gear;
}

GearKnowledge load_gear() {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == "gear.toml") return parse_gear(file.text, "gear.toml");
  return {};
}

}  // namespace lacquer
