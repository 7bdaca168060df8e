#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

// CLI11, the parser, is read only where it is used.
namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace lacquer::cli {

// The answers of `gear`, as they were typed; empty: not given.
struct GearArguments {
  std::string device;
  std::string answers_file;  // "-": standard input
  std::string init;
  std::string category, at, wrong, move, changed, before, after, missing, displaces, stays_if, answer;
  std::vector<std::string> tried;
  std::string from, return_by;
  std::optional<double> price, upkeep, resale, hours, uses, months;
  std::string by_name, between_steps;  // "yes" or "no"
  std::optional<int> finished;
  bool needed = false;
  bool list = false;
  std::optional<int> close;
  std::string outcome;
  std::string ics;
};

// What `release` was asked besides the common options.
struct ReleaseArguments {
  std::string folder;
  bool init = false;
  std::string on;  // the day to count from
  std::string ics;
  std::optional<double> advance, share_pct, costs, per_stream, per_unit;
};

// What the user typed, as text that the definitions in arguments.cpp have checked.
struct Arguments {
  std::vector<std::string> files;
  bool json = false;
  bool no_history = false;
  std::string song;
  std::optional<double> rested_h;
  std::optional<std::string> html;  // empty text: beside the result
  std::string only;
  std::string as;
  std::string purpose;
  bool strict = false;
  std::string loudness;
  std::string ceiling;  // a number or "auto"; empty: the default
  bool force = false;
  std::vector<std::string> accept;
  std::vector<std::string> without;
  std::string output;
  bool overwrite = false;
  std::string plan;
  std::string target;
  std::vector<std::string> references;
  std::string action;              // of `target` and `workbook`
  std::string term;                // of `words`; a note's text
  std::string file;                // of commands that take one
  std::string sheet;               // of `sheets`
  std::optional<std::string> pdf;  // empty text: beside the result
  std::string svg;
  std::string paper = "a4";
  std::string steps;  // of `master`
  std::string delta;
  std::optional<double> preview_s;
  bool each = false;
  std::optional<double> amount_pct;
  bool anyway = false;
  std::string bits;  // empty: the plan's, else 24
  std::optional<double> rate_hz;
  std::string format;
  std::string dither;       // empty: the plan's, else plain
  std::string data;         // platforms or systems of the user's own
  std::string render;       // a folder for audio to listen to
  std::string subject;      // of a note
  std::string export_file;  // of `workbook`
  std::string import_file;
  bool blank = false;
  std::vector<std::string> query;  // of `find`
  std::string kind;
  std::string topic;
  std::string course;
  std::string stage;
  std::vector<std::string> codecs;  // of `codecs`; empty: all
  int port = 0;                     // of `studio`; 0: any that is free
  bool no_browser = false;
  GearArguments gear;
  ReleaseArguments release;
  std::string lesson;                           // of `learn`
  std::optional<std::vector<std::string>> run;  // files of the exercise; empty list: it takes none
  std::string score;                            // the folder of an exercise
  std::vector<std::string> say;                 // ID=ANSWER
  std::vector<std::string> answers;             // to the workbook's prompts, in order
  bool done = false;
  std::optional<std::uint64_t> seed;
  bool write = false;  // of `learn`: ask the workbook's prompts
};

// The one description of commands and options: parsing, --help, the manual page and the completions all come
// from it. `arguments` must outlive the result.
std::unique_ptr<CLI::App> define_command_line(Arguments& arguments);

// The examples that close a command's help ("" for the program itself).
struct Example {
  std::string command_line;
  std::string meaning;
};
const std::vector<Example>& examples(const std::string& command);

// Exit statuses and what they mean, for the manual page.
struct ExitStatus {
  int status;
  std::string meaning;
};
const std::vector<ExitStatus>& exit_statuses();

// The words an option takes, in order; empty where it takes anything.
std::vector<std::string> choices(const CLI::Option& option);

}  // namespace lacquer::cli
