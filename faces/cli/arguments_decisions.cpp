#include <CLI/CLI.hpp>

#include "decisions/day.h"
#include "faces/cli/arguments_parts.h"

namespace lacquer::cli {
namespace {

CLI::Option* a_day(CLI::Option* option) {
  return option->type_name("DATE")->check([](const std::string& text) -> std::string {
    return day_from(text) ? "" : "\"" + text + "\" is no day; it takes one such as 2026-12-04";
  });
}

void add_money(CLI::App& command, const std::string& name, std::optional<double>& into,
               const std::string& description) {
  between(command.add_option(name, into, description), 0, 1e9, "in one currency throughout")
      ->type_name("MONEY");
}

void add_text(CLI::App& command, const std::string& name, std::string& into, const std::string& description) {
  command.add_option(name, into, description)->type_name("TEXT");
}

void add_answers(CLI::App& command, GearArguments& g) {
  add_text(command, "--at", g.at, "1: where in the song, such as 1:12 or \"bar 33\"");
  add_text(command, "--wrong", g.wrong, "1: what is wrong there, in a sentence");
  add_text(command, "--move", g.move, "2: what a practised person would do with what you own");
  a_day(command.add_option("--tried", g.tried, "2: a day on which you tried it; may be repeated"))
      ->allow_extra_args(false);
  add_text(command, "--changed", g.changed, "2: what it changed, measured before and after");
  add_text(command, "--before", g.before, "3: what you do just before you get stuck");
  add_text(command, "--after", g.after, "3: and just after");
  one_of(command.add_option("--missing", g.missing, "3: whether a tool or a step is missing"))
      ->type_name("tool|step");
  add_money(command, "--price", g.price, "4: what it costs");
  add_money(command, "--upkeep", g.upkeep, "4: upkeep and subscription for a year");
  add_money(command, "--resale", g.resale, "4: what you would get for it in the end");
  between(command.add_option("--hours", g.hours, "4: hours to set it up and learn it"), 0, 100000, "hours")
      ->type_name("HOURS");
  between(command.add_option("--uses", g.uses, "4: sessions a month in which it will really be used"), 0,
          10000, "a month")
      ->type_name("N");
  between(command.add_option("--months", g.months, "4: how long it will be used; 12 when left out"), 1, 1200,
          "months")
      ->type_name("N");
  add_text(command, "--displaces", g.displaces, "4: what the money or time would otherwise go to");
  add_text(command, "--stays-if", g.stays_if, "5: what it must do within 30 days to stay");
  a_day(command.add_option("--from", g.from, "5: the day it comes to you; the test is 30 days later"));
  a_day(command.add_option("--return-by", g.return_by, "5: the last day to return it"));
}

void add_patterns(CLI::App& command, GearArguments& g) {
  one_of(command.add_option("--by-name", g.by_name, "Whether the argument for it is a person or a record"))
      ->type_name("yes|no");
  between(command.add_option("--finished", g.finished,
                             "Tracks finished with your last three purchases, in their first 90 days"),
          0, 10000, "tracks")
      ->type_name("N");
  one_of(command.add_option("--between-steps", g.between_steps,
                            "Whether most minutes go into searching, setting up and doing again"))
      ->type_name("yes|no");
  command.add_flag("--needed", g.needed, "Something broke, or it protects hearing, data or mains");
  one_of(command.add_option("--decision", g.answer, "What you decide"))
      ->type_name("buy|borrow|learn|workflow|not-now");
}

}  // namespace

void define_gear(CLI::App& program, Arguments& a) {
  GearArguments& g = a.gear;
  CLI::App& command = *program.add_subcommand(
      "gear", "Five questions before a purchase, held against your own checks, with a test in 30 days");
  command.add_option("DEVICE", g.device, "What you want, such as \"bus compressor\"")->type_name("");
  CLI::Option* file =
      command.add_option("--answers", g.answers_file, "Take the answers from this file; - is standard input");
  file->type_name("F.toml");
  command.add_option("--init", g.init, "Write a file to fill in, with every question explained")
      ->type_name("F.toml");
  command.add_option("--category", g.category, "The kind of device, where its name does not tell")
      ->type_name("KIND");
  add_song(command, a, "1: the song in which something is wrong");
  add_answers(command, g);
  add_patterns(command, g);
  command.add_option("--ics", g.ics, "Write the day of the test to this calendar file")->type_name("F.ics");
  command.add_flag("--list", g.list, "Show the decisions so far, and what is due");
  CLI::Option* close =
      command.add_option("--close", g.close, "End the decision of this number")->type_name("N");
  one_of(command.add_option("--outcome", g.outcome, "How it ended; bought begins the 30 days of the test"))
      ->needs(close)
      ->type_name("kept|returned|sold|bought|dropped");
  add_common(command, a);
}

void define_release(CLI::App& program, Arguments& a) {
  ReleaseArguments& r = a.release;
  CLI::App& command = *program.add_subcommand(
      "release", "Check a folder of masters, artwork and release.toml before a label or a shop gets it");
  command.add_option("DIR", r.folder, "The folder of the release")->type_name("");
  command.add_flag("--init", r.init, "Write DIR/release.toml to fill in; one that exists is kept");
  a_day(command.add_option("--on", r.on, "Count the days from this one; today when left out"));
  command.add_option("--html", a.html, "Write the readiness page for a screen")->type_name("F");
  command.add_option("--pdf", a.pdf, "Write it to print and sign")->type_name("F");
  one_of(command.add_option("--paper", a.paper, "The size of the pages; a4 when left out"))
      ->type_name("a4|letter");
  command.add_option("--ics", r.ics, "Write the days of the schedule to this calendar file")
      ->type_name("F.ics");
  command.add_flag("--strict", a.strict, "End with status 3 when a line says fix");
  add_money(command, "--advance", r.advance, "Without DIR: when would this advance be earned back");
  between(command.add_option("--share", r.share_pct, "Your share of what comes in, with --advance"), 0.01,
          100, "%")
      ->type_name("PCT");
  add_money(command, "--costs", r.costs, "Recoupable costs, with --advance");
  add_money(command, "--per-stream", r.per_stream, "What comes in for one stream, with --advance");
  add_money(command, "--per-unit", r.per_unit, "What comes in for one record sold, with --advance");
  add_common(command, a);
}

}  // namespace lacquer::cli
