#include "library/release_content.h"

#include "library/embedded.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

std::string_view built_in(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.text;
  return {};
}

void read_artwork(const TableReader& table, ReleaseRules& rules) {
  table.allow_only({"wanted_px", "least_px", "look_mb", "most_mb", "source"});
  rules.artwork_wanted_px = table.integer("wanted_px", 1, 100'000);
  rules.artwork_least_px = table.integer("least_px", 1, rules.artwork_wanted_px);
  rules.artwork_most_mb = table.number("most_mb", 0.1, 1000.0);
  rules.artwork_look_mb = table.number("look_mb", 0.1, rules.artwork_most_mb);
  table.text("source");
}

void read_timeline(const TableReader& table, ReleaseRules& rules) {
  table.allow_only({"wanted_days", "pitch_days", "source"});
  rules.wanted_days = table.integer("wanted_days", 1, 365);
  rules.pitch_days = table.integer("pitch_days", 1, rules.wanted_days);
  table.text("source");
}

void read_album(const TableReader& table, ReleaseRules& rules) {
  table.allow_only({"loudness_step_lu", "source"});
  rules.loudness_step_lu = table.number("loudness_step_lu", 0.5, 20.0);
  table.text("source");
}

void read_words(const TableReader& table, ReleaseRules& rules) {
  table.allow_only({"featured", "versions", "work"});
  rules.featured = table.texts("featured");
  rules.versions = table.texts("versions");
  rules.work = table.texts("work");
}

void read_milestones(const TableReader& file, ReleaseRules& rules) {
  for (const TableReader& table : file.tables("milestone")) {
    table.allow_only({"id", "days"});
    const Milestone milestone{table.text("id"), table.integer("days", -365, 365)};
    if (!rules.milestones.empty() && milestone.days <= rules.milestones.back().days)
      table.fail("days", "the milestones stand in the order of their days; move this one");
    rules.milestones.push_back(milestone);
  }
}

}  // namespace

ReleaseRules parse_release_rules(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "artwork", "timeline", "milestone", "album", "words"});
  file.integer("schema", 1, 1);
  ReleaseRules rules;
  read_artwork(file.table("artwork"), rules);
  read_timeline(file.table("timeline"), rules);
  read_album(file.table("album"), rules);
  read_words(file.table("words"), rules);
  read_milestones(file, rules);
  return rules;
}

ReleaseRules load_release_rules() { return parse_release_rules(built_in("release.toml"), "release.toml"); }

std::string release_template() { return std::string(built_in("release_template.toml")); }

}  // namespace lacquer
