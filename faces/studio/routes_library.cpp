#include <httplib.h>

#include "faces/studio/replies.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

constexpr std::size_t kMostQueryBytes = 200;

// A page that lacquer writes: it carries its own style and no script.
void reply_page(Response& to, std::string html) {
  to.set_header(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox allow-modals allow-popups");
  reply_text(to, std::move(html), "text/html; charset=utf-8");
}

}  // namespace

// What the command line answers at once, asked of the command line itself.
void Server::library_routes() {
  http_->Get("/api/history", [this](const Request&, Response& response) {
    reply_text(response, ask(programs_, {"history", "--json"}), "application/json");
  });
  http_->Get("/api/library/find", [this](const Request& request, Response& response) {
    const std::string query = request.get_param_value("q");
    if (query.size() > kMostQueryBytes)
      throw Refused(400, "the question is longer than 200 letters; shorten it");
    reply_text(response, ask(programs_, {"find", "--json", "--", query}), "application/json");
  });
  for (const auto& [path, command] : {std::pair("sheets", "sheets"), std::pair("lessons", "learn")})
    http_->Get(std::string("/api/library/") + path,
               [this, command = std::string(command)](const Request&, Response& response) {
                 reply_text(response, ask(programs_, {command, "--json"}), "application/json");
               });
  http_->Get(R"(/api/library/(sheets|lessons)/([a-z0-9-]{1,64})/(page|print))", [this](const Request& request,
                                                                                       Response& response) {
    const std::string command = request.matches[1].str() == "sheets" ? "sheets" : "learn";
    const bool page = request.matches[3].str() == "page";
    std::string bytes = written_by(programs_, {command, request.matches[2].str()}, page ? "html" : "pdf");
    if (page) return reply_page(response, std::move(bytes));
    reply_text(response, std::move(bytes), "application/pdf");
  });
  http_->Get("/api/platforms", [this](const Request&, Response& response) {
    reply_text(response, ask(programs_, {"platforms", "--json"}), "application/json");
  });
}

}  // namespace lacquer::studio
