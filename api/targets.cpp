#include "api/targets.h"

#include <algorithm>
#include <cmath>

#include "api/json_values.h"
#include "api/toml_text.h"
#include "library/content.h"
#include "measure/spectrum_bands.h"

static_assert(lacquer::kThirdOctaves == lacquer::kTargetBands);

namespace lacquer {
namespace {

constexpr int kDecimals = 1;  // of a decibel; more would claim an accuracy that no set of records has

double rounded(double value) { return std::round(value * 10.0) / 10.0 + 0.0; }

std::string band_name(double hz) {
  std::string text = toml_number(hz < 1000.0 ? hz : hz / 1000.0);
  if (text.ends_with(".0")) text.resize(text.size() - 2);
  return text + (hz < 1000.0 ? " Hz" : " kHz");
}

std::string band_list(const std::array<double, kTargetBands>& values) {
  std::string text = "[\n";
  for (std::size_t band = 0; band < values.size(); ++band) {
    std::string value = toml_number(rounded(values[band])) + ",";
    value.resize(std::max<std::size_t>(value.size(), 8), ' ');
    text += "  " + value + "# " + band_name(kThirdOctaveHz[band]) + "\n";
  }
  return text + "]\n";
}

std::size_t used_records(const TargetFile& target) {
  return static_cast<std::size_t>(std::count_if(target.records.begin(), target.records.end(),
                                                [](const TargetRecord& record) { return record.used; }));
}

std::string tolerance_comment(const TargetFile& target) {
  if (target.learned.own_tolerance)
    return "# How far good records stray: a deviation within it is never called too much. Made of the spread "
           "of\n"
           "# these records.\n";
  return "# How far good records stray: a deviation within it is never called too much. These records are "
         "too\n"
         "# few to tell, so it is that of the built-in target \"" +
         target.learned.base + "\".\n";
}

Json bands_json(const std::array<double, kTargetBands>& values) {
  Json list = Json::array();
  for (const double value : values) list.push_back(number(value, kDecimals));
  return list;
}

}  // namespace

std::vector<std::string> target_names() {
  std::vector<std::string> names;
  for (const TargetCurve& curve : load_targets()) names.push_back(curve.name);
  return names;
}

std::string target_to_toml(const TargetFile& target) {
  const TargetCurve& curve = target.learned.curve;
  std::string text =
      "# What finished records sound like, learned by lacquer. To judge a song against it:\n"
      "#   lacquer check SONG --target THIS-FILE\n"
      "# Levels of third octaves in decibels. Only the shape counts: the mean of 200 Hz to 2 kHz is 0.\n"
      "# Any number may be changed.\n\n";
  text += "schema = 1\nname = " + toml_string(curve.name) + "  # lower-case letters, digits, - and _\n" +
          "label = " + toml_string(curve.label) + "\nsource = " + toml_string(target.source) +
          "\nsongs = " + std::to_string(used_records(target)) + "\n\n# Learned from:\n";
  for (const TargetRecord& record : target.records)
    if (record.used)
      text += "#   " + toml_string(record.path) + (record.reason.empty() ? "" : ": " + record.reason) + "\n";
  text += "\n# How loud each band is: the ";
  text += target.learned.own_tolerance ? "median" : "mean";
  text += " of the records.\nlevel_db = " + band_list(curve.level_db) + "\n" + tolerance_comment(target) +
          "tolerance_db = " + band_list(curve.tolerance_db);
  return text;
}

Json learned_json(const TargetFile& target, std::string_view path) {
  const TargetCurve& curve = target.learned.curve;
  Json records = Json::array();
  for (const TargetRecord& record : target.records) {
    Json one = Json::object();
    put_path(one, record.path);
    one["used"] = record.used;
    one["reason"] = record.reason.empty() ? Json(nullptr) : text(record.reason);
    records.push_back(one);
  }
  Json item = {{"id", text(curve.name)},
               {"kind", "target"},
               {"topic", "tonal-balance"},
               {"title", text(curve.label)},
               {"summary", text(target.source)}};
  put_path(item, path);
  item["songs"] = used_records(target);
  item["own_tolerance"] = target.learned.own_tolerance;
  item["nearest"] = text(target.learned.base);
  item["level_db"] = bands_json(curve.level_db);
  item["tolerance_db"] = bands_json(curve.tolerance_db);
  item["records"] = records;
  return items_json(Json::array({item}));
}

}  // namespace lacquer
