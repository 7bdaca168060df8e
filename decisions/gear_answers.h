#pragma once

#include <optional>
#include <string>
#include <vector>

#include "decisions/day.h"

namespace lacquer {

// What somebody answers before a purchase; what is empty was not answered. Money in one currency, whichever.
struct GearAnswers {
  std::string device;    // what is wanted
  std::string category;  // id of a kind of device; empty: told from its name
  // 1: what is wrong, where
  std::string song;
  std::string time;  // "1:12", "bar 33"
  std::string problem;
  // 2: with what one owns
  std::string move;
  std::vector<Day> tried;
  std::string changed;
  // 3: a tool or a step
  std::string before;
  std::string after;
  std::string missing;  // "tool" or "step"
  // 4: the whole price
  std::optional<double> price{};
  double upkeep_per_year = 0.0;
  double resale = 0.0;
  double hours = 0.0;  // to set it up and learn it
  std::optional<double> uses_per_month{};
  double life_months = 12.0;
  std::string displaces;  // what the money or time would otherwise go to
  // 5: the test
  std::string stays_if;
  std::optional<Day> from{};  // bought, borrowed or received
  std::optional<Day> return_by{};
  // The three wants that mislead
  std::optional<bool> argument_is_a_name{};
  std::optional<int> finished_with_last_three{};  // tracks, in their first 90 days
  std::optional<bool> time_goes_between_steps{};
  bool needed = false;  // something broke, or it protects hearing, data or mains
  std::string answer;   // "buy", "borrow", "learn", "workflow", "not-now"
};

// The limits of the file: an amount of money, a count of anything.
inline constexpr double kMostMoney = 1e9;
inline constexpr std::size_t kMostAnswer = 100'000;  // bytes of one answer

// Reads the answers from TOML; `name` is what complaints call it. Throws Error
// "NAME:LINE: FIELD: what is wrong; what to do".
GearAnswers parse_gear_answers(std::string_view text, const std::string& name);

// A file to fill in, with comments that say what each answer is.
std::string gear_answers_template();

}  // namespace lacquer
