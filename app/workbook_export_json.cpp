#include <limits>

#include "api/json.h"
#include "app/workbook_export.h"
#include "audio_io/hash.h"
#include "core/error.h"

namespace lacquer {
namespace {

constexpr int kMostDepth = 5;  // document, content, list, entry, value

Json time_or_null(const std::optional<std::int64_t>& at_ms) { return at_ms ? Json(*at_ms) : Json(); }

Json content_json(const Entries& entries) {
  Json content = {{"answers", Json::array()},
                  {"progress", Json::array()},
                  {"scores", Json::array()},
                  {"decisions", Json::array()},
                  {"notes", Json::array()}};
  for (const Answer& one : entries.answers)
    content["answers"].push_back({{"lesson", one.lesson},
                                  {"prompt", one.prompt},
                                  {"answered_ms", one.answered_ms},
                                  {"text", one.text}});
  for (const LessonProgress& one : entries.progress)
    content["progress"].push_back({{"lesson", one.lesson},
                                   {"started_ms", time_or_null(one.started_ms)},
                                   {"done_ms", time_or_null(one.done_ms)}});
  for (const Score& one : entries.scores)
    content["scores"].push_back({{"lesson", one.lesson},
                                 {"kind", one.kind},
                                 {"scored_ms", one.scored_ms},
                                 {"document", one.document}});
  for (const Decision& one : entries.decisions)
    content["decisions"].push_back({{"kind", one.kind},
                                    {"subject", one.subject},
                                    {"made_ms", one.made_ms},
                                    {"due_ms", time_or_null(one.due_ms)},
                                    {"state", one.state},
                                    {"changed_ms", one.changed_ms},
                                    {"document", one.document}});
  for (const Note& one : entries.notes)
    content["notes"].push_back({{"made_ms", one.made_ms}, {"subject", one.subject}, {"text", one.text}});
  return content;
}

// Reads one object of an export: every key once, of its type, and no other.
class ObjectReader {
 public:
  ObjectReader(const Json& object, std::size_t keys) : object_(object) {
    if (!object.is_object() || object.size() != keys) refuse_export("its form is not ours");
  }
  const Json& at(const char* key) const {
    const auto found = object_.find(key);
    if (found == object_.end()) refuse_export("its form is not ours");
    return *found;
  }
  std::string text(const char* key) const {
    if (!at(key).is_string()) refuse_export("its form is not ours");
    return at(key).get<std::string>();
  }
  std::int64_t integer(const char* key) const {
    const Json& value = at(key);
    const bool fits = value.is_number_integer() &&
                      (!value.is_number_unsigned() ||
                       value.get<std::uint64_t>() <= std::uint64_t{std::numeric_limits<std::int64_t>::max()});
    if (!fits) refuse_export("its form is not ours");
    return value.get<std::int64_t>();
  }
  std::optional<std::int64_t> integer_if_any(const char* key) const {
    return at(key).is_null() ? std::nullopt : std::optional(integer(key));
  }
  const Json& list(const char* key) const {
    if (!at(key).is_array()) refuse_export("its form is not ours");
    return at(key);
  }

 private:
  const Json& object_;
};

int prompt_number(std::int64_t number) {
  if (number < 1 || number > kMostPrompt) refuse_export("a prompt has a number that cannot be");
  return static_cast<int>(number);
}

Entries read_content(const Json& document) {
  const ObjectReader content(document, 5);
  Entries entries;
  for (const Json& one : content.list("answers")) {
    const ObjectReader read(one, 4);
    entries.answers.push_back({read.text("lesson"), prompt_number(read.integer("prompt")),
                               read.integer("answered_ms"), read.text("text")});
  }
  for (const Json& one : content.list("progress")) {
    const ObjectReader read(one, 3);
    entries.progress.push_back(
        {read.text("lesson"), read.integer_if_any("started_ms"), read.integer_if_any("done_ms")});
  }
  for (const Json& one : content.list("scores")) {
    const ObjectReader read(one, 4);
    entries.scores.push_back(
        {read.text("lesson"), read.text("kind"), read.integer("scored_ms"), read.text("document")});
  }
  for (const Json& one : content.list("decisions")) {
    const ObjectReader read(one, 7);
    entries.decisions.push_back({0, read.text("kind"), read.text("subject"), read.integer("made_ms"),
                                 read.integer_if_any("due_ms"), read.text("state"),
                                 read.integer("changed_ms"), read.text("document")});
  }
  for (const Json& one : content.list("notes")) {
    const ObjectReader read(one, 3);
    entries.notes.push_back({0, read.integer("made_ms"), read.text("subject"), read.text("text")});
  }
  return entries;
}

}  // namespace

void refuse_export(const std::string& why) {
  throw Error("this is no workbook that can be imported, as " + why + "; export it again");
}

std::string entries_hash(const Entries& entries) { return sha256_of_bytes(dump(content_json(entries))); }

std::string entries_to_json(const Entries& entries) {
  const Json content = content_json(entries);
  const Json document = {{"lacquer_workbook", kWorkbookExport},
                         {"sha256", sha256_of_bytes(dump(content))},
                         {"content", content}};
  return document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

Entries entries_from_json(std::string_view text) {
  const auto within_depth = [](int depth, Json::parse_event_t, Json&) {
    if (depth > kMostDepth) refuse_export("its form is not ours");
    return true;
  };
  const Json document = Json::parse(text, within_depth, false);
  if (document.is_discarded() || !document.is_object()) refuse_export("it is not well formed");
  const auto version = document.find("lacquer_workbook");
  if (version == document.end()) refuse_export("it does not say to be one");
  if (*version != kWorkbookExport)
    throw Error("this workbook was exported by another version of Lacquer; import it with that one");
  const ObjectReader whole(document, 3);
  Entries entries = read_content(whole.at("content"));
  if (entries_hash(entries) != whole.text("sha256")) refuse_export("it was changed after it was exported");
  return entries;
}

Entries entries_from(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) refuse_export("it is empty");
  return text[first] == '{' ? entries_from_json(text) : entries_from_markdown(text);
}

}  // namespace lacquer
