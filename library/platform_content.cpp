#include <algorithm>
#include <array>

#include "library/content.h"
#include "library/toml_check.h"

namespace lacquer {
namespace {

constexpr std::array kGainRules = {GainRule::kNone, GainRule::kDownOnly, GainRule::kPeakLimited,
                                   GainRule::kLimiter, GainRule::kMatch};
constexpr std::array kKinds = {PlatformKind::kPlayback, PlatformKind::kDelivery,
                               PlatformKind::kRecommendation};
constexpr std::array kConfidences = {Confidence::kHigh, Confidence::kMedium, Confidence::kLow};
constexpr std::array<std::string_view, 8> kCodecs = {"vorbis",    "opus", "aac",  "he-aac",
                                                     "he-aac-v2", "mp3",  "flac", "alac"};

PlatformCodec read_codec(const TableReader& table) {
  table.allow_only({"codec", "bitrate_kbps", "bits", "sample_rate_hz"});
  PlatformCodec codec;
  codec.codec = table.text("codec");
  if (std::find(kCodecs.begin(), kCodecs.end(), codec.codec) == kCodecs.end())
    table.fail("codec", "this codec is unknown; correct its name");
  codec.bitrate_kbps = table.optional_integer("bitrate_kbps", 8, 1000);
  codec.bits = table.optional_integer("bits", 8, 32);
  codec.sample_rate_hz = table.optional_number("sample_rate_hz", 8000, 384000);
  const bool lossless = codec.codec == "flac" || codec.codec == "alac";
  if (lossless == codec.bitrate_kbps.has_value())
    table.fail("codec", lossless ? "a lossless codec has no bitrate_kbps; remove it"
                                 : "a lossy codec needs bitrate_kbps; add it");
  return codec;
}

void read_scope(const TableReader& table, PlatformRule& rule) {
  for (const std::string& scope : table.texts("scope")) {
    if (scope == "album")
      rule.album_scope = true;
    else if (scope == "track")
      rule.track_scope = true;
    else
      table.fail("scope", "an entry must be album or track; correct it");
  }
}

void read_album_rule(const TableReader& table, PlatformRule& rule) {
  if (!table.has("album_by")) return;
  if (table.text("album_by") != "loudest-track" || !rule.album_scope)
    table.fail("album_by", "it can only be loudest-track, in album scope; correct it or remove it");
  rule.by_loudest_track = true;
}

// The gain rule decides which other keys have a meaning.
void check_gain(const TableReader& table, const PlatformRule& rule) {
  const auto needs = [&](std::string_view key, bool needed) {
    if (needed && !table.has(key)) table.fail(key, "this key is missing for this gain rule; add it");
    if (!needed && table.has(key)) table.fail(key, "this key has no meaning with this gain rule; remove it");
  };
  needs("reference_lufs", rule.gain != GainRule::kNone);
  needs("up_ceiling_dbtp", rule.gain == GainRule::kPeakLimited);
  needs("limiter_threshold_dbfs", rule.gain == GainRule::kLimiter);
  if (rule.loud_ceiling_dbtp.has_value() != rule.loud_above_lufs.has_value())
    table.fail("loud_ceiling_dbtp",
               "loud_ceiling_dbtp and loud_above_lufs belong together; give both or neither");
  if (rule.loud_ceiling_dbtp && rule.ceiling_dbtp && *rule.loud_ceiling_dbtp > *rule.ceiling_dbtp)
    table.fail("loud_ceiling_dbtp", "it must not lie above ceiling_dbtp; correct one of the two");
  const bool changes_level = rule.kind != PlatformKind::kDelivery && rule.gain != GainRule::kNone;
  if (changes_level && !rule.album_scope && !rule.track_scope)
    table.fail("scope", "a level that is changed needs a scope; write album, track or both");
  if (rule.kind == PlatformKind::kDelivery && rule.default_mode)
    table.fail("default_mode", "a delivery level is nobody's default; write false");
  if (rule.kind == PlatformKind::kRecommendation && rule.default_mode)
    table.fail("default_mode", "a recommendation is nobody's default; write false");
}

PlatformRule read_mode(const TableReader& table, const std::string& id, const std::string& mode) {
  table.allow_only({"name",
                    "kind",
                    "gain",
                    "reference_lufs",
                    "up_ceiling_dbtp",
                    "limiter_threshold_dbfs",
                    "scope",
                    "album_by",
                    "default_mode",
                    "tolerance_lu",
                    "ceiling_dbtp",
                    "loud_ceiling_dbtp",
                    "loud_above_lufs",
                    "codecs_as",
                    "codecs",
                    "note",
                    "source",
                    "dated",
                    "first_party",
                    "confidence"});
  PlatformRule rule;
  rule.id = id;
  rule.mode = mode;
  rule.name = table.text("name");
  rule.kind = one_of(table, "kind", kKinds);
  rule.gain = one_of(table, "gain", kGainRules);
  rule.reference_lufs = table.optional_number("reference_lufs", -40, 0);
  rule.up_ceiling_dbtp = table.optional_number("up_ceiling_dbtp", -12, 0);
  rule.limiter_threshold_dbfs = table.optional_number("limiter_threshold_dbfs", -12, 0);
  read_scope(table, rule);
  read_album_rule(table, rule);
  rule.default_mode = table.boolean("default_mode");
  rule.tolerance_lu = table.optional_number("tolerance_lu", 0, 10);
  rule.ceiling_dbtp = table.optional_number("ceiling_dbtp", -12, 0);
  rule.loud_ceiling_dbtp = table.optional_number("loud_ceiling_dbtp", -12, 0);
  rule.loud_above_lufs = table.optional_number("loud_above_lufs", -40, 0);
  if (table.has("codecs"))
    for (const TableReader& codec : table.tables("codecs")) rule.codecs.push_back(read_codec(codec));
  rule.note = table.text_or_empty("note");
  rule.source = table.text("source");
  rule.dated = table.text("dated");
  rule.first_party = table.boolean("first_party");
  rule.confidence = one_of(table, "confidence", kConfidences);
  check_gain(table, rule);
  return rule;
}

// Another mode's codecs, by "ID.MODE"; that mode must list its own.
void take_codecs(const TableReader& table, PlatformRule& rule, const std::vector<PlatformRule>& rules) {
  if (!table.has("codecs_as")) return;
  if (table.has("codecs")) table.fail("codecs_as", "codecs and codecs_as exclude each other; remove one");
  const std::string wanted = table.text("codecs_as");
  const auto found = std::find_if(rules.begin(), rules.end(), [&](const PlatformRule& other) {
    return other.id + "." + other.mode == wanted && !other.codecs.empty();
  });
  if (found == rules.end()) table.fail("codecs_as", "no mode above lists codecs under this name; correct it");
  rule.codecs = found->codecs;
}

}  // namespace

std::vector<PlatformRule> parse_platforms(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "collected", "platform"});
  file.integer("schema", 1, 1);
  file.text("collected");
  const TableReader platforms = file.table("platform");
  std::vector<PlatformRule> rules;
  for (const std::string& id : platforms.keys_in_file_order()) {
    const TableReader modes = platforms.table(id);
    for (const std::string& mode : modes.keys_in_file_order()) {
      const TableReader table = modes.table(mode);
      PlatformRule rule = read_mode(table, id, mode);
      take_codecs(table, rule, rules);
      rules.push_back(std::move(rule));
    }
  }
  return rules;
}

}  // namespace lacquer
