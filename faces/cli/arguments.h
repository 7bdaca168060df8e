#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lacquer::cli {

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
  std::string action;  // of `target`
  std::string term;    // of `words`
  std::string file;    // of commands that take one
  std::string sheet;   // of `sheets`
  std::string pdf;
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
  std::string dither;               // empty: the plan's, else plain
  std::string render;               // a folder for audio to listen to
  std::vector<std::string> codecs;  // of `codecs`; empty: all
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
