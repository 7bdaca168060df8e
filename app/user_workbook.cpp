#include "app/user_workbook.h"

#include "api/json_values.h"
#include "api/version.h"
#include "app/file_error.h"
#include "app/history.h"
#include "app/moment.h"
#include "app/workbook_export.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"
#include "report/format.h"

namespace lacquer {
namespace {

Json moment_json(const std::optional<std::int64_t>& at_ms) { return at_ms ? Json(iso_time(*at_ms)) : Json(); }

// What is JSON comes as such, anything else as text.
Json document_json(const std::string& document) {
  Json parsed = Json::parse(document, nullptr, false);
  return parsed.is_discarded() ? text(document) : parsed;
}

const Lesson* lesson_named(const CoreTrack& track, const std::string& id) {
  for (const Lesson& lesson : track.lessons)
    if (lesson.id == id) return &lesson;
  return nullptr;
}

// The keys that every item of every list has.
Json item(const char* kind, const std::string& id, const Lesson* lesson, const std::string& title,
          const std::string& summary) {
  Json topics = Json::array();
  if (lesson != nullptr)
    for (const std::string& topic : lesson->topics) topics.push_back(topic);
  return {{"id", text(id)},
          {"kind", kind},
          {"topic", topics.empty() ? Json() : topics.front()},
          {"title", text(title)},
          {"summary", text(summary)},
          {"course", lesson == nullptr ? Json() : Json(lesson->course)}};
}

std::string title_of(const Lesson* lesson, const std::string& id) {
  return lesson == nullptr ? id : lesson->title;
}

std::string prompt_of(const Lesson* lesson, int number) {
  const auto place = static_cast<std::size_t>(number) - 1;
  return lesson != nullptr && place < lesson->write.size() ? lesson->write[place] : std::string();
}

// Any file but the workbook itself.
void write_beside_workbook(const std::filesystem::path& file, std::string_view bytes) {
  if (same_file(file, workbook_file()))
    throw Error("this would replace the workbook itself; choose another name");
  write_document(file, bytes);
}

}  // namespace

Entries read_entries(const std::filesystem::path& workbook_file) {
  return about(workbook_file, [&] {
    std::error_code failed;
    const bool is_there = std::filesystem::exists(workbook_file, failed) || failed;
    return is_there ? Workbook::open(workbook_file).entries() : Entries{};
  });
}

std::int64_t keep_note(const std::filesystem::path& workbook_file, const Note& note) {
  check_entry(note);
  return about(workbook_file, [&] { return Workbook::create(workbook_file).add_note(note); });
}

void forget_note(const std::filesystem::path& workbook_file, std::int64_t number) {
  const bool was_there = about(workbook_file, [&] {
    std::error_code failed;
    const bool is_there = std::filesystem::exists(workbook_file, failed) || failed;
    return is_there && Workbook::open(workbook_file).remove_note(number);
  });
  if (!was_there)
    throw Error("there is no note " + std::to_string(number) + "; lacquer workbook shows their numbers");
}

void write_workbook_pdf(const WorkbookReport& report, Paper paper, const std::filesystem::path& file) {
  about(file, [&] { write_beside_workbook(file, workbook_pdf(report, paper)); });
}

void write_workbook_html(const WorkbookReport& report, const std::filesystem::path& file) {
  about(file, [&] { write_beside_workbook(file, workbook_html(report, std::string(version()))); });
}

Json workbook_json(const Entries& entries, const CoreTrack& track) {
  Json items = Json::array();
  for (const LessonProgress& one : entries.progress) {
    const Lesson* lesson = lesson_named(track, one.lesson);
    Json json = item("lesson", one.lesson, lesson, title_of(lesson, one.lesson),
                     lesson == nullptr ? "" : lesson->summary);
    json["started"] = moment_json(one.started_ms);
    json["done"] = moment_json(one.done_ms);
    items.push_back(json);
  }
  for (const Answer& one : entries.answers) {
    const Lesson* lesson = lesson_named(track, one.lesson);
    Json json =
        item("answer", one.lesson, lesson, title_of(lesson, one.lesson), prompt_of(lesson, one.prompt));
    json["prompt"] = one.prompt;
    json["answered"] = moment_json(one.answered_ms);
    json["text"] = text(one.text);
    items.push_back(json);
  }
  for (const Score& one : entries.scores) {
    const Lesson* lesson = lesson_named(track, one.lesson);
    Json json = item("score", one.lesson, lesson, title_of(lesson, one.lesson), one.kind);
    json["scored"] = moment_json(one.scored_ms);
    json["result"] = document_json(one.document);
    items.push_back(json);
  }
  for (const Decision& one : entries.decisions) {
    Json json = item("decision", std::to_string(one.id), nullptr, one.subject, one.state);
    json["about"] = one.kind;
    json["made"] = moment_json(one.made_ms);
    json["due"] = moment_json(one.due_ms);
    json["record"] = document_json(one.document);
    items.push_back(json);
  }
  for (const Note& one : entries.notes) {
    Json json = item("note", std::to_string(one.id), nullptr, one.subject, "");
    json["made"] = moment_json(one.made_ms);
    json["text"] = text(one.text);
    items.push_back(json);
  }
  return items_json(items);
}

void export_workbook(const Entries& entries, const std::filesystem::path& file) {
  about(file, [&] {
    const std::string ending = file.extension().string();
    const bool for_people = ending == ".md" || ending == ".markdown" || ending == ".MD";
    const std::string bytes = for_people ? entries_to_markdown(entries) : entries_to_json(entries);
    if (bytes.size() > kMostExportBytes)
      throw Error("the workbook is too large for one file; copy workbook.sqlite itself instead");
    write_beside_workbook(file, bytes);
  });
}

EntryCounts import_entries(std::string_view text, const std::filesystem::path& workbook_file) {
  const Entries entries = entries_from(text);
  check_entries(entries);
  return about(workbook_file, [&] { return Workbook::create(workbook_file).add(entries); });
}

EntryCounts import_workbook(const std::filesystem::path& file, const std::filesystem::path& workbook_file) {
  return about(file, [&] {
    const LocalFile opened(file);
    if (opened.size_bytes() > static_cast<std::int64_t>(kMostExportBytes))
      throw Error("this is too large for an exported workbook; choose the right file");
    return import_entries(opened.bytes_at(0, kMostExportBytes), workbook_file);
  });
}

std::string import_text(const EntryCounts& counts) {
  std::vector<std::string> parts;
  const auto add = [&](int count, const char* one, const char* many) {
    if (count > 0) parts.push_back(counted(static_cast<std::size_t>(count), one, many));
  };
  add(counts.answers, "answer", "answers");
  add(counts.progress, "lesson", "lessons");
  add(counts.scores, "score", "scores");
  add(counts.decisions, "decision", "decisions");
  add(counts.notes, "note", "notes");
  return parts.empty() ? "Nothing in it is new." : "New: " + join_and(parts) + ".";
}

}  // namespace lacquer
