#include "faces/cli/manual.h"

#include "api/version.h"
#include "faces/cli/arguments.h"
#include "faces/cli/help.h"

namespace lacquer::cli {
namespace {

// Text for roff: no backslash, hyphen or leading dot means anything but itself.
std::string roff(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\')
      out += "\\e";
    else if (c == '-')
      out += "\\-";
    else if (out.empty() && (c == '.' || c == '\''))
      out += std::string("\\&") + c;
    else
      out += c;
  }
  return out;
}

std::string sentence(const std::string& text) { return roff(text.ends_with('.') ? text : text + "."); }

std::string option_names(const CLI::Option& option) {
  std::string names;
  for (const std::string& name : option.get_snames())
    names += (names.empty() ? "" : ", ") + ("\\-" + roff(name));
  for (const std::string& name : option.get_lnames())
    names += (names.empty() ? "" : ", ") + ("\\-\\-" + roff(name));
  return names;
}

std::string options(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : command.get_options()) {
    if (option->get_positional()) continue;
    const std::string value =
        option->get_type_size() == 0 ? "" : " \\fI" + roff(option->get_type_name()) + "\\fR";
    text += ".TP\n\\fB" + option_names(*option) + "\\fR" + value + "\n" +
            sentence(option->get_description()) + "\n";
  }
  return text;
}

std::string examples_section(const std::string& command) {
  std::string text;
  for (const Example& one : examples(command))
    text += ".TP\n\\fB" + roff(one.command_line) + "\\fR\n" + roff(one.meaning) + "\n";
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& program) {
  const std::string& name = program.get_name();
  std::string text = ".TH LACQUER 1 \"\" \"lacquer " + std::string(version()) + "\" \"User Commands\"\n";
  text += ".SH NAME\n" + name + " \\- measure, judge and master a mix\n";
  text += ".SH SYNOPSIS\n";
  for (const CLI::App* command : program.get_subcommands({}))
    text += ".B " + name + " " + command->get_name() + "\n.RI [ options ] \" " + roff(operands(*command)) +
            "\"\n.br\n";
  text += ".SH DESCRIPTION\n" + sentence(program.get_description()) + "\n";
  text += ".SH OPTIONS\n" + options(program);
  text += ".SH COMMANDS\n";
  for (const CLI::App* command : program.get_subcommands({})) {
    text += ".SS " + name + " " + command->get_name() + "\n" + sentence(command->get_description()) + "\n";
    text += options(*command) + ".PP\nExamples:\n" + examples_section(command->get_name());
  }
  text += ".SH EXIT STATUS\n";
  for (const ExitStatus& one : exit_statuses())
    text += ".TP\n.B " + std::to_string(one.status) + "\n" + roff(one.meaning) + "\n";
  text += ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nWhen set and not empty, no colours.\n";
  text +=
      ".TP\n.B LACQUER_DATA\nThe folder of the history; else lacquer in XDG_DATA_HOME, else in "
      "~/.local/share.\n";
  return text;
}

}  // namespace lacquer::cli
