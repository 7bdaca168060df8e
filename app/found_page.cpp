#include <algorithm>

#include "api/json_values.h"
#include "app/find.h"
#include "app/knowledge.h"
#include "app/learn.h"
#include "app/sheets.h"
#include "report/format.h"

namespace lacquer {
namespace {

// What a page is made of, besides its title.
class Rows {
 public:
  void add(const std::string& label, const std::string& words) {
    if (!words.empty()) rows_.push_back({{"label", text(label)}, {"text", text(words)}});
  }
  void link(const std::string& title, const std::string& to) {
    links_.push_back({{"title", text(title)}, {"to", text(to)}});
  }
  Json rows() { return std::move(rows_); }
  Json links() { return std::move(links_); }

 private:
  Json rows_ = Json::array(), links_ = Json::array();
};

// "Title" of "title", as it begins a line.
std::string capital(std::string words) {
  if (!words.empty() && words.front() >= 'a' && words.front() <= 'z')
    words.front() = static_cast<char>(words.front() - 'a' + 'A');
  return words;
}

// The same with a full stop.
std::string sentence(const std::string& words) {
  if (words.empty()) return {};
  return capital(words) + (words.back() == '.' ? "" : ".");
}

bool add_term(const std::string& id, Rows& rows) {
  for (const VocabularyTerm& term : knowledge().vocabulary) {
    if (term.id != id) continue;
    rows.add("Range", band_text(term.low_hz, term.high_hz));
    rows.add("Too much", sentence(term.excess));
    rows.add("Right", sentence(term.normal));
    rows.add("Too little", sentence(term.deficiency));
    rows.add("By instrument", sentence(term.instruments));
    rows.add("Where sources differ", sentence(term.disagreement));
    if (!term.opposite.empty()) rows.link("Its opposite: " + term.opposite, "pages/term-" + term.opposite);
    rows.link("The vocabulary as a sheet", "sheets/vocabulary");
    return true;
  }
  return false;
}

bool add_definition(const std::string& id, Rows& rows) {
  for (const Lesson& lesson : core_track().lessons)
    if (std::find(lesson.terms.begin(), lesson.terms.end(), id) != lesson.terms.end())
      rows.link("Lesson " + std::to_string(lesson.number) + ": " + lesson.title, "lessons/" + lesson.id);
  return true;
}

// An item of the diagnostic pass, or a stage of the chain: what its sheet says about it.
bool add_sheet_item(const std::string& sheet_id, const std::string& id, Rows& rows) {
  for (const Sheet& sheet : all_sheets())
    for (const SheetSide& side : sheet.sides)
      for (const SheetSection& section : side.sections)
        for (const SheetItem& item : section.items) {
          if (sheet.id != sheet_id || item.id != id) continue;
          rows.add("Why", item.text);
          rows.add("How to find out", item.ask);
          for (std::size_t i = 0; i < item.cells.size(); ++i)
            rows.add(i < section.columns.size() ? section.columns[i] : "More", item.cells[i]);
          rows.add("Write down", join(item.fields, ", "));
          rows.add("Answers", join(item.boxes, ", "));
          rows.link("The sheet: " + sheet.title, "sheets/" + sheet.id);
          for (const Lesson& lesson : core_track().lessons)
            if (std::find(lesson.stages.begin(), lesson.stages.end(), id) != lesson.stages.end())
              rows.link("Lesson " + std::to_string(lesson.number) + ": " + lesson.title,
                        "lessons/" + lesson.id);
          return true;
        }
  return false;
}

const char* words_of(GainRule rule) {
  switch (rule) {
    case GainRule::kNone:
      return "plays the file as it is";
    case GainRule::kDownOnly:
      return "turns down, never up";
    case GainRule::kPeakLimited:
      return "turns down, and up as far as peaks allow";
    case GainRule::kLimiter:
      return "turns down and up, with a limiter of its own";
    case GainRule::kMatch:
      return "the file itself has this level";
  }
  return "";
}

std::string platform_words(const PlatformRule& rule) {
  std::string words = rule.reference_lufs ? quantity(rule.reference_lufs, "LUFS") + "; " : std::string();
  words += words_of(rule.gain);
  if (rule.ceiling_dbtp) words += "; keep true peaks below " + quantity(rule.ceiling_dbtp, "dBTP");
  if (rule.default_mode) words += "; what most listeners hear";
  return sentence(words) + (rule.note.empty() ? "" : " " + sentence(rule.note)) + " Source: " + rule.source +
         ", " + rule.dated + ", confidence " + std::string(to_string(rule.confidence)) + ".";
}

bool add_platform(const std::string& id, Rows& rows) {
  bool found = false;
  for (const PlatformRule& rule : knowledge().platforms)
    if (rule.id == id) {
      rows.add(rule.name, platform_words(rule));
      found = true;
    }
  rows.link("All platforms as a sheet", "sheets/platforms");
  return found;
}

bool add_system(const std::string& id, Rows& rows) {
  for (const PlaybackSystem& system : knowledge().systems) {
    if (system.id != id) continue;
    rows.add("Stereo", system.is_mono()             ? "Everything is mono."
                       : system.mono_below_hz > 0.0 ? "Mono below " + hz_text(system.mono_below_hz) + "."
                                                    : "Both channels stay apart.");
    rows.add("Music plays at", quantity(system.music_dba, "dBA", 0));
    rows.add("In", capital(system.noise_name) + " of " + quantity(system.noise_dba, "dBA", 0) + ".");
    rows.add("What the model rests on", capital(std::string(to_string(system.basis))) + ", confidence " +
                                            std::string(to_string(system.confidence)) + ". " + system.source);
    return true;
  }
  return false;
}

bool add_lesson(const std::string& number, Rows& rows) {
  const Lesson* lesson = lesson_named(number);
  if (lesson == nullptr) return false;
  rows.add("You decide", lesson->decide);
  rows.add("Today", lesson->today);
  rows.add("Done when", lesson->done_when);
  rows.link("Open the lesson", "lessons/" + lesson->id);
  return true;
}

bool add_exercise(const std::string& kind, Rows& rows) {
  bool found = false;
  for (const ExerciseKind& one : core_track().lists.kinds)
    if (one.id == kind) {
      rows.add("It needs", one.needs.empty() ? "Nothing but you." : capital(join_and(one.needs)) + ".");
      rows.add("It keeps", capital(join_and(one.gives)) + ".");
      found = true;
    }
  for (const Lesson& lesson : core_track().lessons)
    if (lesson.exercise.kind == kind) {
      rows.add("Lesson " + std::to_string(lesson.number), lesson.exercise.instructions);
      rows.link("Do it: lesson " + std::to_string(lesson.number) + ", " + lesson.title,
                "lessons/" + lesson.id);
    }
  return found;
}

bool add_sheet(const std::string& id, Rows& rows) {
  for (const Sheet& sheet : all_sheets())
    for (const SheetSide& side : sheet.sides) {
      if (sheet.id != id && side.id != id) continue;
      rows.link("Open the sheet: " + sheet.title, "sheets/" + sheet.id);
      return true;
    }
  return false;
}

bool add_own(const SearchPage& page, Rows& rows) {
  if (page.kind == "check") return true;
  if (page.kind != "decision") rows.add("You wrote", page.body);
  if (page.kind == "decision")
    rows.link("Decisions about gear", "gear");
  else
    rows.link("The workbook", "workbook");
  return true;
}

bool add_rows(const SearchPage& page, Rows& rows) {
  const std::string rest = page.id.substr(std::min(page.id.size(), page.kind.size() + 1));
  if (page.kind == "term") return add_term(rest, rows);
  if (page.kind == "glossary") return add_definition(rest, rows);
  if (page.kind == "item") return add_sheet_item("diagnostic", rest, rows);
  if (page.kind == "stage") return add_sheet_item("chain", rest, rows);
  if (page.kind == "platform") return add_platform(rest, rows);
  if (page.kind == "system") return add_system(rest, rows);
  if (page.kind == "lesson") return add_lesson(rest, rows);
  if (page.kind == "exercise") return add_exercise(rest, rows);
  if (page.kind == "sheet") return add_sheet(rest, rows);
  return add_own(page, rows);
}

}  // namespace

Json found_page_json(const std::string& id, const std::filesystem::path& workbook_file) {
  for (const SearchPage& page : everything_to_find(workbook_file)) {
    if (page.id != id) continue;
    Rows rows;
    if (!add_rows(page, rows)) return nullptr;
    return {{"schema", 1},
            {"id", text(page.id)},
            {"kind", text(page.kind)},
            {"title", text(page.title)},
            {"summary", text(page.summary)},
            {"rows", rows.rows()},
            {"links", rows.links()}};
  }
  return nullptr;
}

}  // namespace lacquer
