#include <httplib.h>

#include "api/plan_json.h"
#include "api/plan_toml.h"
#include "faces/studio/replies.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

// { from_s, to_s, way, low_hz?, high_hz?, name?, plan? }
ListeningRequest listening_request(const nlohmann::json& asked) {
  ListeningRequest request;
  const auto number = [&](const char* key) {
    return asked.contains(key) && asked[key].is_number() ? asked[key].get<double>() : 0.0;
  };
  const auto word = [&](const char* key, const char* otherwise) {
    return asked.contains(key) && asked[key].is_string() ? asked[key].get<std::string>() : otherwise;
  };
  request.from_s = number("from_s");
  request.to_s = number("to_s");
  request.way = word("way", "whole");
  request.low_hz = number("low_hz");
  request.high_hz = number("high_hz");
  request.name = word("name", "");
  if (asked.contains("plan") && asked["plan"].is_object())
    request.plan = plan_from_json(asked["plan"].dump());
  return request;
}

}  // namespace

void Server::listening_routes() {
  http_->Post(kSongPath + "/passage", [this](const Request& request, Response& response) {
    const std::string id = request.matches[1].str();
    const ListeningRequest asked = listening_request(body_object(request));
    const auto listening = songs_.listening(id);
    using Where = Listening::Where;
    const HeardPassage heard =
        asked.way == "reference" ? listening->hear_beside(asked.from_s, asked.to_s,
                                                          songs_.reference(id, asked.name), Where::kLoudest)
        : asked.way == "version"
            ? listening->hear_beside(asked.from_s, asked.to_s, songs_.folder(asked.name), Where::kSameSeconds)
            : listening->hear(asked);
    response.set_header("X-Gain-Db", std::to_string(heard.gain_db));
    response.set_header("X-Short-Of-Lu", std::to_string(heard.short_of_lu));
    reply_text(response, heard.wav, "audio/wav");
  });
  // The plan as the file that the command line reads, and back.
  http_->Post("/api/plan/write", [](const Request& request, Response& response) {
    reply_text(response, plan_to_toml(plan_from_json(body_object(request).dump())), "application/toml");
  });
  http_->Post("/api/plan/read", [](const Request& request, Response& response) {
    reply(response, plan_json(plan_from_toml(request.body)));
  });
}

}  // namespace lacquer::studio
