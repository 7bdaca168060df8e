#include "decisions/gear_answers.h"

#include "decisions/read_days.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostDays = 1000;

// Reads what is there; what is missing stays as it is.
class Reader {
 public:
  explicit Reader(const TableReader& table) : table_(table) {}

  void text(std::string_view key, std::string& into) const {
    if (!table_.has(key)) return;
    into = table_.string(key);
    if (into.size() > kMostAnswer) table_.fail(key, "the answer is too long; keep it below 100,000 bytes");
  }
  void number(std::string_view key, double& into, double least, double most) const {
    into = table_.optional_number(key, least, most).value_or(into);
  }
  void number(std::string_view key, std::optional<double>& into, double least, double most) const {
    into = table_.optional_number(key, least, most);
  }
  void yes(std::string_view key, std::optional<bool>& into) const {
    if (table_.has(key)) into = table_.boolean(key);
  }
  void word(std::string_view key, std::string& into, std::initializer_list<std::string_view> words) const {
    text(key, into);
    if (into.empty() || std::find(words.begin(), words.end(), into) != words.end()) return;
    std::string choices;
    for (const std::string_view one : words) choices += (choices.empty() ? "" : ", ") + std::string(one);
    table_.fail(key, "it must be one of " + choices + "; write one of them");
  }

 private:
  const TableReader& table_;
};

void read_problem(const TableReader& table, GearAnswers& a) {
  table.allow_only({"song", "time", "wrong"});
  const Reader read(table);
  read.text("song", a.song);
  read.text("time", a.time);
  read.text("wrong", a.problem);
}

void read_practice(const TableReader& table, GearAnswers& a) {
  table.allow_only({"move", "tried", "changed"});
  const Reader read(table);
  read.text("move", a.move);
  read.text("changed", a.changed);
  a.tried = read_days(table, "tried");
  if (a.tried.size() > kMostDays) table.fail("tried", "these are too many days; keep the last ones");
}

void read_step(const TableReader& table, GearAnswers& a) {
  table.allow_only({"before", "after", "missing"});
  const Reader read(table);
  read.text("before", a.before);
  read.text("after", a.after);
  read.word("missing", a.missing, {"tool", "step"});
}

void read_price(const TableReader& table, GearAnswers& a) {
  table.allow_only(
      {"price", "upkeep_per_year", "resale", "hours", "uses_per_month", "life_months", "displaces"});
  const Reader read(table);
  read.number("price", a.price, 0.0, kMostMoney);
  read.number("upkeep_per_year", a.upkeep_per_year, 0.0, kMostMoney);
  read.number("resale", a.resale, 0.0, kMostMoney);
  read.number("hours", a.hours, 0.0, 100'000.0);
  read.number("uses_per_month", a.uses_per_month, 0.0, 10'000.0);
  read.number("life_months", a.life_months, 1.0, 1200.0);
  read.text("displaces", a.displaces);
}

void read_test(const TableReader& table, GearAnswers& a) {
  table.allow_only({"stays_if", "from", "return_by"});
  Reader(table).text("stays_if", a.stays_if);
  a.from = read_day(table, "from");
  a.return_by = read_day(table, "return_by");
}

void read_patterns(const TableReader& table, GearAnswers& a) {
  table.allow_only({"argument_is_a_name", "finished_with_last_three", "time_goes_between_steps"});
  const Reader read(table);
  read.yes("argument_is_a_name", a.argument_is_a_name);
  read.yes("time_goes_between_steps", a.time_goes_between_steps);
  a.finished_with_last_three = table.optional_integer("finished_with_last_three", 0, 10'000);
}

constexpr std::string_view kTemplate = R"(# Before you buy: fill in what you know, leave the rest, and run
#   lacquer gear --answers THIS_FILE
schema = 1
device = ""        # what you want, such as "bus compressor"
needed = false     # true: something broke, or it protects hearing, data or mains

[problem]          # 1  What is wrong, in one sentence, at one place in one song?
song = ""
time = ""          # such as "1:12" or "bar 33"
wrong = ""

[practice]         # 2  Could someone with more practice mend it with what you own?
move = ""          # what their move is called
tried = []         # days, such as [2026-11-20, 2026-11-21, 2026-11-23]
changed = ""       # what it changed, measured before and after

[step]             # 3  Is a tool missing, or a step?
before = ""        # what you do just before you get stuck
after = ""         # and just after
missing = ""       # "tool" or "step"

[price]            # 4  What is the whole price? One currency throughout.
# price = 0.0
upkeep_per_year = 0.0
resale = 0.0       # what you would get for it in the end
hours = 0.0        # to set it up and to learn it
# uses_per_month = 0.0
life_months = 12
displaces = ""     # what the money or the time would otherwise go to

[test]             # 5  How will you know after 30 days?
stays_if = ""      # a sentence that can fail
# from = 2026-12-01       # the day it comes to you
# return_by = 2026-12-31

[patterns]         # three wants that mislead
# argument_is_a_name = false        # is the argument for it a person or a record?
# finished_with_last_three = 4      # tracks finished with your last three purchases, in their first 90 days
# time_goes_between_steps = false   # do most minutes go into searching, setting up and doing again?
)";

}  // namespace

GearAnswers parse_gear_answers(std::string_view text, const std::string& name) {
  const toml::table parsed = parse_toml(text, name);
  const TableReader file(parsed, name, "");
  file.allow_only({"schema", "device", "category", "needed", "answer", "problem", "practice", "step", "price",
                   "test", "patterns"});
  file.integer("schema", 1, 1);
  GearAnswers answers;
  const Reader read(file);
  read.text("device", answers.device);
  read.text("category", answers.category);
  read.word("answer", answers.answer, {"buy", "borrow", "learn", "workflow", "not-now"});
  if (file.has("needed")) answers.needed = file.boolean("needed");
  using Part = void (*)(const TableReader&, GearAnswers&);
  const std::pair<std::string_view, Part> parts[] = {{"problem", read_problem}, {"practice", read_practice},
                                                     {"step", read_step},       {"price", read_price},
                                                     {"test", read_test},       {"patterns", read_patterns}};
  for (const auto& [key, part] : parts)
    if (file.has(key)) part(file.table(key), answers);
  return answers;
}

std::string gear_answers_template() { return std::string(kTemplate); }

}  // namespace lacquer
