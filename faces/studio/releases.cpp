#include "faces/studio/releases.h"

#include <algorithm>

#include "app/file_error.h"
#include "app/release.h"
#include "app/whole_file.h"
#include "faces/studio/replies.h"
#include "faces/studio/uploads.h"

namespace lacquer::studio {
namespace {

namespace fs = std::filesystem;

constexpr const char* kChecked = "checked.json";
constexpr const char* kFiles = "Release";
constexpr std::size_t kMostReleases = 100;

}  // namespace

fs::path Releases::home(const std::string& id) const {
  std::error_code failed;
  if (!is_id(id) || !fs::is_directory(folder_ / id, failed))
    throw Refused(404, "this release is no longer in the studio");
  return folder_ / id;
}

fs::path Releases::files(const std::string& id) const { return home(id) / kFiles; }

Json Releases::list() const {
  std::vector<std::pair<fs::file_time_type, std::string>> found;
  std::error_code failed;
  for (auto place = fs::directory_iterator(folder_, failed); place != fs::directory_iterator(); ++place)
    if (is_id(place->path().filename().string()))
      found.emplace_back(place->last_write_time(failed), place->path().filename().string());
  std::sort(found.rbegin(), found.rend());
  Json releases = Json::array();
  for (const auto& [when, id] : found) releases.push_back(describe(id));
  return {{"releases", std::move(releases)}};
}

std::string Releases::add() const {
  if (list()["releases"].size() >= kMostReleases)
    throw Refused(400, "there are 100 releases already; take one away first");
  const std::string id = new_id();
  fs::create_directories(folder_ / id / kFiles);
  return id;
}

void Releases::remove(const std::string& id) const { fs::remove_all(home(id)); }

Json Releases::describe(const std::string& id) const {
  Json files = Json::array();
  for (const KeptFile& file : files_below(this->files(id)))
    if (file.name != kReleaseFile) files.push_back({{"name", file.name}, {"bytes", file.bytes}});
  Json checked = Json::parse(text_of_file(home(id) / kChecked), nullptr, false);
  if (!checked.is_object()) checked = nullptr;
  const bool titled = checked.is_object() && checked.contains("release");
  return {{"id", id},
          {"title", titled ? checked["release"]["title"] : Json("New release")},
          {"files", std::move(files)},
          {"about", text_of_file(this->files(id) / kReleaseFile)},
          {"checked", std::move(checked)}};
}

std::string Releases::written(const std::string& id, const std::string& name) const {
  const std::string bytes = text_of_file(place_below(home(id), name));
  if (bytes.empty()) throw Refused(404, "this is not there yet; check the release first");
  return bytes;
}

void Releases::keep_about(const std::string& id, std::string_view toml) const {
  write_whole_file(files(id) / kReleaseFile, toml);
}

void Releases::write_template(const std::string& id) const { write_release_template(files(id)); }

Work Releases::check_work(const std::string& id) const {
  const fs::path home = this->home(id);
  return [this, home](const ProgressCallback& progress) {
    fs::remove(home / kChecked);
    const std::vector<std::string> words = {"release",
                                            (home / kFiles).string(),
                                            "--json",
                                            "--pdf",
                                            (home / "readiness.pdf").string(),
                                            "--html",
                                            (home / "readiness.html").string(),
                                            "--ics",
                                            (home / "dates.ics").string()};
    // A file that cannot be read fails the command, and all others are checked all the same.
    Json checked = Json::parse(run_lacquer(programs_, words, progress, true));
    if (checked.contains("release")) {
      checked["release"].erase("path");
      checked["release"].erase("path_bytes");
    }
    write_whole_file(home / kChecked, dump(checked));
  };
}

}  // namespace lacquer::studio
