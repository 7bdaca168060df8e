#include "app/due.h"

#include <algorithm>

#include "api/json.h"
#include "app/file_error.h"
#include "app/moment.h"
#include "audio_io/atomic_file.h"

namespace lacquer {
namespace {

// A text of the decision's document; empty where it has none, or was made by somebody else.
std::string told(const Json& document, std::initializer_list<const char*> keys) {
  const Json* at = &document;
  for (const char* key : keys) {
    if (!at->is_object() || !at->contains(key)) return {};
    at = &(*at)[key];
  }
  return at->is_string() ? at->get<std::string>() : std::string();
}

bool is_test(const Json& document) {
  return document.is_object() && document.contains("is_test") && document["is_test"].is_boolean() &&
         document["is_test"].get<bool>();
}

std::string named(const Decision& decision, const Json& document) {
  const std::string title = told(document, {"title"});
  if (!title.empty()) return title;
  return decision.subject.empty() ? "a purchase" : decision.subject;
}

}  // namespace

std::vector<Decision> due_decisions(const std::filesystem::path& workbook_file, Day today) {
  std::error_code failed;
  if (!std::filesystem::exists(workbook_file, failed) && !failed) return {};
  return about(workbook_file,
               [&] { return Workbook::open(workbook_file).due_before(day_ms(today + Days(1))); });
}

std::vector<Decision> due_on(std::vector<Decision> decisions, Day today) {
  const std::int64_t tomorrow_ms = day_ms(today + Days(1));
  std::erase_if(decisions, [&](const Decision& one) { return !one.due_ms || *one.due_ms >= tomorrow_ms; });
  std::stable_sort(decisions.begin(), decisions.end(),
                   [](const Decision& a, const Decision& b) { return *a.due_ms < *b.due_ms; });
  return decisions;
}

std::string due_summary(const Decision& decision, Day today) {
  const Json document = Json::parse(decision.document, nullptr, false);
  const std::string when = decision.due_ms ? from_today(day_at(*decision.due_ms), today) : "";
  const std::string name = named(decision, document);
  if (decision.kind == kReleaseKind) return name + ": " + told(document, {"next"}) + " is due " + when;
  if (!is_test(document)) return name + ": look at the question again, due " + when;
  const std::string stays_if = told(document, {"answers", "test", "stays_if"});
  return name + ": the test is due " + when + (stays_if.empty() ? "" : " (it stays if " + stays_if + ")");
}

std::string due_text(const Decision& decision, Day today) {
  const std::string summary = due_summary(decision, today);
  if (decision.kind == kReleaseKind) return summary + "; lacquer release checks it";
  const bool tests = is_test(Json::parse(decision.document, nullptr, false));
  return summary + "; close it with lacquer gear --close " + std::to_string(decision.id) + " --outcome " +
         (tests ? "kept or returned" : "bought or dropped");
}

std::optional<CalendarEvent> calendar_event(const Decision& decision) {
  if (!decision.due_ms) return std::nullopt;
  const Json document = Json::parse(decision.document, nullptr, false);
  const std::string name = named(decision, document);
  CalendarEvent event;
  event.uid =
      decision.kind + "-" + std::to_string(decision.made_ms) + "-" + std::to_string(decision.id) + "@lacquer";
  event.day = day_at(*decision.due_ms);
  if (is_test(document)) {
    const std::string stays_if = told(document, {"answers", "test", "stays_if"});
    event.summary = "Test: does it stay? " + name;
    if (!stays_if.empty()) event.description = "It stays if: " + stays_if + "\n";
    event.description +=
        "The same bars with and without it, blind and equally loud: 7 right of 8 is a difference.";
  } else {
    event.summary = "Look again: " + name;
    event.description = told(document, {"why"});
  }
  return event;
}

std::string calendar_text(const std::vector<CalendarEvent>& events, std::int64_t now_ms) {
  std::string stamp;
  for (const char c : iso_time(now_ms))
    if (c != '-' && c != ':') stamp += c;
  return calendar_file(events, stamp);
}

void write_calendar(const std::filesystem::path& file, const std::vector<CalendarEvent>& events,
                    std::int64_t now_ms) {
  about(file, [&] { write_document(file, calendar_text(events, now_ms)); });
}

}  // namespace lacquer
