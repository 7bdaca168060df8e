#include <httplib.h>

#include "app/waveform.h"
#include "faces/studio/replies.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

Json song_json(const Songs& songs, Jobs& jobs, const std::string& id) {
  Json song = songs.describe(id);
  Json running = Json::array();
  for (const Job& job : jobs.all())
    if (job.song == id) running.push_back(job_json(job));
  song["jobs"] = std::move(running);
  return song;
}

// Low, high and RMS of each column, 16-bit little-endian.
std::string bytes_of(const Waveform& waveform) {
  return {reinterpret_cast<const char*>(waveform.columns.data()),
          waveform.columns.size() * sizeof(WaveformColumn)};
}

struct MasterFile {
  std::string_view asked;
  std::vector<std::string_view> names;  // the first that is there
  const char* type;
  bool is_page = false;
};

const std::vector<MasterFile>& master_files() {
  static const std::vector<MasterFile> all = {
      {"audio", {"master.wav", "master.flac", "master.aiff"}, "application/octet-stream", false},
      {"report", {"report.html"}, "text/html; charset=utf-8", true},
      {"paper", {"report.pdf"}, "application/pdf", false},
      {"plan", {"plan.toml"}, "application/toml", false},
      {"result", {"master.json"}, "application/json", false},
  };
  return all;
}

}  // namespace

void Server::song_routes() {
  http_->Get("/api/songs", [this](const Request&, Response& response) {
    Json list = Json::array();
    for (const std::string& id : songs_.ids()) list.push_back(songs_.describe(id));
    reply(response, {{"songs", std::move(list)}});
  });
  const auto begin = [this](const std::string& id, Response& response) {
    // Both at once: the picture of the song is there before anything is judged.
    for (const char* command : {"decode", "check"})
      jobs_.start(id, command, work_for(command, nlohmann::json::object(), id, songs_, programs_));
    response.status = 201;
    reply(response, song_json(songs_, jobs_, id));
  };
  http_->Post("/api/songs",
              [this, begin](const Request& request, Response& response, const httplib::ContentReader& read) {
                Songs::Arriving arriving =
                    songs_.new_song(request.get_param_value("name"), request.get_param_value("version_of"));
                take_file(request, read, arriving);
                begin(arriving.keep(), response);
              });
  http_->Post("/api/demo", [this, begin](const Request&, Response& response) {
    begin(demo_song(songs_, programs_), response);
  });
  http_->Get(kSongPath, [this](const Request& request, Response& response) {
    reply(response, song_json(songs_, jobs_, request.matches[1].str()));
  });
  http_->Delete(kSongPath, [this](const Request& request, Response& response) {
    const std::string id = request.matches[1].str();
    jobs_.cancel_song(id);
    songs_.remove(id);
    reply(response, Json::object());
  });
  http_->Post(kSongPath + R"(/run/([a-z]{1,20}))", [this](const Request& request, Response& response) {
    const std::string id = request.matches[1].str(), command = request.matches[2].str();
    songs_.folder(id);
    const auto job = jobs_.start(id, command, work_for(command, body_object(request), id, songs_, programs_));
    response.status = 202;
    reply(response, {{"job", job}});
  });
  http_->Get(kSongPath + R"(/documents/([a-z0-9-]{1,40}))",
             [this](const Request& request, Response& response) {
               std::string text = songs_.document(request.matches[1].str(), request.matches[2].str());
               if (text.empty()) throw Refused(404, "this is not there yet");
               reply_text(response, std::move(text), "application/json");
             });
  // What the user writes about a song: what was noticed, verdicts by ear, the plan as it is being changed.
  http_->Put(kSongPath + R"(/documents/(notes|draft))", [this](const Request& request, Response& response) {
    const nlohmann::json document = body_object(request);
    songs_.keep_document(request.matches[1].str(), request.matches[2].str(), document.dump());
    reply(response, Json::object());
  });
  // Records of the user's own that the song is judged against.
  http_->Post(kSongPath + "/references",
              [this](const Request& request, Response& response, const httplib::ContentReader& read) {
                const std::string id = request.matches[1].str();
                Songs::Arriving arriving = songs_.new_reference(id, request.get_param_value("name"));
                take_file(request, read, arriving);
                decode(programs_, arriving.file(), arriving.folder(), {});
                arriving.keep();
                response.status = 201;
                reply(response, song_json(songs_, jobs_, id));
              });
  http_->Delete(kSongPath + R"(/references/([1-9]))", [this](const Request& request, Response& response) {
    const std::string id = request.matches[1].str();
    songs_.remove_reference(id, request.matches[2].str());
    reply(response, song_json(songs_, jobs_, id));
  });
  // Every version of the song, and what changed from one to the next.
  http_->Get(kSongPath + "/history", [this](const Request& request, Response& response) {
    const std::string name = songs_.describe(request.matches[1].str()).value("song", "");
    reply_text(response, ask(programs_, {"history", "--json", "--song=" + name}), "application/json");
  });
  http_->Get(kSongPath + "/loudness", [this](const Request& request, Response& response) {
    reply_file(response, songs_.folder(request.matches[1].str()) / "loudness.bin",
               "application/octet-stream");
  });
  http_->Get(kSongPath + "/overview", [this](const Request& request, Response& response) {
    const Waveform waveform = waveform_of(
        songs_.folder(request.matches[1].str()), query_number(request, "from", 0.0),
        query_number(request, "to", 0.0), static_cast<int>(query_number(request, "columns", 0.0)));
    response.set_header("X-Duration-S", std::to_string(waveform.duration_s));
    reply_text(response, bytes_of(waveform), "application/octet-stream");
  });
  http_->Get(kSongPath + "/audio", [this](const Request& request, Response& response) {
    reply_file(response, songs_.folder(request.matches[1].str()) / "audio.wav", "audio/wav");
  });
  http_->Get(
      kSongPath + R"(/masters/(\d{1,6})/([a-z]{1,20}))", [this](const Request& request, Response& response) {
        const auto folder = songs_.folder(request.matches[1].str()) / "masters" / request.matches[2].str();
        for (const MasterFile& file : master_files()) {
          if (file.asked != request.matches[3].str()) continue;
          for (const std::string_view name : file.names) {
            std::error_code failed;
            if (!std::filesystem::exists(folder / name, failed)) continue;
            // A report carries its own style and no script; it may be looked at and nothing else.
            if (file.is_page)
              response.set_header(
                  "Content-Security-Policy",
                  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals");
            else if (file.asked == "audio")
              response.set_header("Content-Disposition", "attachment");  // the page gives it the song's name
            return reply_file(response, folder / name, file.type);
          }
        }
        throw Refused(404, "this master is not there");
      });
}

}  // namespace lacquer::studio
