#include "library/target_content.h"

#include <algorithm>
#include <array>

#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array<std::string_view, 3> kGrades = {"published", "vendor", "house"};
// The bands from 200 Hz to 2 kHz, whose mean is 0 dB.
constexpr int kFirstMiddleBand = 10;
constexpr int kMiddleBands = 11;

bool is_name(std::string_view text) {
  return text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char letter) {
           return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter == '-' ||
                  letter == '_';
         });
}

std::array<double, kTargetBands> read_bands(const TableReader& table, std::string_view key, double least) {
  const std::vector<double> numbers = table.numbers(key, kTargetBands, least, 60.0);
  std::array<double, kTargetBands> bands{};
  std::copy(numbers.begin(), numbers.end(), bands.begin());
  return bands;
}

TargetCurve read_curve(const TableReader& table, const std::string& name) {
  TargetCurve curve;
  curve.name = name;
  curve.label = table.text("label");
  curve.level_db = read_bands(table, "level_db", -100.0);
  curve.tolerance_db = read_bands(table, "tolerance_db", 0.1);
  double mean_db = 0.0;
  for (int band = kFirstMiddleBand; band < kFirstMiddleBand + kMiddleBands; ++band)
    mean_db += curve.level_db[static_cast<std::size_t>(band)] / kMiddleBands;
  for (double& level_db : curve.level_db) level_db -= mean_db;
  return curve;
}

}  // namespace

std::vector<TargetCurve> parse_targets(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "target"});
  file.integer("schema", 1, 1);
  const TableReader targets = file.table("target");
  std::vector<TargetCurve> curves;
  for (const std::string& id : targets.keys_in_file_order()) {
    const TableReader table = targets.table(id);
    table.allow_only({"label", "percussive", "grade", "source", "level_db", "tolerance_db"});
    if (!is_name(id)) targets.fail(id, "a name has lower-case letters, digits, - and _ only; correct it");
    if (std::find(kGrades.begin(), kGrades.end(), table.text("grade")) == kGrades.end())
      table.fail("grade", "it must be one of published, vendor, house; write one of them");
    table.text("source");
    curves.push_back(read_curve(table, id));
    curves.back().percussive = table.boolean("percussive");
  }
  if (curves.empty()) file.fail("target", "no target is given; add one");
  return curves;
}

TargetCurve parse_target(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "name", "label", "source", "songs", "level_db", "tolerance_db"});
  file.integer("schema", 1, 1);
  const std::string id = file.text("name");
  if (!is_name(id)) file.fail("name", "a name has lower-case letters, digits, - and _ only; correct it");
  file.text_or_empty("source");
  file.optional_integer("songs", 1, 1000000);
  return read_curve(file, id);
}

}  // namespace lacquer
