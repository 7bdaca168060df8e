#include "decisions/release.h"

#include <algorithm>

#include "decisions/read_days.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostShares = 200;
constexpr std::size_t kMostText = 10'000;  // bytes

std::string text(const TableReader& table, std::string_view key) {
  if (!table.has(key)) return {};
  std::string value = table.string(key);
  if (value.size() > kMostText) table.fail(key, "the text is too long; keep it below 10,000 bytes");
  return value;
}

std::vector<std::string> texts(const TableReader& table, std::string_view key) {
  if (!table.has(key)) return {};
  std::vector<std::string> values = table.texts(key);
  if (values.size() > kMostShares) table.fail(key, "the list is too long; keep it below 200 entries");
  values.erase(std::remove(values.begin(), values.end(), std::string()), values.end());
  return values;
}

std::optional<bool> yes(const TableReader& table, std::string_view key) {
  return table.has(key) ? std::optional(table.boolean(key)) : std::nullopt;
}

std::vector<RightsShare> shares(const TableReader& table, std::string_view key) {
  std::vector<RightsShare> all;
  if (!table.has(key)) return all;
  for (const TableReader& one : table.tables(key)) {
    one.allow_only({"name", "role", "share_pct", "society", "ipi", "publisher", "contact", "signed"});
    all.push_back({text(one, "name"), text(one, "role"), one.number("share_pct", 0.0, 100.0),
                   text(one, "society"), text(one, "ipi"), text(one, "publisher"), text(one, "contact"),
                   read_day(one, "signed")});
  }
  if (all.size() > kMostShares) table.fail(key, "the list is too long; keep it below 200 entries");
  return all;
}

ReleaseTrack read_track(const TableReader& table) {
  table.allow_only({"file", "title", "version", "featured", "isrc", "explicit", "composers", "producer",
                    "instrumental", "lyrics", "samples", "composition", "master"});
  ReleaseTrack track;
  track.file = table.text("file");
  track.title = text(table, "title");
  track.version = text(table, "version");
  track.featured = texts(table, "featured");
  track.isrc = text(table, "isrc");
  track.explicit_lyrics = yes(table, "explicit");
  track.composers = texts(table, "composers");
  track.producer = text(table, "producer");
  track.instrumental = yes(table, "instrumental").value_or(false);
  track.lyrics = text(table, "lyrics");
  track.samples = text(table, "samples");
  track.composition = shares(table, "composition");
  track.master = shares(table, "master");
  return track;
}

void read_distributor(const TableReader& table, ReleaseInfo& release) {
  table.allow_only({"name", "fee", "exit", "territories", "lead_days"});
  release.distributor = text(table, "name");
  release.fee = text(table, "fee");
  release.exit_rule = text(table, "exit");
  release.territories = text(table, "territories");
  release.lead_days = table.optional_integer("lead_days", 0, 365);
}

void read_registrations(const TableReader& table, ReleaseInfo& release) {
  table.allow_only({"performing_rights", "mechanicals", "neighbouring_rights"});
  release.performing_rights = text(table, "performing_rights");
  release.mechanicals = text(table, "mechanicals");
  release.neighbouring_rights = text(table, "neighbouring_rights");
}

Deal read_deal(const TableReader& table) {
  constexpr double kLeast = 1e-9;
  table.allow_only({"advance", "share_pct", "costs", "per_stream", "per_unit"});
  Deal deal;
  deal.advance = table.number("advance", 0.0, kMostDeal);
  deal.share = table.number("share_pct", 0.01, 100.0) / 100.0;
  deal.costs = table.optional_number("costs", 0.0, kMostDeal).value_or(0.0);
  deal.per_stream = table.optional_number("per_stream", kLeast, kMostDeal);
  deal.per_unit = table.optional_number("per_unit", kLeast, kMostDeal);
  return deal;
}

void read_tracks(const TableReader& file, ReleaseInfo& release) {
  const std::vector<RightsShare> composition = shares(file, "composition");
  const std::vector<RightsShare> master = shares(file, "master");
  const std::optional<bool> explicit_lyrics = yes(file, "explicit");
  if (!file.has("track")) return;
  for (const TableReader& table : file.tables("track")) {
    if (release.tracks.size() == kMostTracks)
      table.fail("file", "a release holds at most 1,000 tracks here; split it");
    ReleaseTrack track = read_track(table);
    if (track.composition.empty()) track.composition = composition;
    if (track.master.empty()) track.master = master;
    if (!track.explicit_lyrics) track.explicit_lyrics = explicit_lyrics;
    release.tracks.push_back(std::move(track));
  }
}

void read_done(const TableReader& file, ReleaseInfo& release, const ReleaseRules& rules) {
  release.done = texts(file, "done");
  for (const std::string& id : release.done)
    if (std::none_of(rules.milestones.begin(), rules.milestones.end(),
                     [&](const Milestone& one) { return one.id == id; }))
      file.fail("done", "there is no step " + id + "; the template names them");
}

}  // namespace

ReleaseInfo parse_release(std::string_view text_of_file, const std::string& name, const ReleaseRules& rules) {
  const toml::table parsed = parse_toml(text_of_file, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema",      "title",        "version",   "artist",   "artist_ids",  "label",
                   "upc",         "genre",        "language",  "explicit", "p_line",      "c_line",
                   "artwork",     "release_date", "time_zone", "done",     "distributor", "registrations",
                   "composition", "master",       "track",     "deal"});
  file.integer("schema", 1, 1);
  ReleaseInfo release;
  const std::pair<std::string_view, std::string*> fields[] = {{"title", &release.title},
                                                              {"version", &release.version},
                                                              {"artist", &release.artist},
                                                              {"label", &release.label},
                                                              {"upc", &release.upc},
                                                              {"genre", &release.genre},
                                                              {"language", &release.language},
                                                              {"p_line", &release.p_line},
                                                              {"c_line", &release.c_line},
                                                              {"artwork", &release.artwork},
                                                              {"time_zone", &release.time_zone}};
  for (const auto& [key, into] : fields) *into = text(file, key);
  release.artist_ids = texts(file, "artist_ids");
  release.date = read_day(file, "release_date");
  read_done(file, release, rules);
  if (file.has("distributor")) read_distributor(file.table("distributor"), release);
  if (file.has("registrations")) read_registrations(file.table("registrations"), release);
  read_tracks(file, release);
  if (file.has("deal")) release.deal = read_deal(file.table("deal"));
  return release;
}

std::string track_name(const ReleaseTrack& track) {
  if (track.title.empty()) return track.file;
  return track.title + (track.version.empty() ? "" : " (" + track.version + ")");
}

}  // namespace lacquer
