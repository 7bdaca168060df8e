#include "decisions/gear_judgement.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

namespace lacquer {
namespace {

constexpr std::size_t kLeastWords = 3;
constexpr double kLeastUses = 1.0;  // a month; below it, renting for the day is the question to ask first

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

std::size_t words_in(const std::string& text) {
  std::istringstream words(text);
  std::size_t count = 0;
  for (std::string word; words >> word;) ++count;
  return count;
}

// "1:12", "01:02:33", "bar 33", "33": a time stamp holds a digit.
bool is_place(const std::string& text) { return text.find_first_of("0123456789") != std::string::npos; }

GearQuestion problem(const GearAnswers& a, const std::vector<std::string>& vague) {
  GearQuestion question{"problem", Held::kNo, ""};
  if (a.problem.empty() && a.song.empty()) {
    question.held = Held::kOpen;
    question.why = "No problem is written down yet.";
  } else if (a.song.empty() || !is_place(a.time)) {
    question.why = "It has no place: name the song and the time, such as 1:12 or bar 33.";
  } else if (words_in(a.problem) < kLeastWords) {
    question.why = "Say in a sentence what is wrong there.";
  } else {
    const std::string said = lower(a.problem);
    const auto found = std::find_if(vague.begin(), vague.end(), [&](const std::string& word) {
      return said.find(word) != std::string::npos;
    });
    if (found != vague.end()) {
      question.why = "“" + *found + "” points at nothing; say what is wrong at this one place.";
    } else {
      question.held = Held::kYes;
      question.why = "It can be pointed at: " + a.song + ", " + a.time + ".";
    }
  }
  return question;
}

GearQuestion practice(const GearAnswers& a) {
  GearQuestion question{"practice", Held::kNo, ""};
  const std::size_t days = std::set<Day>(a.tried.begin(), a.tried.end()).size();
  if (a.move.empty() && days == 0) {
    question.held = Held::kOpen;
    question.why = "Nothing was tried yet with what you own.";
  } else if (a.move.empty()) {
    question.why = "The move has no name yet; find out what a practised person would do.";
  } else if (days < kLeastAttempts) {
    question.why = "Tried on " + std::to_string(days) + (days == 1 ? " day" : " days") +
                   "; three different days are asked for.";
  } else {
    question.held = Held::kYes;
    question.why = "Tried on " + std::to_string(days) + " days with what you own" +
                   (a.changed.empty() ? "; what it changed is not written down." : ".");
  }
  return question;
}

GearQuestion step(const GearAnswers& a) {
  if (a.missing == "step")
    return {"step", Held::kNo, "A step is missing, and new equipment would inherit that."};
  if (a.missing == "tool" && !a.before.empty() && !a.after.empty())
    return {"step", Held::kYes, "The steps before and after are written down, and the tool is what lacks."};
  if (a.missing == "tool")
    return {"step", Held::kOpen, "Write down what you do just before and just after you get stuck."};
  return {"step", Held::kOpen, "Whether a tool or a step is missing is not said."};
}

std::optional<GearCost> cost_of(const GearAnswers& a) {
  if (!a.price || !a.uses_per_month) return std::nullopt;
  GearCost cost;
  cost.total = *a.price + a.upkeep_per_year * a.life_months / 12.0 - a.resale;
  cost.uses = *a.uses_per_month * a.life_months;
  if (cost.uses <= 0.0) return std::nullopt;
  cost.each = cost.total / cost.uses;
  return cost;
}

GearQuestion price(const GearAnswers& a, const std::optional<GearCost>& cost) {
  if (!a.price || !a.uses_per_month)
    return {"price", Held::kOpen, "The price or the uses a month are not said, so no use has a price."};
  if (!cost || *a.uses_per_month < kLeastUses)
    return {"price", Held::kNo, "Less than one use a month: borrow or rent it for the day it is needed."};
  return {"price", Held::kYes,
          a.displaces.empty() ? "The price of each use is known; what it pushes aside is not said."
                              : "The price of each use is known, and what it pushes aside: " + a.displaces};
}

GearQuestion test(const GearAnswers& a) {
  if (a.stays_if.empty())
    return {"test", Held::kOpen, "No sentence says what it must do within 30 days to stay."};
  if (words_in(a.stays_if) < kLeastWords)
    return {"test", Held::kNo, "Say in a sentence what it must do, so that it can fail."};
  if (a.from && a.return_by && *a.return_by < *a.from + kTestDays)
    return {"test", Held::kYes,
            "The test stands; it can be returned until " + day_text(*a.return_by) + ", so test by then."};
  return {"test", Held::kYes, "The test stands before the purchase."};
}

std::vector<GearPattern> patterns(const GearAnswers& a) {
  std::vector<GearPattern> found;
  if (a.argument_is_a_name && *a.argument_is_a_name)
    found.push_back({"capability-attribution", "The argument for it is a person or a record."});
  if (a.finished_with_last_three && *a.finished_with_last_three <= 1)
    found.push_back(
        {"novelty", "The last three purchases led to " + std::to_string(*a.finished_with_last_three) +
                        (*a.finished_with_last_three == 1 ? " finished track" : " finished tracks") +
                        " in their first 90 days."});
  if (a.time_goes_between_steps && *a.time_goes_between_steps)
    found.push_back({"workflow-gap", "Most minutes go into searching, setting up and doing again."});
  return found;
}

struct Suggestion {
  std::string_view answer;
  std::string_view why;
};

// What the first question that does not hold stands for.
constexpr std::array<Suggestion, 5> kInstead = {{
    {"not-now", "What cannot be pointed at cannot be mended by buying."},
    {"learn", "The move comes before the device."},
    {"workflow", "The time goes missing between the steps."},
    {"borrow", "A device whose use is not known is cheaper to borrow than to own."},
    {"not-now", "Without a test it would stay whatever it does."},
}};

Suggestion suggestion(const GearJudgement& judged, const GearAnswers& a) {
  if (a.needed) return {"buy", "What is broken, or protects hearing, data or mains, does not wait."};
  for (std::size_t i = 0; i < judged.questions.size(); ++i)
    if (judged.questions[i].held != Held::kYes) return kInstead[i];
  if (!judged.patterns.empty())
    return {"borrow", "All five answers hold, and so does a want that misleads: do its counter-test first."};
  return {"buy", "All five answers hold. A want still waits 30 days."};
}

}  // namespace

std::string_view to_string(Held held) {
  return held == Held::kYes ? "yes" : held == Held::kNo ? "no" : "open";
}

std::string_view answer_words(std::string_view answer) {
  if (answer == "buy") return "buy";
  if (answer == "borrow") return "borrow, rent or demo";
  if (answer == "learn") return "learn first";
  if (answer == "workflow") return "mend the workflow";
  if (answer == "not-now") return "not now";
  return "";
}

GearJudgement judge_gear(const GearAnswers& a, const std::vector<std::string>& vague, Day today) {
  GearJudgement judged;
  judged.cost = cost_of(a);
  judged.questions = {problem(a, vague), practice(a), step(a), price(a, judged.cost), test(a)};
  judged.patterns = patterns(a);
  const Suggestion suggested = suggestion(judged, a);
  judged.suggested = suggested.answer;
  judged.why = suggested.why;
  judged.is_test = a.from.has_value();
  judged.due = (a.from ? *a.from : today) + kTestDays;
  if (judged.is_test && a.return_by) judged.due = std::min(judged.due, *a.return_by);
  return judged;
}

}  // namespace lacquer
