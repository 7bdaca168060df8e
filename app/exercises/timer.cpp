#include <algorithm>

#include "app/exercises/programs.h"
#include "report/format.h"

namespace lacquer {
namespace {

struct Session {
  std::string date;
  std::vector<double> minutes;  // by bin
  double total() const {
    double sum = 0.0;
    for (const double one : minutes) sum += one;
    return sum;
  }
};

// "2026-11-20 making 30, searching 10", any bins, in any order.
Session session_of(const std::string& said, const std::vector<std::string>& bins) {
  Session session;
  session.minutes.assign(bins.size(), 0.0);
  std::vector<std::string> words = split(said, " ,=:");
  if (words.empty())
    throw Error("a session is a date and minutes, such as 2026-11-20 making 30; write it so");
  session.date = words.front();
  days_of(session.date);
  for (std::size_t i = 1; i + 1 < words.size(); i += 2) {
    const auto bin = std::find(bins.begin(), bins.end(), lower(words[i]));
    Answers minutes;
    minutes.add("minutes", words[i + 1]);
    const double value = minutes.needed_number("minutes");
    if (bin == bins.end() || value < 0.0 || value > 1440.0)
      throw Error("\"" + words[i] + " " + words[i + 1] + "\" does not fit; the bins are " + join_and(bins) +
                  ", each with its minutes");
    session.minutes[static_cast<std::size_t>(bin - bins.begin())] += value;
  }
  return session;
}

std::vector<Question> first(const Lesson&) { return {}; }

Preparation prepare(const ExerciseRun& run) {
  Question question{
      "session",
      "A session: its date and the minutes in each bin, such as 2026-11-20 making 30, searching 20",
      AnswerForm::kMinutes, texts_of(run.exercise(), "bins")};
  question.many = true;
  Preparation preparation;
  preparation.questions.push_back(question);
  return preparation;
}

Outcome score(const Scoring& scoring) {
  const std::vector<std::string>& bins = texts_of(scoring.exercise(), "bins");
  std::vector<std::string> said;
  if (scoring.earlier.is_object() && scoring.earlier.contains("sessions"))
    said = scoring.earlier.at("sessions").get<std::vector<std::string>>();
  for (const std::string& one : scoring.answers.all("session"))
    if (std::find(said.begin(), said.end(), one) == said.end()) said.push_back(one);
  const double least = number_of(scoring.exercise(), "least_min");
  const auto wanted = static_cast<std::size_t>(count_of(scoring.exercise(), "sessions"));
  std::vector<int> days;
  Outcome outcome;
  for (const std::string& one : said) {
    const Session session = session_of(one, bins);
    std::string shares;
    for (std::size_t i = 0; i < bins.size(); ++i)
      shares += (i == 0 ? "" : ", ") + bins[i] + " " +
                quantity(session.total() > 0.0 ? 100.0 * session.minutes[i] / session.total() : 0.0, "%", 0);
    outcome.readings.push_back({session.date, quantity(session.total(), "min", 0) + ": " + shares});
    if (session.total() >= least) days.push_back(days_of(session.date));
  }
  std::sort(days.begin(), days.end());
  for (std::size_t i = 0; i + wanted <= days.size(); ++i)
    if (days[i + wanted - 1] - days[i] <= number_of(scoring.exercise(), "within_d")) outcome.passed = true;
  outcome.verdict = counted(days.size(), "session", "sessions") + " of at least " +
                    quantity(least, "min", 0) + " so far; " + std::to_string(wanted) + " within " +
                    quantity(number_of(scoring.exercise(), "within_d"), "days", 0) +
                    (outcome.passed ? " are there." : " are needed.");
  outcome.kept["sessions"] = said;
  return outcome;
}

}  // namespace

const ExerciseProgram kTimerExercise = {"timer", first, prepare, score};

}  // namespace lacquer
