#include "api/codecs.h"

#include "api/json_values.h"
#include "library/codec_content.h"

namespace lacquer {
namespace {

Json bands_json(const std::vector<CodecBand>& bands) {
  Json all = Json::array();
  for (const CodecBand& band : bands)
    all.push_back({{"low_hz", hertz(band.low_hz)},
                   {"high_hz", hertz(band.high_hz)},
                   {"change_db", level(band.change_db)},
                   {"delta_db", level(band.delta_db)}});
  return all;
}

Json texts(const std::vector<std::string>& values) {
  Json all = Json::array();
  for (const std::string& value : values) all.push_back(text(value));
  return all;
}

std::optional<double> covered_db(const CodecEntry& entry) {
  const auto& decoded = entry.study.as_it_is.true_dbtp;
  if (!decoded || !entry.turn_down_db) return std::nullopt;
  return std::min(std::max(0.0, *decoded), *entry.turn_down_db);
}

Json rendered_json(const CodecEntry& entry) {
  if (entry.decoded_path.empty()) return nullptr;
  return {{"decoded", text(entry.decoded_path)}, {"original", text(entry.original_path)}};
}

Json ceiling_json(const std::optional<CeilingAnswer>& ceiling) {
  if (!ceiling) return nullptr;
  return {{"ceiling_dbtp", level(ceiling->ceiling_dbtp)},
          {"holds_as_it_is", ceiling->holds_as_it_is},
          {"cost_lu", level(ceiling->cost_lu)},
          {"decoded_dbtp", level(ceiling->decoded_dbtp)}};
}

}  // namespace

Json codecs_json(const CodecsResult& result) {
  Json items = Json::array();
  for (const CodecEntry& entry : result.entries) {
    const CodecMeasurement& measured = entry.study.as_it_is;
    items.push_back({{"codec", text(entry.delivery.codec)},
                     {"bitrate_kbps", entry.delivery.bitrate_kbps},
                     {"platforms", texts(entry.delivery.platforms)},
                     {"true_dbtp", level(measured.true_dbtp)},
                     {"ceiling_needed_dbtp", level(entry.study.ceiling_needed_dbtp)},
                     {"sample_dbfs", level(measured.sample_dbfs)},
                     {"samples_over", measured.samples_over},
                     {"over_when", times(measured.over_when)},
                     {"loudness_change_lu", level(entry.loudness_change_lu)},
                     {"turn_down_db", level(entry.turn_down_db)},
                     {"covered_db", level(covered_db(entry))},
                     {"bandwidth_hz", measured.bandwidth_hz ? hertz(*measured.bandwidth_hz) : Json()},
                     {"bands", bands_json(measured.bands)},
                     {"third_octaves", bands_json(measured.third_octaves)},
                     {"rendered", rendered_json(entry)}});
  }
  Json document = items_json(items);
  document["ceiling"] = ceiling_json(result.ceiling);
  document["missing"] = texts(result.missing);
  return document;
}

std::vector<std::string> delivery_ids() {
  std::vector<std::string> ids;
  for (const Delivery& delivery : deliveries_of(load_codecs(), {})) ids.push_back(delivery.id());
  return ids;
}

}  // namespace lacquer
