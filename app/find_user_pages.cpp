#include "app/find.h"
#include "app/song_history.h"
#include "app/user_workbook.h"
#include "report/format.h"

namespace lacquer {
namespace {

// The newest of a list that comes in the order of time.
template <class List, class Add>
void each_of_the_newest(const List& list, const Add& add) {
  const std::size_t skipped = list.size() > kMostUserPages ? list.size() - kMostUserPages : 0;
  for (std::size_t i = skipped; i < list.size(); ++i) add(list[i]);
}

std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

void add_answers(const Entries& entries, std::vector<SearchPage>& pages) {
  const CoreTrack track = load_core_track();
  std::size_t number = 0;
  each_of_the_newest(entries.answers, [&](const Answer& one) {
    SearchPage page{"answer-" + std::to_string(++number), "answer", "Your answer"};
    for (const Lesson& lesson : track.lessons) {
      if (lesson.id != one.lesson) continue;
      page.title = "Your answer to lesson " + std::to_string(lesson.number) + ", " + lesson.title;
      page.course = lesson.course;
      page.topics = lesson.topics;
      page.stages = lesson.stages;
    }
    page.body = one.text;
    page.open = "lacquer workbook";
    pages.push_back(std::move(page));
  });
}

void add_decisions_and_notes(const Entries& entries, std::vector<SearchPage>& pages) {
  each_of_the_newest(entries.decisions, [&](const Decision& one) {
    pages.push_back(
        {"decision-" + std::to_string(one.id),
         "decision",
         one.subject,
         one.kind,
         label(one.kind) + ", " + one.state,
         one.document,
         "",
         one.kind == "gear" ? std::vector<std::string>{"gear"} : std::vector<std::string>{"finishing"},
         {},
         "lacquer workbook"});
  });
  each_of_the_newest(entries.notes, [&](const Note& one) {
    pages.push_back({"note-" + std::to_string(one.id),
                     "note",
                     one.subject.empty() ? first_line(one.text) : one.subject,
                     "",
                     "",
                     one.text,
                     "",
                     {},
                     {},
                     "lacquer workbook"});
  });
}

void add_checks(const std::filesystem::path& workbook_file, std::vector<SearchPage>& pages) {
  std::size_t count = 0;
  for (const KnownSong& song : known_songs(workbook_file)) {
    if (++count > kMostUserPages) break;
    SearchPage page{"check-" + std::to_string(song.summary.id), "check", song_title(song.summary)};
    page.names = song.summary.path;
    if (song.last) {
      page.summary = "Open: " + open_text(*song.last);
      for (const Word& word : song.last->words) page.body += word.term + "\n";
    }
    page.open = "lacquer history";
    pages.push_back(std::move(page));
  }
}

}  // namespace

std::vector<SearchPage> user_pages(const std::filesystem::path& workbook_file) {
  std::vector<SearchPage> pages;
  const Entries entries = read_entries(workbook_file);
  add_answers(entries, pages);
  add_decisions_and_notes(entries, pages);
  add_checks(workbook_file, pages);
  return pages;
}

}  // namespace lacquer
