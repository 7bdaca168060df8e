#include "faces/studio/server.h"

#include <httplib.h>

#include <regex>

#include "api/facts.h"
#include "app/deliveries.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "app/workbook_export.h"
#include "faces/studio/pages.h"
#include "faces/studio/replies.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

constexpr std::int64_t kMostBodyBytes = 2 << 20;                             // of anything but a song
constexpr auto kMostExported = static_cast<std::int64_t>(kMostExportBytes);  // of a workbook
constexpr int kThreads = 24;  // a page keeps one for its events
constexpr int kHeartbeatMs = 10'000;

constexpr const char* kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src "
    "'self'; "
    "media-src 'self' blob:; font-src 'self'; frame-src 'self'; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'none'";

// What arrives as a file of the user's own.
bool is_upload(const Request& request) {
  static const std::regex files(
      R"(/api/(songs(/[0-9a-f]{16}/references)?|(lessons/[a-z0-9-]{1,64}|releases/[0-9a-f]{16})/files))");
  return request.method == "POST" && std::regex_match(request.path, files);
}

std::int64_t most_bytes(const Request& request) {
  if (is_upload(request)) return kMostSongBytes;
  return request.path == "/api/workbook/import" ? kMostExported : kMostBodyBytes;
}

// A body that is too large is refused before any of it is read.
bool is_too_large(const Request& request) {
  if (request.method != "POST" && request.method != "PUT") return false;
  const std::string length = request.get_header_value("Content-Length");
  if (length.empty()) return request.has_header("Transfer-Encoding") && !is_upload(request);
  constexpr std::size_t kMostDigits = 15;
  if (length.size() > kMostDigits || length.find_first_not_of("0123456789") != std::string::npos) return true;
  return std::stoll(length) > most_bytes(request);
}

void refuse(Response& to, int status, const std::string& message) {
  to.status = status;
  reply(to, {{"error", message}});
}

void answer_error(Response& to, const std::exception_ptr& thrown) {
  try {
    std::rethrow_exception(thrown);
  } catch (const Refused& error) {
    refuse(to, error.status(), error.what());
  } catch (const std::bad_alloc&) {
    refuse(to, 500, "there is not enough memory; close other programs and try again");
  } catch (const std::filesystem::filesystem_error& error) {
    // Its own text tells where on the machine things lie.
    refuse(to, 400, "the studio's folder cannot be changed (" + error.code().message() + "); check its disk");
  } catch (const nlohmann::json::exception&) {
    refuse(to, 400, "the page asked for something this studio does not know; load it again");
  } catch (const std::exception& error) {
    refuse(to, 400, error.what());
  }
}

// What the pages know of the program, and where its masters can be listened to.
Json facts() {
  Json all = facts_json(knowledge());
  Json codecs = Json::array(), platforms = Json::array();
  for (const Delivery& one : deliveries_to_try({}).all)
    codecs.push_back({{"id", one.id()}, {"name", one.name()}});
  for (const PlatformRule& rule : knowledge().platforms)
    if (rule.kind == PlatformKind::kPlayback)
      platforms.push_back({{"id", rule.id + "/" + rule.mode}, {"name", rule.name}});
  all["codecs"] = std::move(codecs);
  all["platforms"] = std::move(platforms);
  return all;
}

}  // namespace

Server::Server(const Settings& settings)
    : home_(settings.songs),
      programs_(settings.programs),
      songs_(settings.songs),
      exercises_(home_, songs_, programs_),
      releases_(home_, programs_),
      http_(std::make_unique<httplib::Server>()) {
  http_->new_task_queue = [] { return new httplib::ThreadPool(kThreads); };
  http_->set_payload_max_length(static_cast<std::size_t>(kMostSongBytes) + 1);
  http_->set_keep_alive_max_count(1000);
  http_->set_tcp_nodelay(true);
  // The address may be taken again right after another studio has ended, but never shared with a running one.
  http_->set_socket_options([](socket_t socket) {
    const int yes = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  });
  constexpr const char* kThisMachine = "127.0.0.1";
  int port = settings.port;
  if (port == 0)
    port = http_->bind_to_any_port(kThisMachine);
  else if (!http_->bind_to_port(kThisMachine, port))
    port = -1;
  if (port <= 0)
    throw Error("port " + std::to_string(settings.port) +
                " is taken by another program; choose another with --port, or leave it out");
  guard_ = std::make_unique<Guard>(port);
  protect();
  routes();
  song_routes();
  listening_routes();
  library_routes();
  lesson_routes();
  desk_routes();
  release_routes();
}

Server::~Server() = default;

void Server::run() { http_->listen_after_bind(); }

void Server::stop() {
  stopping_ = true;
  http_->stop();
}

// Every request passes here before any of its body is read.
void Server::protect() {
  http_->set_pre_routing_handler([this](const Request& request, Response& response) {
    using Answer = httplib::Server::HandlerResponse;
    const auto deny = [&](int status, const char* why) {
      refuse(response, status, why);
      return Answer::Handled;
    };
    if (!guard_->is_our_host(request.get_header_value("Host")))
      return deny(403, "this name is not the studio's; open the address that lacquer studio prints");
    if (!guard_->is_our_origin(request.get_header_value("Origin")))
      return deny(403, "another page asked; only the studio's own pages may");
    if (request.method == "OPTIONS") return deny(405, "this is not offered");
    const bool opening = request.method == "GET" && request.path == "/open";
    if (!opening && !guard_->has_cookie(request.get_header_value("Cookie")))
      return deny(401,
                  "this browser was not opened by the studio; open the address that lacquer studio prints");
    if (is_too_large(request))
      return deny(413, "that is too large: a song has at most 6 GiB, anything else 2 MiB");
    return Answer::Unhandled;
  });
  http_->set_exception_handler(
      [](const Request&, Response& response, std::exception_ptr thrown) { answer_error(response, thrown); });
  http_->set_post_routing_handler([](const Request&, Response& response) {
    const auto add = [&](const char* name, const char* value) {
      if (!response.has_header(name)) response.set_header(name, value);
    };
    add("Content-Security-Policy", kPolicy);
    add("X-Content-Type-Options", "nosniff");
    add("Referrer-Policy", "no-referrer");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cache-Control", "no-store");
  });
  http_->set_error_handler([](const Request&, Response& response) {
    if (response.body.empty()) reply(response, {{"error", "there is nothing here"}});
  });
}

void Server::routes() {
  http_->Get("/open", [this](const Request& request, Response& response) {
    if (!guard_->is_token(request.get_param_value("token")))
      throw Refused(401, "this address is of an earlier start; open the one that lacquer studio prints now");
    response.set_header("Set-Cookie", guard_->cookie());
    response.set_redirect("/", 303);
  });
  const auto send = [](std::string_view path, Response& response) {
    const auto found = page(path);
    if (!found) throw Refused(404, "there is no such page");
    response.set_content(found->bytes.data(), found->bytes.size(), found->type);
  };
  http_->Get("/", [send](const Request&, Response& response) { send("index.html", response); });
  http_->Get(R"(/(assets/[A-Za-z0-9._-]+))", [send](const Request& request, Response& response) {
    send(request.matches[1].str(), response);
  });
  http_->Get("/api/facts", [](const Request&, Response& response) { reply(response, facts()); });
  http_->Get(R"(/api/jobs/(\d{1,18}))", [this](const Request& request, Response& response) {
    for (const Job& job : jobs_.all())
      if (std::to_string(job.number) == request.matches[1].str()) return reply(response, job_json(job));
    throw Refused(404, "this work is over and forgotten");
  });
  http_->Delete(R"(/api/jobs/(\d{1,18}))", [this](const Request& request, Response& response) {
    jobs_.cancel(std::stoull(request.matches[1].str()));
    reply(response, Json::object());
  });
  // Server-sent events: every job that changes, as one line of JSON; the page asks for a song's documents
  // when a job is done.
  http_->Get("/api/events", [this](const Request&, Response& response) {
    auto seen = std::make_shared<std::uint64_t>(0);
    response.set_chunked_content_provider(
        "text/event-stream", [this, seen](std::size_t, httplib::DataSink& sink) {
          if (stopping_) return false;
          std::string text;
          for (const Job& job : jobs_.changed_after(*seen, *seen == 0 ? 0 : kHeartbeatMs)) {
            text += "data: " + dump(job_json(job)) + "\n\n";
            *seen = job.change;
          }
          if (*seen == 0) *seen = 1;
          if (text.empty()) text = ": still here\n\n";
          return sink.write(text.data(), text.size());
        });
  });
}

}  // namespace lacquer::studio
