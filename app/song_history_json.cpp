#include "api/json_values.h"
#include "app/moment.h"
#include "app/song_history.h"
#include "app/version_changes.h"

namespace lacquer {
namespace {

Json base(const std::string& id, const char* kind, const std::string& title, const std::string& summary) {
  return {{"id", text(id)},
          {"kind", kind},
          {"topic", "history"},
          {"title", text(title)},
          {"summary", text(summary)}};
}

Json open_json(const CheckRecord& check) {
  Json open = Json::array();
  for (const OpenItem& one : open_items(check))
    open.push_back({{"kind", one.kind}, {"id", text(one.id)}, {"verdict", one.verdict}});
  return open;
}

Json optional_text(const std::string& value) { return value.empty() ? Json(nullptr) : text(value); }

Json changes_json(const std::vector<VersionChange>& changes) {
  Json all = Json::array();
  for (const VersionChange& change : changes)
    all.push_back({{"kind", text(change.kind)},
                   {"id", text(change.id)},
                   {"change", text(change.change)},
                   {"from", number(change.from, kShareDecimals)},
                   {"to", number(change.to, kShareDecimals)},
                   {"unit", optional_text(change.unit)},
                   {"text", text(change.text)}});
  return all;
}

Json version_json(const CheckRecord& check, std::size_t number_in_song, const CheckRecord* before) {
  const std::vector<VersionChange> changes =
      before != nullptr ? version_changes(*before, check) : std::vector<VersionChange>{};
  Json item =
      base("version-" + check.sha256.substr(0, 12), "version", "Version " + std::to_string(number_in_song),
           before != nullptr ? changes_text(changes, changes.size()) : "open: " + open_text(check));
  put_path(item, check.path);
  item["sha256"] = text(check.sha256);
  item["first_seen"] = optional_text(iso_time(check.first_seen_ms));
  item["last_checked"] = optional_text(iso_time(check.checked_ms));
  item["as"] = text(check.role);
  item["for"] = text(check.purpose);
  item["target"] = optional_text(check.target);
  item["readings"] = {{"duration_s", number(check.readings.duration_s, kTimeDecimals)},
                      {"integrated_lufs", level(check.readings.integrated_lufs)},
                      {"range_lu", level(check.readings.range_lu)},
                      {"true_dbtp", level(check.readings.true_dbtp)},
                      {"plr_db", level(check.readings.plr_db)},
                      {"mono_loss_db", level(check.readings.mono_loss_db)}};
  Json findings = Json::array();
  for (const Finding& finding : check.findings)
    findings.push_back(
        {{"item", finding.item}, {"id", text(finding.id)}, {"verdict", to_string(finding.verdict)}});
  Json faults = Json::array();
  for (const Fault& fault : check.faults)
    faults.push_back({{"id", text(fault.id)}, {"severity", to_string(fault.severity)}});
  Json words = Json::array();
  for (const Word& word : check.words)
    words.push_back({{"term", text(word.term)},
                     {"state", to_string(word.state)},
                     {"deviation_db", level(word.deviation_db)}});
  item["findings"] = findings;
  item["faults"] = faults;
  item["words"] = words;
  item["open"] = open_json(check);
  item["changes"] = changes_json(changes);
  return item;
}

Json master_item(const MasterRecord& master, std::size_t number_in_song) {
  Json item =
      base("master-" + std::to_string(number_in_song), "master", "Master " + std::to_string(number_in_song),
           levels_text(master.integrated_lufs, master.true_dbtp));
  put_path(item, master.path);
  item["mix_sha256"] = text(master.mix_sha256);
  item["made"] = optional_text(iso_time(master.made_ms));
  item["integrated_lufs"] = level(master.integrated_lufs);
  item["true_dbtp"] = level(master.true_dbtp);
  return item;
}

}  // namespace

Json songs_json(const std::vector<KnownSong>& songs) {
  Json items = Json::array();
  for (const KnownSong& song : songs) {
    const std::string open = song.last ? "; open: " + open_text(*song.last) : "";
    Json item = base("song-" + std::to_string(song.summary.id), "song", song_title(song.summary),
                     counts_text(song.summary) + open);
    item["name"] = optional_text(song.summary.name);
    put_path(item, song.summary.path);
    item["versions"] = song.summary.versions;
    item["masters"] = song.summary.masters;
    item["first_seen"] = optional_text(iso_time(song.summary.first_seen_ms));
    item["last_checked"] = optional_text(iso_time(song.summary.last_checked_ms));
    item["open"] = song.last ? open_json(*song.last) : Json::array();
    items.push_back(std::move(item));
  }
  return items_json(std::move(items));
}

Json song_json(const SongHistory& song) {
  Json items = Json::array();
  const CheckRecord* before = nullptr;
  for (const CheckRecord& check : song.versions) {
    items.push_back(version_json(check, items.size() + 1, before));
    before = &check;
  }
  for (std::size_t i = 0; i < song.masters.size(); ++i) items.push_back(master_item(song.masters[i], i + 1));
  return items_json(std::move(items));
}

}  // namespace lacquer
