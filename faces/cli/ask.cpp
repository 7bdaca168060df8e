#include "faces/cli/ask.h"

#include <termios.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <iostream>

#include "api/text.h"
#include "app/moment.h"
#include "faces/cli/terminal.h"
#include "report/text_page.h"

namespace lacquer::cli {
namespace {

using Clock = std::chrono::steady_clock;

// Single keys, without echo, until it is destroyed.
class Keys {
 public:
  Keys() {
    ::tcgetattr(STDIN_FILENO, &before_);
    termios raw = before_;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 1;  // tenths of a second: an interrupt is looked for that often
    ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
  }
  Keys(const Keys&) = delete;
  Keys& operator=(const Keys&) = delete;
  ~Keys() { ::tcsetattr(STDIN_FILENO, TCSANOW, &before_); }

  char next() const {
    char key = 0;
    while (::read(STDIN_FILENO, &key, 1) != 1)
      if (interrupted()) throw Cancelled();
    return key;
  }

 private:
  termios before_{};
};

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.3f", value);
  return text;
}

double seconds(Clock::duration since) { return std::chrono::duration<double>(since).count(); }

std::string take_taps() {
  print("  Space or Enter taps, q ends.\n");
  const Keys keys;
  std::string taps;
  std::optional<Clock::time_point> first;
  for (char key = keys.next(); key != 'q'; key = keys.next()) {
    if (key != ' ' && key != '\n') continue;
    const Clock::time_point now = Clock::now();
    if (!first) first = now;
    taps += (taps.empty() ? "" : " ") + number(seconds(now - *first));
  }
  return taps;
}

std::string take_start() {
  print("  Enter when you launch, Enter again at the first sound.\n");
  const Keys keys;
  while (keys.next() != '\n') {
  }
  const Clock::time_point start = Clock::now();
  while (keys.next() != '\n') {
  }
  const std::string taken = number(seconds(Clock::now() - start));
  print("  " + taken + " s\n");
  return taken;
}

std::string take_minutes(const std::vector<std::string>& bins) {
  std::string help;
  for (std::size_t i = 0; i < bins.size(); ++i) help += "  " + std::to_string(i + 1) + " " + bins[i];
  print(help + "  q ends.\n");
  const Keys keys;
  std::vector<double> minutes(bins.size(), 0.0);
  std::size_t running = 0;
  Clock::time_point since = Clock::now();
  while (true) {
    const char key = keys.next();
    const bool ends = key == 'q';
    const auto bin = static_cast<std::size_t>(key - '1');
    if (!ends && (key < '1' || bin >= bins.size())) continue;
    minutes[running] += seconds(Clock::now() - since) / 60.0;
    since = Clock::now();
    if (ends) break;
    running = bin;
    print("  " + bins[bin] + "\n");
  }
  std::string session = iso_time(now_ms()).substr(0, 10);
  for (std::size_t i = 0; i < bins.size(); ++i) session += " " + bins[i] + " " + number(minutes[i]);
  return session;
}

std::string take_line() {
  std::string line;
  print("  > ");
  std::fflush(stdout);
  if (!std::getline(std::cin, line)) throw Cancelled();
  return well_formed_utf8(line);
}

std::string take(const Question& question) {
  if (question.form == AnswerForm::kTaps) return take_taps();
  if (question.form == AnswerForm::kSeconds) return take_start();
  if (question.form == AnswerForm::kMinutes) return take_minutes(question.choices);
  return take_line();
}

// What is wrong with an answer; empty: nothing.
std::string fault_of(const Question& question, const std::string& said) {
  Answers one;
  one.add(question.id, said);
  try {
    check_answers({question}, one);
    return {};
  } catch (const Error& error) {
    return error.what();
  }
}

void ask_one(Question question, Answers& answers) {
  TextPage page(text_style());
  std::string choices;
  for (const std::string& one : question.choices) choices += (choices.empty() ? " (" : ", ") + one;
  if (question.form == AnswerForm::kMinutes) choices.clear();
  page.paragraph(0, "",
                 question.text + choices + (choices.empty() ? "" : ")") +
                     (question.many ? " Several; an empty line ends." : ""));
  print(page.take());
  for (bool more = true; more;) {
    const std::string said = take(question);
    if (said.empty() && question.optional) return;
    if (const std::string fault = fault_of(question, said); !fault.empty()) {
      print("  " + fault + "\n");
      continue;
    }
    answers.add(question.id, said);
    question.optional = true;
    more = question.many && question.form != AnswerForm::kMinutes;
  }
}

}  // namespace

bool can_ask() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDOUT_FILENO) == 1; }

Answers ask(const std::vector<Question>& questions, const Answers& known) {
  Answers answers = known;
  for (const Question& question : questions)
    if (!known.has(question.id)) ask_one(question, answers);
  return answers;
}

}  // namespace lacquer::cli
