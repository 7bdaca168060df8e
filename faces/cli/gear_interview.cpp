#include "faces/cli/gear_interview.h"

#include <cmath>
#include <iostream>

#include "app/gear.h"
#include "faces/cli/terminal.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

// A line from the terminal without the spaces around it; nothing at the end of input.
std::optional<std::string> line_after(const std::string& prompt) {
  print_prompt(prompt);
  std::string line;
  const bool there = static_cast<bool>(std::getline(std::cin, line));
  if (interrupted()) throw Cancelled();
  if (!there) return std::nullopt;
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return std::string();
  line = line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
  return valid_utf8(line.substr(0, kMostAnswer));
}

// Asks until what is typed can be read, or nothing is typed.
class Interview {
 public:
  bool ended() const { return ended_; }

  void text(const std::string& name, std::string& into) {
    if (into.empty())
      ask(
          name, [&](const std::string& said) { return into = said, true; }, "");
  }
  void day(const std::string& name, std::optional<Day>& into) {
    if (!into)
      ask(
          name, [&](const std::string& said) { return (into = day_from(said)).has_value(); }, kDay);
  }
  void days(const std::string& name, std::vector<Day>& into) {
    if (!into.empty()) return;
    ask(
        name, [&](const std::string& said) { return (into = days_in(said)).size() > 0; }, kDay);
  }
  void number(const std::string& name, std::optional<double>& into) {
    if (!into)
      ask(
          name, [&](const std::string& said) { return (into = number_in(said)).has_value(); },
          "that is no number; write one such as 250");
  }
  void number(const std::string& name, double& into, double unanswered) {
    if (into > unanswered || into < unanswered) return;  // it was given
    std::optional<double> asked;
    number(name, asked);
    into = asked.value_or(unanswered);
  }
  void yes(const std::string& name, std::optional<bool>& into) {
    if (into) return;
    ask(
        name + " (y/n)",
        [&](const std::string& said) {
          if (said[0] == 'y' || said[0] == 'Y') into = true;
          if (said[0] == 'n' || said[0] == 'N') into = false;
          return into.has_value();
        },
        "write y or n");
  }
  void word(const std::string& name, std::string& into, std::initializer_list<std::string_view> words,
            const std::string& otherwise) {
    if (into.empty())
      ask(
          name,
          [&](const std::string& said) {
            const bool known = std::find(words.begin(), words.end(), said) != words.end();
            if (known) into = said;
            return known;
          },
          otherwise);
  }

 private:
  static constexpr const char* kDay = "that is no day; write one such as 2026-12-04";

  template <class Read>
  void ask(const std::string& name, const Read& read, const std::string& complaint) {
    while (!ended_) {
      const std::optional<std::string> said = line_after("  " + name + ": ");
      if (!said) ended_ = true;
      if (!said || said->empty() || read(*said)) return;
      print_note("  " + complaint);
    }
  }

  // Days with spaces or commas between them; none where one of them is no day.
  static std::vector<Day> days_in(const std::string& said) {
    std::vector<Day> days;
    std::string word;
    for (const char c : said + " ") {
      if (c != ' ' && c != ',') {
        word += c;
        continue;
      }
      if (word.empty()) continue;
      const std::optional<Day> day = day_from(word);
      if (!day) return {};
      days.push_back(*day);
      word.clear();
    }
    return days;
  }

  static std::optional<double> number_in(const std::string& said) {
    char* end = nullptr;
    const double value = std::strtod(said.c_str(), &end);
    const bool whole = end != said.c_str() && *end == '\0';
    if (!whole || !std::isfinite(value) || value < 0.0 || value > kMostMoney) return std::nullopt;
    return value;
  }

  bool ended_ = false;
};

void put_question(int number, std::string_view id) {
  const SheetItem& item = gear_item(id);
  TextPage page(text_style());
  page.blank();
  page.paragraph(0, std::to_string(number) + "  ", item.title, Tone::kStrong, Tone::kStrong);
  page.paragraph(3, "", item.text, Tone::kQuiet);
  page.paragraph(3, "", item.ask);
  print_prompt(page.take());
}

void ask_price(Interview& ask, GearAnswers& a) {
  ask.number("Price", a.price);
  ask.number("Upkeep and subscription for a year", a.upkeep_per_year, 0.0);
  ask.number("What you would get for it in the end", a.resale, 0.0);
  ask.number("Hours to set it up and learn it", a.hours, 0.0);
  ask.number("Sessions a month in which it will really be used", a.uses_per_month);
  std::optional<double> months;
  if (a.life_months == 12.0) ask.number("Months it will be used (12)", months);
  a.life_months = std::clamp(months.value_or(a.life_months), 1.0, 1200.0);
  ask.text("What the money or time would otherwise go to", a.displaces);
}

void ask_patterns(Interview& ask, GearAnswers& a) {
  print_note("");
  ask.yes("Is the argument for it a person or a record?", a.argument_is_a_name);
  std::optional<double> finished;
  if (!a.finished_with_last_three)
    ask.number("Tracks finished with your last three purchases, in their first 90 days", finished);
  if (finished) a.finished_with_last_three = static_cast<int>(std::min(*finished, 10'000.0));
  ask.yes("Do most minutes go into searching, setting up and doing again?", a.time_goes_between_steps);
}

}  // namespace

void ask_gear(GearAnswers& a) {
  Interview ask;
  print_note("An empty line leaves a question open.");
  ask.text("What do you want?", a.device);
  put_question(1, "problem");
  ask.text("Song", a.song);
  ask.text("Time, such as 1:12 or bar 33", a.time);
  ask.text("What is wrong", a.problem);
  put_question(2, "practice");
  ask.text("The move", a.move);
  ask.days("Tried on, such as 2026-12-01 2026-12-03", a.tried);
  ask.text("What it changed", a.changed);
  put_question(3, "step");
  ask.text("Just before", a.before);
  ask.text("Just after", a.after);
  ask.word("Missing: tool or step", a.missing, {"tool", "step"}, "write tool or step");
  put_question(4, "price");
  ask_price(ask, a);
  put_question(5, "test");
  ask.text("It stays if", a.stays_if);
  ask.day("The day it comes to you", a.from);
  ask.day("Last day to return it", a.return_by);
  ask_patterns(ask, a);
}

std::string ask_gear_answer(std::string_view suggested) {
  Interview ask;
  std::string answer;
  const std::string words = "buy, borrow, learn, workflow or not-now";
  ask.word("Your answer, " + words + " (suggested: " + std::string(suggested) + ")", answer,
           {"buy", "borrow", "learn", "workflow", "not-now"}, "write " + words);
  return answer;
}

}  // namespace lacquer::cli
