#include "faces/studio/songs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "app/file_error.h"
#include "app/moment.h"
#include "app/whole_file.h"
#include "faces/studio/uploads.h"

namespace lacquer::studio {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostListened = 4;
constexpr std::size_t kMostNameBytes = 200;
constexpr const char* kReferences = "references";
constexpr int kMostReferences = 9;

// ".flac" of "My Song.FLAC"; empty where the ending is unusual. Only the decoder's error messages care.
std::string plain_ending(const std::string& file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string::npos || file_name.size() - dot > 6) return "";
  std::string ending;
  for (const char c : file_name.substr(dot + 1)) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0) return "";
    ending += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return ending.empty() ? "" : "." + ending;
}

// What a browser gave as a file's name, without folders and control characters.
std::string shown_name(std::string name) {
  name = name.substr(name.find_last_of("/\\") + 1);
  std::string shown;
  for (const char c : name)
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F) shown += c;
  if (shown.size() > kMostNameBytes) {
    shown.resize(kMostNameBytes);
    while (!shown.empty() && (static_cast<unsigned char>(shown.back()) & 0xC0U) == 0x80U) shown.pop_back();
    if (!shown.empty() && static_cast<unsigned char>(shown.back()) >= 0xC0U) shown.pop_back();
  }
  return shown.empty() ? "untitled" : shown;
}

std::string without_ending(const std::string& name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return in ? text.str() : "";
}

// STEM.EXT in a folder.
fs::path file_called(const fs::path& folder, const std::string& stem) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder))
    if (entry.path().stem() == stem) return entry.path();
  throw Error("the file of this song is gone; open it again");
}

Json length_of(const ProxyInfo& info) {
  return {{"duration_s", info.duration_s()},
          {"sample_rate_hz", info.sample_rate_hz},
          {"channels", info.channels}};
}

}  // namespace

bool is_plain_name(const std::string& name) {
  return !name.empty() && name.size() <= 64 && name.front() != '-' &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos;
}

Songs::Songs(fs::path folder) : folder_(std::move(folder)) {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  if (failed)
    throw Error("the studio's folder cannot be made (" + failed.message() +
                "); check its permissions, or set LACQUER_DATA to another folder");
  fs::permissions(folder_, fs::perms::owner_all, failed);
  // What an earlier studio had no time to finish.
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, failed))
    if (entry.path().extension() == ".part") fs::remove_all(entry.path(), failed);
  for (const fs::directory_entry& song : fs::directory_iterator(folder_, failed))
    for (const fs::directory_entry& entry : fs::directory_iterator(song.path() / kReferences, failed))
      if (entry.path().extension() == ".part") fs::remove_all(entry.path(), failed);
}

std::vector<std::string> Songs::ids() const {
  std::vector<std::pair<std::int64_t, std::string>> found;
  std::error_code failed;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder_, failed)) {
    const std::string id = entry.path().filename().string();
    if (is_id(id)) found.emplace_back(-describe(id).value("added_ms", std::int64_t{0}), id);
  }
  std::sort(found.begin(), found.end());
  std::vector<std::string> ids;
  for (auto& [added, id] : found) ids.push_back(std::move(id));
  return ids;
}

bool Songs::has(const std::string& id) const {
  std::error_code failed;
  return is_id(id) && fs::is_directory(folder_ / id, failed);
}

fs::path Songs::folder(const std::string& id) const {
  if (!has(id)) throw Error("this song is no longer in the studio; open it again");
  return folder_ / id;
}

fs::path Songs::source(const std::string& id) const { return file_called(folder(id), "source"); }

Json Songs::describe(const std::string& id) const {
  const fs::path home = folder(id);
  const auto told = nlohmann::json::parse(text_of(home / "song.json"), nullptr, false);
  Json song = {{"id", id}, {"name", "untitled"}, {"added_ms", 0}, {"bytes", 0}, {"decoded", nullptr}};
  if (told.is_object())
    for (const char* key : {"name", "song", "added_ms", "bytes"})
      if (told.contains(key)) song[key] = told[key];
  if (!song.contains("song")) song["song"] = without_ending(song["name"]);
  std::error_code failed;
  if (fs::exists(home / "audio.wav", failed)) song["decoded"] = length_of(Proxy(home / "audio.wav").info());
  Json references = Json::array();
  for (const fs::path& file : reference_files(id)) {
    const fs::path there = file.parent_path();
    const auto known = nlohmann::json::parse(text_of(there / "song.json"), nullptr, false);
    references.push_back({{"number", there.filename().string()},
                          {"name", known.is_object() ? known.value("name", "untitled") : "untitled"},
                          {"duration_s", Proxy(there / "audio.wav").info().duration_s()}});
  }
  song["references"] = std::move(references);
  Json documents = Json::array(), masters = Json::array();
  for (const fs::directory_entry& entry : fs::directory_iterator(home, failed))
    if (entry.path().extension() == ".json" && entry.path().stem() != "song")
      documents.push_back(entry.path().stem().string());
  for (const fs::directory_entry& entry : fs::directory_iterator(home / "masters", failed))
    if (fs::exists(entry.path() / "master.json", failed)) masters.push_back(entry.path().filename().string());
  std::sort(documents.begin(), documents.end());
  std::sort(masters.begin(), masters.end());
  song["documents"] = std::move(documents);
  song["masters"] = std::move(masters);
  return song;
}

Songs::Arriving::Arriving(const fs::path& into, const std::string& id, const std::string& stem,
                          const std::string& file_name, const std::string& song)
    : folder_(into / (id + ".part")), id_(id), name_(shown_name(file_name)), song_(song) {
  fs::create_directories(folder_);
  file_ = folder_ / (stem + plain_ending(name_));
  descriptor_ = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor_ < 0) throw Error("the studio's folder cannot be written; check its disk and permissions");
}

Songs::Arriving Songs::new_song(const std::string& file_name, const std::string& version_of) const {
  const std::string song = version_of.empty() ? "" : describe(version_of).value("song", "");
  return Arriving(folder_, new_id(), "source", file_name, song);
}

Songs::Arriving Songs::new_reference(const std::string& id, const std::string& file_name) const {
  const fs::path into = folder(id) / kReferences;
  for (int number = 1; number <= kMostReferences; ++number) {
    const std::string name = std::to_string(number);
    std::error_code failed;
    if (!fs::exists(into / name, failed) && !fs::exists(into / (name + ".part"), failed))
      return Arriving(into, name, "reference-" + name, file_name, "");
  }
  throw Error("nine references are enough; remove one first");
}

std::vector<fs::path> Songs::reference_files(const std::string& id) const {
  std::vector<fs::path> files;
  const fs::path home = folder(id);
  for (int number = 1; number <= kMostReferences; ++number) {
    const std::string name = std::to_string(number);
    std::error_code failed;
    if (fs::exists(home / kReferences / name / "audio.wav", failed))
      files.push_back(file_called(home / kReferences / name, "reference-" + name));
  }
  return files;
}

fs::path Songs::reference(const std::string& id, const std::string& number) const {
  for (const fs::path& file : reference_files(id))
    if (file.parent_path().filename() == number) return file.parent_path();
  throw Error("this reference is no longer here; load the page again");
}

void Songs::remove_reference(const std::string& id, const std::string& number) const {
  const fs::path home = reference(id, number);
  const fs::path going = home.string() + ".part";
  fs::rename(home, going);
  fs::remove_all(going);
}

Songs::Arriving::~Arriving() {
  if (descriptor_ >= 0) ::close(descriptor_);
  std::error_code ignored;
  if (!kept_) fs::remove_all(folder_, ignored);
}

void Songs::Arriving::write(const char* bytes, std::size_t count) {
  bytes_ += static_cast<std::int64_t>(count);
  if (bytes_ > kMostSongBytes) throw Error("the file is larger than 6 GiB; cut it into parts");
  write_to_disk(descriptor_, bytes, count);
}

std::string Songs::Arriving::keep() {
  ::close(descriptor_);
  descriptor_ = -1;
  const auto bytes = static_cast<std::int64_t>(fs::file_size(file_));
  if (bytes == 0) throw Error("the file is empty; export it again");
  Json song = {{"name", name_}, {"added_ms", now_ms()}, {"bytes", bytes}};
  if (!song_.empty()) song["song"] = song_;
  write_whole_file(folder_ / "song.json", dump(song));
  fs::rename(folder_, folder_.parent_path() / id_);
  kept_ = true;
  return id_;
}

void Songs::remove(const std::string& id) {
  const fs::path home = folder(id);
  {
    const std::lock_guard lock(mutex_);
    std::erase_if(listening_, [&](const auto& one) { return one.first == id; });
  }
  // Under another name first, so that nobody finds half a song.
  const fs::path going = home.string() + ".part";
  fs::rename(home, going);
  fs::remove_all(going);
}

std::string Songs::document(const std::string& id, const std::string& name) const {
  if (!is_plain_name(name)) throw Error("there is no such document");
  return text_of(folder(id) / (name + ".json"));
}

void Songs::keep_document(const std::string& id, const std::string& name, std::string_view text) const {
  if (!is_plain_name(name) || name == "song") throw Error("there is no such document");
  write_whole_file(folder(id) / (name + ".json"), text);
}

std::shared_ptr<Listening> Songs::listening(const std::string& id) {
  const fs::path home = folder(id);
  const std::lock_guard lock(mutex_);
  const auto known =
      std::find_if(listening_.begin(), listening_.end(), [&](const auto& one) { return one.first == id; });
  auto one = known == listening_.end() ? std::pair(id, std::make_shared<Listening>(home)) : *known;
  if (known != listening_.end()) listening_.erase(known);
  listening_.push_back(one);
  if (listening_.size() > kMostListened) listening_.erase(listening_.begin());
  return one.second;
}

}  // namespace lacquer::studio
