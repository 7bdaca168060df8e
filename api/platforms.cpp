#include "api/platforms.h"

#include "api/json_values.h"

namespace lacquer {
namespace {

Json optional_text(const std::string& value) { return value.empty() ? Json() : text(value); }

Json codecs_of(const PlatformRule& rule) {
  Json codecs = Json::array();
  for (const PlatformCodec& codec : rule.codecs)
    codecs.push_back({{"codec", text(codec.codec)},
                      {"bitrate_kbps", codec.bitrate_kbps ? Json(*codec.bitrate_kbps) : Json()},
                      {"bits", codec.bits ? Json(*codec.bits) : Json()},
                      {"sample_rate_hz", codec.sample_rate_hz ? hertz(*codec.sample_rate_hz) : Json()}});
  return codecs;
}

Json scopes_of(const PlatformRule& rule) {
  Json scopes = Json::array();
  if (rule.album_scope) scopes.push_back("album");
  if (rule.track_scope) scopes.push_back("track");
  return scopes;
}

}  // namespace

Json platforms_json(const std::vector<PlatformEntry>& entries) {
  Json items = Json::array();
  for (const PlatformEntry& entry : entries) {
    const PlatformRule& rule = entry.play.rule;
    const auto& outcome = entry.play.outcome;
    const auto value = [&](double PlaybackOutcome::*of) { return outcome ? level((*outcome).*of) : Json(); };
    Json one = {{"platform", text(rule.id)},
                {"mode", text(rule.mode)},
                {"reference_lufs", level(rule.reference_lufs)},
                {"gain_db", value(&PlaybackOutcome::gain_db)},
                {"playback_lufs", value(&PlaybackOutcome::playback_lufs)},
                {"playback_dbtp", value(&PlaybackOutcome::playback_dbtp)},
                {"limited_by", outcome ? text(to_string(outcome->limited_by)) : Json()},
                {"source", text(rule.source)},
                {"dated", text(rule.dated)},
                {"confidence", text(to_string(rule.confidence))},
                {"name", text(rule.name)},
                {"kind", text(to_string(rule.kind))},
                {"rule", text(to_string(rule.gain))},
                {"plr_db", level(plr_db(entry.play))},
                {"limiter_reduction_db", value(&PlaybackOutcome::limiter_reduction_db)},
                {"scope", scopes_of(rule)},
                {"default_mode", rule.default_mode},
                {"up_ceiling_dbtp", level(rule.up_ceiling_dbtp)},
                {"tolerance_lu", level(rule.tolerance_lu)},
                {"ceiling_dbtp", level(rule.ceiling_dbtp)},
                {"codecs", codecs_of(rule)},
                {"first_party", rule.first_party},
                {"note", optional_text(rule.note)},
                {"file", optional_text(entry.file)},
                {"rendered", Json::array()}};
    for (const std::string& path : entry.rendered) one["rendered"].push_back(text(path));
    items.push_back(one);
  }
  return items_json(items);
}

}  // namespace lacquer
