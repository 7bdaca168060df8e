#include <httplib.h>

#include <algorithm>

#include "app/due.h"
#include "app/gear.h"
#include "app/history.h"
#include "app/learn.h"
#include "app/moment.h"
#include "app/release.h"
#include "app/user_workbook.h"
#include "app/workbook_export.h"
#include "faces/studio/replies.h"
#include "faces/studio/server.h"

// What is written down: the workbook, decisions about gear, and what is due.

namespace lacquer::studio {
namespace {

using httplib::Request;
using httplib::Response;

Json words_json(const std::optional<WorkbookWords>& words) {
  return words ? Json{{"when", words->when}, {"text", words->text}} : Json();
}

Json lesson_json(const WorkbookLesson& lesson, const std::string& id) {
  Json prompts = Json::array();
  for (const WorkbookPrompt& one : lesson.prompts)
    prompts.push_back(
        {{"prompt", one.prompt}, {"first", words_json(one.first)}, {"newest", words_json(one.newest)}});
  return {{"id", id.empty() ? Json() : Json(id)},
          {"title", lesson.title},
          {"state", lesson.state},
          {"done", lesson.is_done},
          {"prompts", std::move(prompts)}};
}

// A release is known by its folder, which means nothing here, and called by its title.
std::string heading_of(const Decision& decision, const WorkbookEntry& entry) {
  const Json document = Json::parse(decision.document, nullptr, false);
  if (decision.kind != kReleaseKind || !document.is_object()) return entry.heading;
  return "Release: " + document.value("title", std::string("untitled"));
}

Json whole_workbook() {
  const Entries entries = read_entries(workbook_file());
  const CoreTrack& track = core_track();
  const WorkbookReport report = workbook_report(entries, track, now_ms(), Times::kFromNow);
  Json courses = Json::array(), notes = Json::array(), decisions = Json::array();
  std::size_t place = 0;  // lessons come as the track has them, then answers to what no lesson asks any more
  for (const WorkbookCourse& course : report.courses) {
    Json lessons = Json::array();
    for (const WorkbookLesson& lesson : course.lessons) {
      lessons.push_back(lesson_json(lesson, place < track.lessons.size() ? track.lessons[place].id : ""));
      ++place;
    }
    courses.push_back({{"title", course.title}, {"lessons", std::move(lessons)}});
  }
  for (const Note& note : entries.notes)
    notes.push_back({{"id", note.id},
                     {"subject", note.subject},
                     {"text", note.text},
                     {"when", told_time(note.made_ms, now_ms())}});
  for (std::size_t i = 0; i < report.decisions.size(); ++i)
    decisions.push_back({{"heading", heading_of(entries.decisions[i], report.decisions[i])},
                         {"when", report.decisions[i].when}});
  return {{"schema", 1},
          {"summary", report.summary},
          {"courses", std::move(courses)},
          {"notes", std::move(notes)},
          {"decisions", std::move(decisions)}};
}

Note note_of(const nlohmann::json& body) {
  Note note{0, now_ms(), body.value("subject", ""), body.value("text", "")};
  if (note.text.empty()) throw Refused(400, "the note is empty; write a line");
  return note;
}

Json gear_page() {
  Json page = gear_list_json(gear_decisions(workbook_file()));
  page["categories"] = Json::array();
  for (const GearCategory& category : gear_knowledge().categories)
    page["categories"].push_back({{"id", category.id}, {"name", category.name}});
  return page;
}

Json due_json() {
  const Day today = local_day(now_ms());
  Json items = Json::array();
  for (const Decision& one : due_decisions(workbook_file(), today))
    items.push_back(
        {{"id", std::to_string(one.id)}, {"kind", one.kind}, {"summary", due_summary(one, today)}});
  return items_json(items);
}

// A part of a contract, from a page: what it takes, and what it must be above.
double amount(const nlohmann::json& body, const char* key, double otherwise, double most) {
  if (!body.contains(key) || body[key].is_null()) return otherwise;
  const double value = body[key].is_number() ? body[key].get<double>() : -1.0;
  if (!(value >= 0.0 && value <= most))
    throw Refused(400, std::string(key) + " is a number from 0 up; correct it");
  return value;
}

Deal deal_of(const nlohmann::json& body) {
  constexpr double kMostPercent = 100.0;
  Deal deal;
  deal.advance = amount(body, "advance", 0.0, kMostMoney);
  deal.share = amount(body, "share_pct", 0.0, kMostPercent) / kMostPercent;
  deal.costs = amount(body, "costs", 0.0, kMostMoney);
  if (deal.share <= 0.0) throw Refused(400, "your share is above 0 and at most 100 %; correct it");
  if (const double each = amount(body, "per_stream", 0.0, kMostMoney); each > 0.0) deal.per_stream = each;
  if (const double each = amount(body, "per_unit", 0.0, kMostMoney); each > 0.0) deal.per_unit = each;
  return deal;
}

void workbook_routes(httplib::Server& http) {
  http.Get("/api/workbook", [](const Request&, Response& response) { reply(response, whole_workbook()); });
  http.Get("/api/workbook/print", [](const Request& request, Response& response) {
    const WorkbookReport report =
        request.has_param("blank")
            ? blank_workbook(core_track())
            : workbook_report(read_entries(workbook_file()), core_track(), now_ms(), Times::kDates);
    reply_text(response, workbook_pdf(report, paper_of(request)), "application/pdf");
  });
  http.Get(R"(/api/workbook/export\.(json|md))", [](const Request& request, Response& response) {
    const Entries entries = read_entries(workbook_file());
    if (request.matches[1].str() == "md")
      return reply_download(response, entries_to_markdown(entries), "text/markdown; charset=utf-8",
                            "lacquer-workbook.md");
    reply_download(response, entries_to_json(entries), "application/json", "lacquer-workbook.json");
  });
  http.Post("/api/workbook/import", [](const Request& request, Response& response) {
    reply(response, {{"summary", import_text(import_entries(request.body, workbook_file()))}});
  });
  http.Post("/api/workbook/notes", [](const Request& request, Response& response) {
    keep_note(workbook_file(), note_of(body_object(request)));
    reply(response, whole_workbook());
  });
  const std::string note_path = R"(/api/workbook/notes/(\d{1,9}))";
  // A note that is changed is kept as a new one before the old one goes.
  http.Put(note_path, [](const Request& request, Response& response) {
    keep_note(workbook_file(), note_of(body_object(request)));
    forget_note(workbook_file(), std::stoll(request.matches[1].str()));
    reply(response, whole_workbook());
  });
  http.Delete(note_path, [](const Request& request, Response& response) {
    forget_note(workbook_file(), std::stoll(request.matches[1].str()));
    reply(response, whole_workbook());
  });
}

void gear_routes(httplib::Server& http) {
  http.Get("/api/gear", [](const Request&, Response& response) { reply(response, gear_page()); });
  // { answers, keep }: weighed, and kept where that is asked for.
  http.Post("/api/gear", [](const Request& request, Response& response) {
    const nlohmann::json body = body_object(request);
    const GearAnswers answers = gear_answers_from(Json(body.value("answers", nlohmann::json::object())));
    const std::int64_t now = now_ms();
    const WeighedGear weighed = weigh_gear(answers, workbook_file(), now);
    std::optional<Decision> kept;
    if (body.value("keep", false)) {
      if (answers.device.empty()) throw Refused(400, "what you want has no name; write it in the first line");
      kept = keep_gear(weighed, workbook_file(), now);
    }
    reply(response, gear_json(weighed, kept)["items"][0]);
  });
  http.Post(R"(/api/gear/(\d{1,9})/close)", [](const Request& request, Response& response) {
    const std::string outcome = body_object(request).value("outcome", "");
    if (std::find(kOutcomes.begin(), kOutcomes.end(), outcome) == kOutcomes.end())
      throw Refused(400, "an outcome is kept, returned, sold, bought or dropped");
    close_gear(std::stoll(request.matches[1].str()), outcome, workbook_file(), now_ms());
    reply(response, gear_page());
  });
  http.Get(R"(/api/gear/(\d{1,9})\.ics)", [](const Request& request, Response& response) {
    for (const Decision& one : gear_decisions(workbook_file()))
      if (std::to_string(one.id) == request.matches[1].str())
        if (const std::optional<CalendarEvent> event = calendar_event(one))
          return reply_download(response, calendar_text({*event}, now_ms()), "text/calendar; charset=utf-8",
                                "lacquer-gear-" + std::to_string(one.id) + ".ics");
    throw Refused(404, "this decision has no day to come");
  });
}

}  // namespace

void Server::desk_routes() {
  workbook_routes(*http_);
  gear_routes(*http_);
  http_->Get("/api/due", [](const Request&, Response& response) { reply(response, due_json()); });
  http_->Post("/api/deal", [](const Request& request, Response& response) {
    reply(response, deal_json(deal_of(body_object(request)))["items"][0]["recoupment"]);
  });
}

}  // namespace lacquer::studio
