#include <CLI/CLI.hpp>

#include "faces/cli/arguments.h"
#include "faces/cli/manual.h"

namespace lacquer::cli {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& program) { return program.get_subcommands({}); }

std::vector<const CLI::Option*> options_of(const CLI::App& command) {
  std::vector<const CLI::Option*> options;
  for (const CLI::Option* option : command.get_options())
    if (!option->get_positional()) options.push_back(option);
  return options;
}

std::vector<std::string> names_of(const CLI::Option& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.get_snames()) names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) names.push_back("--" + name);
  return names;
}

std::string joined(const std::vector<std::string>& words, const std::string& between) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : between) + word;
  return text;
}

// In single quotes, for any of the three shells; descriptions hold no backslash.
std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

// zsh reads brackets and colons in a description as its own marks.
std::string zsh_text(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':') out += '\\';
    out += c;
  }
  return out;
}

std::vector<std::string> all_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : options_of(command))
    for (const std::string& name : names_of(*option)) names.push_back(name);
  return names;
}

std::string zsh_action(const CLI::Option& option) {
  if (option.get_type_size() == 0) return "";
  const std::vector<std::string> words = choices(option);
  const std::string what = words.empty() ? "_files" : "(" + joined(words, " ") + ")";
  return ":" + zsh_text(option.get_type_name()) + ":" + what;
}

}  // namespace

std::string bash_completion(const CLI::App& program) {
  std::string text =
      "# bash completion for lacquer\n"
      "_lacquer() {\n"
      "  local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} "
      "command=${COMP_WORDS[1]} words\n"
      "  compopt -o filenames 2>/dev/null\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n";
  std::vector<std::string> first = all_names(program);
  for (const CLI::App* command : commands_of(program)) first.push_back(command->get_name());
  text += "    COMPREPLY=($(compgen -W '" + joined(first, " ") + "' -- \"$current\"))\n    return\n  fi\n";
  text += "  case $command:$previous in\n";
  for (const CLI::App* command : commands_of(program))
    for (const CLI::Option* option : options_of(*command))
      if (const auto words = choices(*option); !words.empty())
        text += "    " + command->get_name() + ":" + names_of(*option).back() + ") words='" +
                joined(words, " ") + "' ;;\n";
  text +=
      "  esac\n  if [ -z \"$words\" ] && [ \"${current#-}\" != \"$current\" ]; then\n    case $command in\n";
  for (const CLI::App* command : commands_of(program))
    text += "      " + command->get_name() + ") words='" + joined(all_names(*command), " ") + "' ;;\n";
  text +=
      "    esac\n  fi\n"
      "  if [ -n \"$words\" ]; then\n"
      "    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
      "  else\n"
      "    local IFS=$'\\n'\n"
      "    COMPREPLY=($(compgen -f -- \"$current\"))\n"
      "  fi\n"
      "}\n"
      "complete -o default -F _lacquer lacquer\n";
  return text;
}

std::string zsh_completion(const CLI::App& program) {
  std::string text = "#compdef lacquer\n\n_lacquer() {\n  local -a commands\n  commands=(\n";
  for (const CLI::App* command : commands_of(program))
    text +=
        "    " + quoted(zsh_text(command->get_name()) + ":" + zsh_text(command->get_description())) + "\n";
  text += "  )\n  if (( CURRENT == 2 )); then\n    _describe command commands\n    _arguments";
  for (const CLI::Option* option : options_of(program))
    text += " " + quoted(names_of(*option).back() + "[" + zsh_text(option->get_description()) + "]");
  text +=
      "\n    return\n  fi\n  local command=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $command in\n";
  for (const CLI::App* command : commands_of(program)) {
    text += "    " + command->get_name() + ")\n      _arguments";
    for (const CLI::Option* option : options_of(*command))
      for (const std::string& name : names_of(*option))
        text += " \\\n        " +
                quoted("*" + name + "[" + zsh_text(option->get_description()) + "]" + zsh_action(*option));
    text += " \\\n        '*:file:_files'\n      ;;\n";
  }
  return text + "  esac\n}\n\n_lacquer \"$@\"\n";
}

std::string fish_completion(const CLI::App& program) {
  std::string text = "# fish completion for lacquer\n";
  for (const CLI::Option* option : options_of(program))
    text += "complete -c lacquer -n __fish_use_subcommand -l " + option->get_lnames().front() + " -d " +
            quoted(option->get_description()) + "\n";
  for (const CLI::App* command : commands_of(program))
    text += "complete -c lacquer -n __fish_use_subcommand -a " + command->get_name() + " -d " +
            quoted(command->get_description()) + "\n";
  for (const CLI::App* command : commands_of(program)) {
    for (const CLI::Option* option : options_of(*command)) {
      text += "complete -c lacquer -n " + quoted("__fish_seen_subcommand_from " + command->get_name());
      for (const std::string& name : option->get_snames()) text += " -s " + name;
      for (const std::string& name : option->get_lnames()) text += " -l " + name;
      const std::vector<std::string> words = choices(*option);
      if (!words.empty())
        text += " -x -a " + quoted(joined(words, " "));
      else if (option->get_type_size() != 0)
        text += " -r";
      text += " -d " + quoted(option->get_description()) + "\n";
    }
  }
  return text;
}

}  // namespace lacquer::cli
