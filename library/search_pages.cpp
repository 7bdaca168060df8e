#include <algorithm>

#include "judge/plan.h"
#include "library/content.h"
#include "library/lesson_content.h"
#include "library/search_content.h"
#include "library/sheet_content.h"

namespace lacquer {
namespace {

std::string with_spaces(std::string id) {
  std::replace(id.begin(), id.end(), '-', ' ');
  return id;
}

void add_line(std::string& to, const std::string& more) {
  if (more.empty()) return;
  if (!to.empty()) to += "\n";
  to += more;
}

std::string item_text(const SheetItem& item) {
  std::string text;
  add_line(text, item.title);
  add_line(text, item.text);
  add_line(text, item.ask);
  for (const std::string& cell : item.cells) add_line(text, cell);
  for (const std::string& box : item.boxes) add_line(text, box);
  for (const std::string& field : item.fields) add_line(text, field);
  return text;
}

class PageMaker {
 public:
  explicit PageMaker(const SearchRules& rules) : rules_(rules) {}

  std::vector<SearchPage> make() {
    const std::vector<Sheet> sheets = load_sheets();
    for (const Sheet& sheet : sheets) add_sheet(sheet);
    add_terms();
    add_platforms();
    add_systems();
    add_track(load_core_track());
    for (SearchPage& page : pages_) give_topics(page);
    return std::move(pages_);
  }

 private:
  // The front is found by the name of the sheet, the other side by its own.
  void add_sheet(const Sheet& sheet) {
    for (const SheetSide& side : sheet.sides) {
      const bool is_front = &side == &sheet.sides.front();
      SearchPage page{"sheet-" + (is_front ? sheet.id : side.id), "sheet", side.title};
      page.names = with_spaces(is_front ? sheet.id : side.id);
      page.summary = is_front ? sheet.summary : side.lead;
      page.open = "lacquer sheets " + sheet.id;
      add_line(page.body, side.lead);
      for (const SheetSection& section : side.sections) {
        add_line(page.body, section.title);
        add_line(page.body, section.lead);
        for (const SheetItem& item : section.items) add_item(sheet, section, item, page);
      }
      pages_.push_back(std::move(page));
    }
  }

  // The twelve items and the seven stages are pages of their own.
  void add_item(const Sheet& sheet, const SheetSection& section, const SheetItem& item, SearchPage& page) {
    const std::string text = item_text(item);
    if (sheet.id == "diagnostic" && section.form == SheetForm::kChecks) {
      add_line(page.names, item.title);
      pages_.push_back({"item-" + item.id,
                        "item",
                        item.title,
                        with_spaces(item.id),
                        item.text,
                        text,
                        "",
                        {},
                        {section.id},
                        "lacquer sheets diagnostic"});
    } else if (const auto stage = stage_from(item.id); sheet.id == "chain" && stage) {
      const std::string title = with_spaces(item.id);
      add_line(page.body, title);
      pages_.push_back({"stage-" + item.id,
                        "stage",
                        title,
                        "mastering stage",
                        item.text,
                        text,
                        "",
                        {},
                        {item.id},
                        "lacquer sheets chain"});
      if (!item.cells.empty()) pages_.back().summary = item.cells.front();
      pages_.back().title.front() = static_cast<char>(pages_.back().title.front() - 'a' + 'A');
    } else {
      add_line(page.body, text);
    }
  }

  void add_terms() {
    for (const VocabularyTerm& term : load_vocabulary()) {
      const std::string& means = term.names == WordState::kExcess       ? term.excess
                                 : term.names == WordState::kDeficiency ? term.deficiency
                                                                        : term.normal;
      SearchPage page{"term-" + term.id, "term", with_spaces(term.id), "", means};
      for (const std::string* text :
           {&term.excess, &term.normal, &term.deficiency, &term.instruments, &term.disagreement})
        add_line(page.body, *text);
      page.open = "lacquer words " + term.id;
      pages_.push_back(std::move(page));
    }
  }

  // One page a service, with all its modes.
  void add_platforms() {
    for (const PlatformRule& rule : load_platforms()) {
      const std::string id = "platform-" + rule.id;
      const auto known =
          std::find_if(pages_.begin(), pages_.end(), [&](const SearchPage& one) { return one.id == id; });
      const bool is_new = known == pages_.end();
      SearchPage& to = is_new ? pages_.emplace_back() : *known;
      if (is_new) {
        to.id = id;
        to.kind = "platform";
        to.title = rule.name.substr(0, rule.name.find(','));
        to.names = with_spaces(rule.id);
        to.summary =
            rule.note.empty() ? "What it does to the level of a track, with source and date." : rule.note;
        to.open = "lacquer platforms";
      }
      add_line(to.body, rule.name);
      add_line(to.body, rule.note);
      add_line(to.body, "loudness normalization level playback " + rule.mode);
    }
  }

  void add_systems() {
    for (const PlaybackSystem& system : load_systems())
      pages_.push_back({"system-" + system.id,
                        "system",
                        system.name,
                        with_spaces(system.id),
                        "How a track translates to it: what it loses, and in which noise (" +
                            system.noise_name + ") it is heard.",
                        system.source + (system.is_mono() ? "\nmono" : ""),
                        "",
                        {},
                        {},
                        "lacquer systems FILE"});
  }

  void add_track(const CoreTrack& track) {
    for (const Lesson& lesson : track.lessons) {
      const std::string number = std::to_string(lesson.number);
      SearchPage page{"lesson-" + (lesson.number < 10 ? "0" + number : number), "lesson", lesson.title};
      page.names = with_spaces(lesson.id);
      for (const std::string& term : lesson.terms) add_line(page.names, with_spaces(term));
      page.summary = lesson.summary;
      add_line(page.body, lesson.decide);
      add_line(page.body, lesson.today);
      for (const std::string& prompt : lesson.write) add_line(page.body, prompt);
      for (const LessonSection& section : lesson.sections) {
        add_line(page.body, section.heading);
        add_line(page.body, section.text);
      }
      page.course = lesson.course;
      page.topics = lesson.topics;
      page.stages = lesson.stages;
      page.open = "lacquer learn " + number;
      pages_.push_back(page);
      add_exercise(lesson, page, track.lists);
    }
    for (const GlossaryTerm& term : track.lists.glossary) add_definition(term, track);
  }

  void add_exercise(const Lesson& lesson, const SearchPage& of_lesson, const LessonLists& lists) {
    const std::string id = "exercise-" + lesson.exercise.kind;
    const auto known =
        std::find_if(pages_.begin(), pages_.end(), [&](const SearchPage& one) { return one.id == id; });
    if (known != pages_.end()) {  // two lessons may share a kind
      add_line(known->body, lesson.exercise.instructions);
      return;
    }
    SearchPage page = of_lesson;
    page.id = id;
    page.kind = "exercise";
    page.title = with_spaces(lesson.exercise.kind);
    page.title += ", exercise of lesson " + std::to_string(lesson.number);
    page.names.clear();
    for (const ExerciseKind& kind : lists.kinds)
      if (kind.id == lesson.exercise.kind) page.summary = kind.does;
    page.body = lesson.exercise.instructions;
    pages_.push_back(std::move(page));
  }

  // A definition opens with the first lesson that needs it.
  void add_definition(const GlossaryTerm& term, const CoreTrack& track) {
    SearchPage page{"glossary-" + term.id, "glossary", term.word, with_spaces(term.id), term.meaning};
    for (const Lesson& lesson : track.lessons) {
      if (std::find(lesson.terms.begin(), lesson.terms.end(), term.id) == lesson.terms.end()) continue;
      if (page.open.empty()) page.open = "lacquer learn " + std::to_string(lesson.number);
      for (const std::string& topic : lesson.topics)
        if (std::find(page.topics.begin(), page.topics.end(), topic) == page.topics.end())
          page.topics.push_back(topic);
    }
    pages_.push_back(std::move(page));
  }

  void give_topics(SearchPage& page) const {
    if (!page.topics.empty()) return;
    for (const std::string& key : {page.id, page.kind})
      if (const auto found = rules_.topics.find(key); found != rules_.topics.end()) {
        page.topics = found->second;
        return;
      }
  }

  const SearchRules& rules_;
  std::vector<SearchPage> pages_;
};

}  // namespace

std::vector<SearchPage> load_search_pages(const SearchRules& rules) { return PageMaker(rules).make(); }

}  // namespace lacquer
