#include <CLI/CLI.hpp>
#include <cstdlib>

#include "api/version.h"
#include "app/file_error.h"
#include "app/instruction_set.h"
#include "faces/cli/arguments.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"

namespace lacquer::cli {
namespace {

// The library's message as one line in this program's own style.
std::string usage_message(const CLI::ParseError& error, const CLI::App& program) {
  std::string message = error.what();
  for (char& c : message)
    if (c == '\n') c = ' ';
  while (message.ends_with(' ') || message.ends_with('.')) message.pop_back();
  return message + "; lacquer " + program.get_subcommands().front()->get_name() +
         " --help shows what it takes";
}

std::string command_names(const CLI::App& program) {
  std::string names;
  for (const CLI::App* command : program.get_subcommands({}))
    names += (names.empty() ? "" : ", ") + command->get_name();
  return names;
}

int wrong_usage(const CLI::ParseError& error, const CLI::App& program, int count, char** words) {
  const std::string commands = "the commands are " + command_names(program) + " (lacquer --help)";
  if (!program.get_subcommands().empty())
    print_error("", usage_message(error, program));
  else if (count == 1)
    print_error("", "no command was given; " + commands);
  else
    print_error(words[1], std::string("there is no such ") + (words[1][0] == '-' ? "option; " : "command; ") +
                              commands);
  return kWrongUsage;
}

int dispatch(const CLI::App& program, const Arguments& arguments, const std::string& called_as) {
  const CLI::App& command = *program.get_subcommands().front();
  if (command.get_name() == "check") return run_check(arguments);
  if (command.get_name() == "history") return run_history(arguments);
  if (command.get_name() == "plan") return run_plan(arguments);
  if (command.get_name() == "learn") return run_learn(arguments);
  if (command.get_name() == "clips") return run_clips(arguments);
  if (command.get_name() == "systems") return run_systems(arguments);
  if (command.get_name() == "target") return run_target(arguments);
  if (command.get_name() == "sheets") return run_sheets(arguments);
  if (command.get_name() == "gear") return run_gear(arguments);
  if (command.get_name() == "release") return run_release(arguments);
  if (command.get_name() == "codecs") return run_codecs(arguments);
  if (command.get_name() == "platforms") return run_platforms(arguments);
  if (command.get_name() == "studio") return run_studio(arguments);
  if (command.get_name() == "workbook") return run_workbook(arguments);
  if (command.get_name() == "find") return run_find(arguments);
  if (command.get_name() == "words") return run_words(arguments);
  return run_master(arguments, command, called_as);
}

int run(int count, char** words) {
  install_signal_handlers();
  Arguments arguments;
  const auto program = define_command_line(arguments);
  try {
    program->parse(count, words);
  } catch (const CLI::CallForHelp&) {
    const auto chosen = program->get_subcommands();
    print(chosen.empty() ? program->help() : chosen.front()->help());
    return kDone;
  } catch (const CLI::CallForVersion& version_text) {
    print(std::string(version_text.what()) + "\n");
    return kDone;
  } catch (const CLI::ParseError& error) {
    return wrong_usage(error, *program, count, words);
  }
  return dispatch(*program, arguments, words[0]);
}

}  // namespace
}  // namespace lacquer::cli

int main(int count, char** words) {
  using namespace lacquer;
  using namespace lacquer::cli;
  try {
    if (const char* name = std::getenv("LACQUER_SIMD")) use_instruction_set(name);
    return run(count, words);
  } catch (const OutputClosed&) {
    return kDone;
  } catch (const Cancelled&) {
    print_error("", "interrupted; nothing half-written was left");
    return kInterrupted;
  } catch (const WrongUsage& error) {
    print_error("", error.what());
    return kWrongUsage;
  } catch (const FileError& error) {
    print_error(error.file().string(), error.what());
  } catch (const std::bad_alloc&) {
    print_error("", "there is not enough memory; close other programs and try again");
  } catch (const std::exception& error) {
    print_error("", error.what());
  }
  return kFailed;
}
