#include <httplib.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "api/search.h"
#include "api/sheets.h"
#include "app/find.h"
#include "app/history.h"
#include "app/learn.h"
#include "app/sheets.h"
#include "faces/studio/replies.h"
#include "faces/studio/server.h"

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

constexpr std::size_t kMostQueryBytes = 200;
constexpr std::size_t kMostHits = 40;

// What a request limits a search to. Throws Refused for a word that no filter knows.
SearchFilter filter_of(const Request& request) {
  const auto one = [&](const char* name, const std::vector<std::string>& words) {
    const std::string value = request.get_param_value(name);
    if (!value.empty() && std::find(words.begin(), words.end(), value) == words.end())
      throw Refused(400, std::string("there is no such ") + name + "; load the page again");
    return value;
  };
  return {one("kind", search_kinds()), one("topic", search_topics()), one("course", search_courses()),
          one("stage", search_stages())};
}

Json found_json(const SearchAnswer& answer) {
  Json document = find_json(answer);
  document["without"] = Json::array();
  for (const SearchAnswer::Without& one : answer.without)
    document["without"].push_back(
        {{"filter", one.option.substr(2)}, {"value", one.value}, {"found", one.found}});
  return document;
}

// What the filters offer: { "kinds": [ … ], "topics": [ { "id", "title" } ], … }
Json filters_json() {
  Json topics = Json::array();
  for (const LessonTopic& topic : core_track().lists.topics)
    topics.push_back({{"id", topic.id}, {"title", topic.title}});
  return {{"kinds", search_kinds()},
          {"topics", std::move(topics)},
          {"courses", search_courses()},
          {"stages", search_stages()}};
}

PrintedSheet sheet_of(const Request& request) {
  std::optional<PrintedSheet> sheet = sheet_named(request.matches[1].str());
  if (!sheet) throw Refused(404, "there is no such sheet");
  return *std::move(sheet);
}

// Setting a page so that it is full takes a while, and a blank sheet is always the same.
std::vector<std::string> blank_sides(const PrintedSheet& sheet, Paper paper) {
  static std::mutex mutex;
  static std::map<std::pair<std::string, Paper>, std::vector<std::string>> drawn;
  const std::lock_guard lock(mutex);
  std::vector<std::string>& sides = drawn[{sheet.sheet.id, paper}];
  if (sides.empty()) sides = sheet_svgs(sheet, paper);
  return sides;
}

}  // namespace

void Server::library_routes() {
  http_->Get("/api/history", [this](const Request&, Response& response) {
    reply_text(response, ask(programs_, {"history", "--json"}), "application/json");
  });
  http_->Get("/api/library/filters",
             [](const Request&, Response& response) { reply(response, filters_json()); });
  // Without a question, everything that the filters let through.
  http_->Get("/api/library/find", [](const Request& request, Response& response) {
    const std::string question = request.get_param_value("q");
    if (question.size() > kMostQueryBytes)
      throw Refused(400, "the question is longer than 200 letters; shorten it");
    const SearchFilter filter = filter_of(request);
    reply(response,
          found_json(question.empty() ? browse(filter, workbook_file())
                                      : search_everything(question, filter, workbook_file(), kMostHits)));
  });
  http_->Get(R"(/api/library/pages/([a-z0-9-]{1,100}))", [](const Request& request, Response& response) {
    Json page = found_page_json(request.matches[1].str(), workbook_file());
    if (page.is_null()) throw Refused(404, "there is no such page (any more)");
    reply(response, page);
  });
  http_->Get("/api/library/sheets",
             [](const Request&, Response& response) { reply(response, sheets_json(all_sheets())); });
  const std::string sheet_path = R"(/api/library/sheets/([a-z0-9-]{1,64}))";
  http_->Get(sheet_path, [](const Request& request, Response& response) {
    reply(response, sheet_json(sheet_of(request).sheet)["items"][0]);
  });
  http_->Get(sheet_path + R"(/([12])\.svg)", [](const Request& request, Response& response) {
    const std::vector<std::string> sides = blank_sides(sheet_of(request), paper_of(request));
    const auto side = static_cast<std::size_t>(request.matches[2].str().front() - '1');
    if (side >= sides.size()) throw Refused(404, "this sheet has one side");
    reply_svg(response, sides[side]);
  });
  http_->Get(sheet_path + "/print", [](const Request& request, Response& response) {
    reply_text(response, sheet_pdf(sheet_of(request), paper_of(request)), "application/pdf");
  });
  // The same with a song's results, once the command "sheet" has filled it.
  http_->Get(kSongPath + R"(/sheets/([a-z0-9-]{1,64})/([12]\.svg|sheet\.pdf))",
             [this](const Request& request, Response& response) {
               const std::string paper = paper_of(request) == Paper::kA4 ? "a4" : "letter";
               const auto file = songs_.folder(request.matches[1].str()) / "sheets" /
                                 (request.matches[2].str() + "-" + paper) / request.matches[3].str();
               const std::string bytes = text_of_file(file);
               if (bytes.empty()) throw Refused(404, "this sheet is not there yet");
               if (file.extension() == ".svg") return reply_svg(response, bytes);
               reply_text(response, bytes, "application/pdf");
             });
  http_->Get("/api/platforms", [this](const Request&, Response& response) {
    reply_text(response, ask(programs_, {"platforms", "--json"}), "application/json");
  });
}

}  // namespace lacquer::studio
