#include <httplib.h>

#include "api/plan_json.h"
#include "faces/studio/replies.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

// { from_s, to_s, way, low_hz?, high_hz?, system?, plan? }
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
  request.system = word("system", "");
  if (asked.contains("plan") && asked["plan"].is_object())
    request.plan = plan_from_json(asked["plan"].dump());
  return request;
}

}  // namespace

void Server::listening_routes() {
  http_->Post(kSongPath + "/passage", [this](const Request& request, Response& response) {
    HeardPassage heard =
        songs_.listening(request.matches[1].str())->hear(listening_request(body_object(request)));
    response.set_header("X-Gain-Db", std::to_string(heard.gain_db));
    response.set_header("X-Short-Of-Lu", std::to_string(heard.short_of_lu));
    reply_text(response, std::move(heard.wav), "audio/wav");
  });
}

}  // namespace lacquer::studio
