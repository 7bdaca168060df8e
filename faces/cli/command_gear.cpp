#include <unistd.h>

#include <iostream>

#include "api/text.h"
#include "app/due.h"
#include "app/file_error.h"
#include "app/gear.h"
#include "app/history.h"
#include "app/moment.h"
#include "app/sheets.h"
#include "app/small_text.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/gear_interview.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

GearAnswers answers_from_file(const std::string& file) {
  if (file == "-") return parse_gear_answers(read_small_toml(std::cin, "file of answers"), "standard input");
  const std::string text =
      about(file, [&] { return read_small_toml(std::filesystem::path(file), "file of answers"); });
  return parse_gear_answers(text, file);
}

void take(std::string& into, const std::string& typed) {
  if (!typed.empty()) into = well_formed_utf8(typed);
}
template <class Value>
void take(Value& into, const std::optional<Value>& typed) {
  if (typed) into = *typed;
}
void take(std::optional<double>& into, const std::optional<double>& typed) {
  if (typed) into = typed;
}
void take(std::optional<Day>& into, const std::string& typed) {
  if (!typed.empty()) into = day_from(typed);
}
void take(std::optional<bool>& into, const std::string& typed) {
  if (!typed.empty()) into = typed == "yes";
}

// What was typed comes before what the file says.
void take_options(GearAnswers& a, const GearArguments& g, const std::string& song) {
  take(a.device, g.device);
  take(a.category, g.category);
  take(a.song, song);
  take(a.time, g.at);
  take(a.problem, g.wrong);
  take(a.move, g.move);
  take(a.changed, g.changed);
  take(a.before, g.before);
  take(a.after, g.after);
  take(a.missing, g.missing);
  take(a.price, g.price);
  take(a.upkeep_per_year, g.upkeep);
  take(a.resale, g.resale);
  take(a.hours, g.hours);
  take(a.uses_per_month, g.uses);
  take(a.life_months, g.months);
  take(a.displaces, g.displaces);
  take(a.stays_if, g.stays_if);
  take(a.from, g.from);
  take(a.return_by, g.return_by);
  take(a.argument_is_a_name, g.by_name);
  take(a.time_goes_between_steps, g.between_steps);
  take(a.answer, g.answer);
  if (g.finished) a.finished_with_last_three = g.finished;
  if (!g.tried.empty()) a.tried.clear();
  for (const std::string& day : g.tried) a.tried.push_back(*day_from(day));
  a.needed = a.needed || g.needed;
}

// Whether anything beyond the name of the device was answered.
bool is_answered(const GearAnswers& a) {
  return a.needed || !(a.song.empty() && a.time.empty() && a.problem.empty() && a.move.empty() &&
                       a.tried.empty() && a.changed.empty() && a.before.empty() && a.after.empty() &&
                       a.missing.empty() && !a.price && !a.uses_per_month && a.displaces.empty() &&
                       a.stays_if.empty() && !a.from && !a.return_by && !a.argument_is_a_name &&
                       !a.finished_with_last_three && !a.time_goes_between_steps && a.answer.empty());
}

class Gear {
 public:
  explicit Gear(const Arguments& arguments) : a_(arguments), g_(arguments.gear), now_ms_(now_ms()) {
    if (a_.no_history) return;
    try {
      file_ = workbook_file();
    } catch (const Error& error) {
      print_error("", error.what());
    }
  }

  int run() {
    if (!g_.init.empty()) return write_template();
    if (g_.close) return close();
    if (file_) tell_due();
    if (g_.list) return list();
    return weigh();
  }

 private:
  int write_template() const {
    write_gear_template(g_.init);
    if (!a_.json) print("Answers to fill in: " + terminal_text(g_.init) + "\n");
    if (a_.json) print(dump(items_json(Json::array())) + "\n");
    return kDone;
  }

  int close() const {
    if (g_.outcome.empty())
      throw WrongUsage("--close needs --outcome: kept, returned, sold, bought or dropped");
    if (!file_) throw WrongUsage("--close changes the history; leave out --no-history");
    const Decision closed = close_gear(*g_.close, g_.outcome, *file_, now_ms_);
    write_ics(closed);
    if (a_.json)
      print(dump(gear_list_json({closed})) + "\n");
    else
      print(gear_list_text({closed}, local_day(now_ms_), text_style()));
    return kDone;
  }

  int list() const {
    const std::vector<Decision> decisions = file_ ? gear_decisions(*file_) : std::vector<Decision>{};
    print(a_.json ? dump(gear_list_json(decisions)) + "\n"
                  : gear_list_text(decisions, local_day(now_ms_), text_style()));
    return kDone;
  }

  // What is due goes to standard error; a history that cannot be read does not keep anybody from asking.
  void tell_due() {
    try {
      for (const Decision& one : due_decisions(*file_, local_day(now_ms_)))
        print_error("due", due_text(one, local_day(now_ms_)));
    } catch (const FileError& error) {
      print_error(error.file().string(), std::string(error.what()) + " (this run goes on without it)");
      file_.reset();
    }
  }

  int weigh() {
    GearAnswers answers;
    if (!g_.answers_file.empty()) answers = answers_from_file(g_.answers_file);
    take_options(answers, g_, a_.song);
    const bool asks = g_.answers_file.empty() && !is_answered(answers) && is_conversation() && !a_.json;
    if (asks) ask_gear(answers);
    if (g_.answers_file.empty() && !asks && !is_answered(answers)) return show_questions();
    WeighedGear weighed = weigh_gear(answers, file_, now_ms_);
    if (!a_.json) print(gear_text(weighed, text_style()));
    if (asks) weighed.answers.answer = ask_gear_answer(weighed.judgement.suggested);
    const std::optional<Decision> kept = keep(weighed);
    write_ics(kept ? *kept : decision_of(weighed, now_ms_));
    if (a_.json) print(dump(gear_json(weighed, kept)) + "\n");
    return kDone;
  }

  std::optional<Decision> keep(const WeighedGear& weighed) const {
    if (!file_) return std::nullopt;
    const Decision kept = keep_gear(weighed, *file_, now_ms_);
    if (!a_.json)
      print("kept as decision " + std::to_string(kept.id) + "; lacquer gear --close " +
            std::to_string(kept.id) + " --outcome … ends it\n");
    return kept;
  }

  void write_ics(const Decision& decision) const {
    if (g_.ics.empty()) return;
    const std::optional<CalendarEvent> event = calendar_event(decision);
    if (!event)
      throw WrongUsage("a decision that is settled has no day to put into a calendar; leave out --ics");
    write_calendar(g_.ics, {*event}, now_ms_);
    if (!a_.json) print("Calendar: " + terminal_text(g_.ics) + "\n");
  }

  // The sheet, for whoever reads it in a pipe; what past checks say of the device, where one is named.
  int show_questions() const {
    if (a_.json) return list();
    const std::optional<PrintedSheet> sheet = sheet_named("gear");
    print(sheet_text(*sheet, text_style()));
    if (!g_.device.empty()) {
      GearAnswers named;
      named.device = well_formed_utf8(g_.device);
      print("\n" + weigh_gear(named, file_, now_ms_).evidence_text + "\n");
    }
    print(
        "\nTo be asked, run lacquer gear on a terminal; lacquer gear --init F.toml writes the questions to a "
        "file, and lacquer gear --answers F.toml weighs it.\n");
    return kDone;
  }

  static bool is_conversation() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

  const Arguments& a_;
  const GearArguments& g_;
  std::int64_t now_ms_;
  std::optional<std::filesystem::path> file_;
};

}  // namespace

int run_gear(const Arguments& arguments) { return Gear(arguments).run(); }

}  // namespace lacquer::cli
