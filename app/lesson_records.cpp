#include "app/lesson_records.h"

#include "app/file_error.h"
#include "app/history.h"

namespace lacquer {

LessonRecords LessonRecords::of_user(const Warn& warn) {
  try {
    return {workbook_file(), warn};
  } catch (const Error& error) {
    if (warn) warn("", error.what());
    return {};
  }
}

template <class Read>
auto LessonRecords::read(const Read& read) -> decltype(read(std::declval<Workbook&>())) {
  std::error_code failed;
  if (file_.empty() || (!workbook_ && !std::filesystem::exists(file_, failed))) return {};
  try {
    if (!workbook_) workbook_.emplace(Workbook::open(file_));
    return read(*workbook_);
  } catch (const Error& error) {
    if (warn_) warn_(file_.string(), error.what());
    file_.clear();  // said once
    return {};
  }
}

template <class Write>
void LessonRecords::write(const Write& write) {
  if (file_.empty()) return;
  about(file_, [&] {
    if (!workbook_) workbook_.emplace(Workbook::create(file_));
    write(*workbook_);
  });
}

std::vector<LessonProgress> LessonRecords::progress() {
  return read([](Workbook& workbook) { return workbook.progress(); });
}

std::optional<FirstAndNewest> LessonRecords::answer(const std::string& lesson, int prompt) {
  return read([&](Workbook& workbook) { return workbook.first_and_newest(lesson, prompt); });
}

std::vector<Score> LessonRecords::scores(const std::string& lesson) {
  return read([&](Workbook& workbook) { return workbook.scores(lesson); });
}

Json LessonRecords::newest_score(const std::string& lesson) {
  const std::vector<Score> all = scores(lesson);
  return all.empty() ? Json() : Json::parse(all.back().document, nullptr, false);
}

void LessonRecords::start(const std::string& lesson, std::int64_t now_ms) {
  write([&](Workbook& workbook) { workbook.mark_lesson(lesson, LessonState::kStarted, now_ms); });
}

void LessonRecords::finish(const std::string& lesson, std::int64_t now_ms) {
  write([&](Workbook& workbook) { workbook.mark_lesson(lesson, LessonState::kDone, now_ms); });
}

void LessonRecords::add_answer(const Answer& answer) {
  write([&](Workbook& workbook) { workbook.add_answer(answer); });
}

void LessonRecords::add_score(const std::string& lesson, const std::string& kind, const Json& score,
                              std::int64_t now_ms) {
  write([&](Workbook& workbook) { workbook.add_score({lesson, kind, now_ms, dump(score)}); });
}

}  // namespace lacquer
