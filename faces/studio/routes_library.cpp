#include <httplib.h>

#include "faces/studio/replies.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

}  // namespace

// What the command line answers at once, asked of the command line itself.
void Server::library_routes() {
  http_->Get("/api/history", [this](const Request&, Response& response) {
    reply_text(response, ask(programs_, {"history", "--json"}), "application/json");
  });
  http_->Get("/api/platforms", [this](const Request&, Response& response) {
    reply_text(response, ask(programs_, {"platforms", "--json"}), "application/json");
  });
}

}  // namespace lacquer::studio
