#include <httplib.h>

#include "faces/studio/replies.h"
#include "faces/studio/server.h"
#include "faces/studio/uploads.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

const std::string kReleasePath = R"(/api/releases/([0-9a-f]{16}))";

}  // namespace

void Server::release_routes() {
  const auto describe = [this](const Request& request, Response& response) {
    reply(response, releases_.describe(request.matches[1].str()));
  };
  http_->Get("/api/releases",
             [this](const Request&, Response& response) { reply(response, releases_.list()); });
  http_->Post("/api/releases", [this](const Request&, Response& response) {
    response.status = 201;
    reply(response, releases_.describe(releases_.add()));
  });
  http_->Get(kReleasePath, describe);
  http_->Delete(kReleasePath, [this](const Request& request, Response& response) {
    const std::string id = request.matches[1].str();
    releases_.files(id);
    jobs_.cancel_song("release-" + id);
    releases_.remove(id);
    reply(response, Json::object());
  });
  http_->Post(kReleasePath + "/files", [this, describe](const Request& request, Response& response,
                                                        const httplib::ContentReader& read) {
    Upload arriving(home_, releases_.files(request.matches[1].str()), request.get_param_value("name"));
    take_file(request, read, arriving);
    arriving.keep();
    response.status = 201;
    describe(request, response);
  });
  http_->Delete(kReleasePath + "/files", [this, describe](const Request& request, Response& response) {
    std::filesystem::remove(
        place_below(releases_.files(request.matches[1].str()), request.get_param_value("name")));
    describe(request, response);
  });
  http_->Put(kReleasePath + "/about", [this, describe](const Request& request, Response& response) {
    releases_.keep_about(request.matches[1].str(), request.body);
    describe(request, response);
  });
  http_->Post(kReleasePath + "/template", [this, describe](const Request& request, Response& response) {
    releases_.write_template(request.matches[1].str());
    describe(request, response);
  });
  http_->Post(kReleasePath + "/check", [this](const Request& request, Response& response) {
    const std::string id = request.matches[1].str();
    const auto job = jobs_.start("release-" + id, "release", releases_.check_work(id));
    response.status = 202;
    reply(response, {{"job", job}});
  });
  http_->Get(kReleasePath + R"(/(readiness\.pdf|readiness\.html|dates\.ics))", [this](const Request& request,
                                                                                      Response& response) {
    const std::string name = request.matches[2].str();
    std::string bytes = releases_.written(request.matches[1].str(), name);
    if (name == "readiness.html") return reply_page(response, std::move(bytes));
    if (name == "dates.ics")
      return reply_download(response, std::move(bytes), "text/calendar; charset=utf-8", "release.ics");
    reply_text(response, std::move(bytes), "application/pdf");
  });
}

}  // namespace lacquer::studio
