#include <charconv>
#include <functional>
#include <map>

#include "api/text.h"
#include "app/moment.h"
#include "app/workbook_export.h"
#include "core/error.h"

// An export that reads well in any viewer. A record is a heading, which only people read, a list of fields,
// and the text as a quotation. A backslash stands before what Markdown or a terminal would take for more than
// a letter: \* is *, \x1b the character of that number.

namespace lacquer {
namespace {

constexpr std::string_view kTitle = "# Lacquer workbook";
constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kMarkdown = "\\`*_<&[]~|";
constexpr std::string_view kMarkdownAtStart = "#>+-=";

void append_escaped(std::string& to, char c, bool is_first) {
  const auto byte = static_cast<unsigned char>(c);
  if (byte < 0x20 || byte == 0x7F) {
    to.append("\\x").append(1, kHex[byte >> 4U]).append(1, kHex[byte & 0xFU]);
    return;
  }
  if (kMarkdown.find(c) != std::string_view::npos ||
      (is_first && kMarkdownAtStart.find(c) != std::string_view::npos))
    to += '\\';
  to += c;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) append_escaped(line, c, line.empty());
  return line;
}

std::string quotation(std::string_view text) {
  std::string quoted = "> ";
  bool is_first = true;
  for (const char c : text) {
    if (c == '\n')
      quoted += "\n> ";
    else
      append_escaped(quoted, c, is_first);
    is_first = c == '\n';
  }
  return quoted + "\n";
}

int hex_value(char c) {
  const std::size_t place = kHex.find(c);
  return place == std::string_view::npos ? -1 : static_cast<int>(place);
}

std::string plain(std::string_view escaped) {
  std::string text;
  for (std::size_t at = 0; at < escaped.size(); ++at) {
    if (escaped[at] != '\\') {
      text += escaped[at];
      continue;
    }
    if (++at == escaped.size()) refuse_export("a line ends in a backslash");
    if (escaped[at] != 'x') {
      text += escaped[at];
      continue;
    }
    const int high = at + 2 < escaped.size() ? hex_value(escaped[at + 1]) : -1;
    const int low = high < 0 ? -1 : hex_value(escaped[at + 2]);
    if (low < 0) refuse_export("a backslash stands before what is no character");
    text += static_cast<char>(high * 16 + low);
    at += 2;
  }
  return text;
}

// Writes records of one sort.
class Section {
 public:
  Section(std::string& to, std::string_view heading) : to_(to), heading_(heading) {}
  // The heading of the section comes with its first record.
  void begin(const std::string& heading, std::int64_t at_ms) {
    if (!heading_.empty()) to_.append("\n## ").append(heading_).append("\n");
    heading_ = {};
    const std::string when = iso_time(at_ms);
    to_ += "\n### " + one_line(heading) + (when.empty() ? "" : " (" + when + ")") + "\n\n";
  }
  void field(const char* key, const std::string& value) {
    to_.append("- ").append(key).append(": ").append(one_line(value)).append("\n");
  }
  void field(const char* key, std::int64_t value) { field(key, std::to_string(value)); }
  void field(const char* key, const std::optional<std::int64_t>& value) {
    if (value) field(key, *value);
  }
  void text(const std::string& text) { to_ += "\n" + quotation(text); }

 private:
  std::string& to_;
  std::string_view heading_;
};

void write_answers(const Entries& entries, std::string& to) {
  Section section(to, "Answers");
  for (const Answer& one : entries.answers) {
    section.begin(one.lesson + ", prompt " + std::to_string(one.prompt), one.answered_ms);
    section.field("lesson", one.lesson);
    section.field("prompt", one.prompt);
    section.field("answered_ms", one.answered_ms);
    section.text(one.text);
  }
}

void write_lessons(const Entries& entries, std::string& to) {
  Section progress(to, "Progress");
  for (const LessonProgress& one : entries.progress) {
    progress.begin(one.lesson + (one.done_ms ? ", done" : ", started"),
                   one.done_ms.value_or(one.started_ms.value_or(0)));
    progress.field("lesson", one.lesson);
    progress.field("started_ms", one.started_ms);
    progress.field("done_ms", one.done_ms);
  }
  Section scores(to, "Scores");
  for (const Score& one : entries.scores) {
    scores.begin(one.lesson + ", " + one.kind, one.scored_ms);
    scores.field("lesson", one.lesson);
    scores.field("kind", one.kind);
    scores.field("scored_ms", one.scored_ms);
    scores.text(one.document);
  }
}

void write_decisions(const Entries& entries, std::string& to) {
  Section decisions(to, "Decisions");
  for (const Decision& one : entries.decisions) {
    decisions.begin(one.kind + ": " + one.subject, one.made_ms);
    decisions.field("kind", one.kind);
    decisions.field("subject", one.subject);
    decisions.field("made_ms", one.made_ms);
    decisions.field("due_ms", one.due_ms);
    decisions.field("state", one.state);
    decisions.field("changed_ms", one.changed_ms);
    decisions.text(one.document);
  }
  Section notes(to, "Notes");
  for (const Note& one : entries.notes) {
    notes.begin(one.subject.empty() ? "Note" : one.subject, one.made_ms);
    notes.field("subject", one.subject);
    notes.field("made_ms", one.made_ms);
    notes.text(one.text);
  }
}

struct Record {
  std::string section;
  std::map<std::string, std::string> fields;
  std::optional<std::string> text;

  std::string take(const char* key) {
    const auto found = fields.find(key);
    if (found == fields.end()) refuse_export(std::string("a record has no ") + key);
    std::string value = std::move(found->second);
    fields.erase(found);
    return value;
  }
  std::int64_t take_number(const char* key) {
    const std::string value = take(key);
    std::int64_t number = 0;
    const auto [end, failed] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (failed != std::errc() || end != value.data() + value.size())
      refuse_export(std::string(key) + " is no number");
    return number;
  }
  std::optional<std::int64_t> take_number_if_any(const char* key) {
    return fields.count(key) == 0 ? std::nullopt : std::optional(take_number(key));
  }
  std::string take_text() {
    if (!text) refuse_export("a record has no text");
    std::string taken = std::move(*text);
    text.reset();
    return taken;
  }
};

void put_record(Record record, Entries& entries) {
  if (record.section == "Answers") {
    const std::int64_t prompt = record.take_number("prompt");
    if (prompt < 1 || prompt > kMostPrompt) refuse_export("a prompt has a number that cannot be");
    entries.answers.push_back({record.take("lesson"), static_cast<int>(prompt),
                               record.take_number("answered_ms"), record.take_text()});
  } else if (record.section == "Progress") {
    entries.progress.push_back({record.take("lesson"), record.take_number_if_any("started_ms"),
                                record.take_number_if_any("done_ms")});
  } else if (record.section == "Scores") {
    entries.scores.push_back(
        {record.take("lesson"), record.take("kind"), record.take_number("scored_ms"), record.take_text()});
  } else if (record.section == "Decisions") {
    entries.decisions.push_back({0, record.take("kind"), record.take("subject"),
                                 record.take_number("made_ms"), record.take_number_if_any("due_ms"),
                                 record.take("state"), record.take_number("changed_ms"), record.take_text()});
  } else if (record.section == "Notes") {
    entries.notes.push_back({0, record.take_number("made_ms"), record.take("subject"), record.take_text()});
  } else {
    refuse_export("it has a section that is not known");
  }
  if (!record.fields.empty() || record.text) refuse_export("a record has a field that is not known");
}

void add_field(std::string_view line, std::map<std::string, std::string>& fields) {
  const std::size_t colon = line.find(": ");
  const bool is_empty = colon == std::string_view::npos && !line.empty() && line.back() == ':';
  if (colon == std::string_view::npos && !is_empty) refuse_export("a field has no value");
  const std::string key(line.substr(0, is_empty ? line.size() - 1 : colon));
  const std::string value = is_empty ? std::string() : plain(line.substr(colon + 2));
  if (!fields.emplace(key, value).second) refuse_export("a field stands twice");
}

void add_quoted(std::string_view line, std::optional<std::string>& text) {
  std::string more = plain(line);
  text = text ? *std::move(text) + "\n" + more : std::move(more);
}

bool begins(std::string_view line, std::string_view with) { return line.substr(0, with.size()) == with; }

// Everything before the first section, and the records.
struct Parsed {
  std::map<std::string, std::string> front;
  std::vector<Record> records;
};

Parsed parse(std::string_view text) {
  Parsed parsed;
  std::string section;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (begins(line, "## ")) {
      section = line.substr(3);
    } else if (begins(line, "### ")) {
      parsed.records.push_back({section, {}, {}});
    } else if (begins(line, "- ")) {
      add_field(line.substr(2), parsed.records.empty() ? parsed.front : parsed.records.back().fields);
    } else if (begins(line, ">") && !parsed.records.empty()) {
      add_quoted(line.substr(begins(line, "> ") ? 2 : 1), parsed.records.back().text);
    } else if (!line.empty() && !section.empty()) {
      refuse_export("it has a line that belongs to no record");
    }
  }
  return parsed;
}

}  // namespace

std::string entries_to_markdown(const Entries& entries) {
  std::string text = std::string(kTitle) +
                     "\n\nRead it anywhere; `lacquer workbook --import` takes it back exactly as it is. A "
                     "file whose words were changed is refused.\n\n- version: " +
                     std::to_string(kWorkbookExport) + "\n- sha256: " + entries_hash(entries) + "\n";
  write_answers(entries, text);
  write_lessons(entries, text);
  write_decisions(entries, text);
  return text;
}

Entries entries_from_markdown(std::string_view text) {
  const std::size_t start = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  if (!begins(text.substr(start), kTitle)) refuse_export("it does not say to be one");
  Parsed parsed = parse(text.substr(start));
  if (parsed.front["version"].empty()) refuse_export("it does not say its version");
  if (parsed.front["version"] != std::to_string(kWorkbookExport))
    throw Error("this workbook was exported by another version of Lacquer; import it with that one");
  Entries entries;
  for (Record& record : parsed.records) put_record(std::move(record), entries);
  if (entries_hash(entries) != parsed.front["sha256"]) refuse_export("it was changed after it was exported");
  return entries;
}

}  // namespace lacquer
