#include "api/systems.h"

#include <cmath>

#include "api/json_values.h"

namespace lacquer {
namespace {

Json percent(const std::optional<double>& share) {
  if (!share) return nullptr;
  return number(100.0 * *share, 1);
}

Json loss_json(const PartLoss& loss) {
  return {{"part", loss.part->id},
          {"low_hz", hertz(std::round(loss.low_hz))},
          {"high_hz", hertz(std::round(loss.high_hz))},
          {"audible_pct", percent(loss.audible)},
          {"target_audible_pct", percent(loss.target_audible)},
          {"cause", text(to_string(loss.cause))},
          {"local", loss.local},
          {"when", times(loss.when)},
          {"why", text(loss.why)},
          {"do", text(loss.action)}};
}

Json system_json(const SystemTranslation& one) {
  Json lost = Json::array(), bands = Json::array();
  for (const PartLoss& loss : one.lost) lost.push_back(loss_json(loss));
  for (const BandHeard& band : one.bands)
    bands.push_back({{"low_hz", hertz(std::round(band.low_hz))},
                     {"high_hz", hertz(std::round(band.high_hz))},
                     {"audible_pct", percent(band.audible)},
                     {"target_audible_pct", percent(band.target_audible)}});
  return {{"system", text(one.system.id)},
          {"name", text(one.system.name)},
          {"basis", text(to_string(one.system.basis))},
          {"confidence", text(to_string(one.system.confidence))},
          {"loudness_change_lu", level(one.loudness_change_lu)},
          {"mono", one.system.is_mono()},
          {"lost", lost},
          {"why", text(one.why)},
          {"bands", bands},
          {"source", text(one.system.source)}};
}

}  // namespace

Json systems_json(std::string_view path, const std::vector<SystemTranslation>& systems,
                  const ChosenTarget* target, const std::vector<RenderedSystem>& rendered) {
  Json items = Json::array(), files = Json::array();
  for (const SystemTranslation& one : systems) items.push_back(system_json(one));
  for (const RenderedSystem& file : rendered) {
    Json one = {{"system", text(file.system)}};
    put_path(one, file.path);
    one["gain_db"] = level(file.gain_db);
    one["short_of_lu"] = level(file.short_of_lu);
    files.push_back(one);
  }
  Json document = items_json(items);
  Json named = Json::object();
  put_path(named, path);
  document["file"] = named;
  document["target"] = target != nullptr ? Json(text(target->curve.name)) : Json(nullptr);
  document["rendered"] = files;
  return document;
}

}  // namespace lacquer
