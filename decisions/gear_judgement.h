#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decisions/gear_answers.h"

namespace lacquer {

// What the five answers come to. `id`s are those of the sheet "Before you buy gear".

enum class Held { kYes, kNo, kOpen };
std::string_view to_string(Held held);  // "yes", "no", "open"

struct GearQuestion {
  std::string_view id;  // "problem", "practice", "step", "price", "test"
  Held held = Held::kOpen;
  std::string why;  // one sentence
};

// A want that misleads, whose sign is there.
struct GearPattern {
  std::string_view id;  // "capability-attribution", "novelty", "workflow-gap"
  std::string why;
};

// Money over the time it will be used.
struct GearCost {
  double total = 0.0;  // price, upkeep, less resale
  double uses = 0.0;
  double each = 0.0;
};

struct GearJudgement {
  std::array<GearQuestion, 5> questions;
  std::vector<GearPattern> patterns;
  std::optional<GearCost> cost{};  // where price and uses are told
  std::string_view suggested;      // "buy", "borrow", "learn", "workflow", "not-now"
  std::string why;                 // it is suggested
  Day due{};                       // of the test, or of the next look at the question
  bool is_test = false;            // `due` is the day of the test
};

inline constexpr Days kTestDays{30};  // a want waits so long, and a test lasts so long
inline constexpr std::size_t kLeastAttempts = 3;

// The answers by what they are called on the sheet: "buy", "borrow, rent or demo", …; empty for another id.
std::string_view answer_words(std::string_view answer);

// `vague`: words that point at nothing in particular. `today` is when the question is asked.
GearJudgement judge_gear(const GearAnswers& answers, const std::vector<std::string>& vague, Day today);

}  // namespace lacquer
