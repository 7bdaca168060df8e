#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "api/json.h"
#include "workbook/workbook.h"

namespace lacquer {

// What the learner did and wrote, in the workbook. Reading goes on without it where it cannot be read, after
// telling why; writing throws FileError. Without a file nothing is read and nothing kept.
class LessonRecords {
 public:
  using Warn = std::function<void(const std::string& file, const std::string& why)>;

  LessonRecords() = default;
  LessonRecords(std::filesystem::path file, Warn warn) : file_(std::move(file)), warn_(std::move(warn)) {}

  // The user's own workbook; none where the surroundings name no place for it, after telling why.
  static LessonRecords of_user(const Warn& warn);

  bool kept() const { return !file_.empty(); }

  std::vector<LessonProgress> progress();
  std::optional<FirstAndNewest> answer(const std::string& lesson, int prompt);
  // The newest score of a lesson's exercise, as add_score() was given it; null for none.
  Json newest_score(const std::string& lesson);
  std::vector<Score> scores(const std::string& lesson);

  void start(const std::string& lesson, std::int64_t now_ms);
  void finish(const std::string& lesson, std::int64_t now_ms);
  void add_answer(const Answer& answer);
  void add_score(const std::string& lesson, const std::string& kind, const Json& score, std::int64_t now_ms);

 private:
  template <class Read>
  auto read(const Read& read) -> decltype(read(std::declval<Workbook&>()));
  template <class Write>
  void write(const Write& write);

  std::filesystem::path file_;
  Warn warn_;
  std::optional<Workbook> workbook_;
};

}  // namespace lacquer
