#include "api/json_values.h"
#include "app/gear.h"
#include "app/moment.h"
#include "core/error.h"

namespace lacquer {
namespace {

Json optional_day(const std::optional<Day>& day) { return day ? Json(day_text(*day)) : Json(); }

template <class Value>
Json optional_value(const std::optional<Value>& value) {
  return value ? Json(*value) : Json();
}

Json optional_text(const std::string& value) { return value.empty() ? Json() : text(value); }

Json points_json(const std::vector<PointCount>& points) {
  Json list = Json::array();
  for (const PointCount& one : points)
    list.push_back({{"id", text(one.point->id)},
                    {"name", text(one.point->name)},
                    {"checks", one.checks},
                    {"today", text(one.point->today)},
                    {"lesson", text(one.point->lesson)}});
  return list;
}

Json evidence_json(const GearEvidence& evidence, const std::string& sentence) {
  return {{"checks", evidence.checks},
          {"category", evidence.category ? text(evidence.category->id) : Json()},
          {"text", text(sentence)},
          {"towards", points_json(evidence.towards)},
          {"elsewhere", points_json(evidence.elsewhere)}};
}

Json questions_json(const GearJudgement& judgement) {
  Json list = Json::array();
  for (const GearQuestion& question : judgement.questions)
    list.push_back({{"id", text(question.id)},
                    {"title", text(gear_item(question.id).title)},
                    {"holds", text(to_string(question.held))},
                    {"why", text(question.why)}});
  return list;
}

Json patterns_json(const GearJudgement& judgement) {
  Json list = Json::array();
  for (const GearPattern& pattern : judgement.patterns) {
    const SheetItem& item = gear_item(pattern.id);
    list.push_back({{"id", text(pattern.id)},
                    {"title", text(item.title)},
                    {"why", text(pattern.why)},
                    {"counter_test", item.cells.empty() ? Json() : text(item.cells.back())}});
  }
  return list;
}

Json cost_json(const std::optional<GearCost>& cost) {
  if (!cost) return {};
  return {
      {"total", number(cost->total, 2)}, {"uses", number(cost->uses, 1)}, {"each", number(cost->each, 2)}};
}

// A value as TOML writes it; its strings are those of JSON (TOML 1.0.0, "String").
void put_toml(std::string& to, const std::string& key, const Json& value) {
  if (value.is_null()) return;
  if (!value.is_string() && !value.is_number() && !value.is_boolean() && !value.is_array())
    throw Error(key + " is no answer; load the page again");
  to += dump(Json(key)) + " = " + dump(value) + "\n";
}

// What every document of the library begins with.
Json heading(const std::optional<std::int64_t>& id, const std::string& title, const std::string& summary) {
  return {{"id", id ? Json(std::to_string(*id)) : Json()},
          {"kind", "gear"},
          {"topic", "decisions"},
          {"title", text(title)},
          {"summary", text(summary)}};
}

}  // namespace

Json answers_json(const GearAnswers& a) {
  Json tried = Json::array();
  for (const Day day : a.tried) tried.push_back(day_text(day));
  return {
      {"device", text(a.device)},
      {"category", text(a.category)},
      {"needed", a.needed},
      {"problem", {{"song", text(a.song)}, {"time", text(a.time)}, {"wrong", text(a.problem)}}},
      {"practice", {{"move", text(a.move)}, {"tried", tried}, {"changed", text(a.changed)}}},
      {"step", {{"before", text(a.before)}, {"after", text(a.after)}, {"missing", optional_text(a.missing)}}},
      {"price",
       {{"price", optional_value(a.price)},
        {"upkeep_per_year", a.upkeep_per_year},
        {"resale", a.resale},
        {"hours", a.hours},
        {"uses_per_month", optional_value(a.uses_per_month)},
        {"life_months", a.life_months},
        {"displaces", text(a.displaces)}}},
      {"test",
       {{"stays_if", text(a.stays_if)},
        {"from", optional_day(a.from)},
        {"return_by", optional_day(a.return_by)}}},
      {"patterns",
       {{"argument_is_a_name", optional_value(a.argument_is_a_name)},
        {"finished_with_last_three", optional_value(a.finished_with_last_three)},
        {"time_goes_between_steps", optional_value(a.time_goes_between_steps)}}},
      {"answer", optional_text(a.answer)}};
}

// One reader with one set of limits for answers from a file and from a page.
GearAnswers gear_answers_from(const Json& answers) {
  if (!answers.is_object()) throw Error("these are no answers; load the page again");
  std::string values = "schema = 1\n", tables;
  for (const auto& [key, value] : answers.items()) {
    if (!value.is_object()) {
      put_toml(values, key, value);
      continue;
    }
    tables += "[" + dump(Json(key)) + "]\n";
    for (const auto& [inner, one] : value.items()) put_toml(tables, inner, one);
  }
  try {
    return parse_gear_answers(values + tables, "answers");
  } catch (const Error& error) {
    // "answers:12: price.hours: …" names a line that nobody has seen.
    const std::string message = error.what();
    const std::size_t after = message.find(": ");
    throw Error(after == std::string::npos ? message : message.substr(after + 2));
  }
}

Json gear_json(const WeighedGear& weighed, const std::optional<Decision>& kept) {
  const GearJudgement& judgement = weighed.judgement;
  Json item = heading(kept ? std::optional(kept->id) : std::nullopt, weighed.answers.device, judgement.why);
  item["state"] = kept ? text(kept->state) : Json();
  item["made"] = iso_time(weighed.made_ms);
  item["due"] = day_text(judgement.due);
  item["is_test"] = judgement.is_test;
  item["suggested"] = text(judgement.suggested);
  item["answers"] = answers_json(weighed.answers);
  item["questions"] = questions_json(judgement);
  item["patterns"] = patterns_json(judgement);
  item["cost"] = cost_json(judgement.cost);
  item["evidence"] = evidence_json(weighed.evidence, weighed.evidence_text);
  item["song"] = optional_text(weighed.song_text);
  return items_json(Json::array({item}));
}

Json gear_list_json(const std::vector<Decision>& decisions) {
  Json items = Json::array();
  for (const Decision& one : decisions) {
    const Json document = Json::parse(one.document, nullptr, false);
    const auto part = [&](const char* key) {
      return document.is_object() && document.contains(key) ? document[key] : Json();
    };
    Json item = heading(one.id, one.subject, part("why").is_string() ? part("why").get<std::string>() : "");
    item["state"] = text(one.state);
    item["made"] = iso_time(one.made_ms);
    item["due"] = one.due_ms ? Json(day_text(day_at(*one.due_ms))) : Json();
    item["suggested"] = part("suggested");
    item["answers"] = part("answers");
    items.push_back(item);
  }
  return items_json(items);
}

}  // namespace lacquer
