#include "faces/cli/help.h"

#include "report/utf8.h"

namespace lacquer::cli {
namespace {

constexpr std::size_t kLeftColumns = 28;
constexpr int kRightColumns = 80 - static_cast<int>(kLeftColumns);

std::string entry(const std::string& names, const std::string& description) {
  std::string text = "  " + names;
  if (text.size() + 2 > kLeftColumns)
    text += "\n" + std::string(kLeftColumns, ' ');
  else
    text.resize(kLeftColumns, ' ');
  bool first = true;
  for (const std::string& line : wrap(description, kRightColumns)) {
    if (!first) text += std::string(kLeftColumns, ' ');
    text += line + "\n";
    first = false;
  }
  return text;
}

}  // namespace

std::string operands(const CLI::App& command) {
  std::string text;
  for (const CLI::Option* option : command.get_options()) {
    if (!option->get_positional()) continue;
    const std::string name = option->get_name(true);
    text += (text.empty() ? "" : " ") + (option->get_required() ? name : "[" + name + "]") +
            (option->get_items_expected_max() > 1 ? "..." : "");
  }
  return text;
}

std::string HelpFormatter::make_usage(const CLI::App* command, std::string name) const {
  const bool whole_program = command->get_parent() == nullptr;
  return "\nUsage: " +
         (whole_program ? name + " COMMAND [OPTION]... FILE..."
                        : "lacquer " + name + " [OPTION]... " + operands(*command)) +
         "\n";
}

std::string HelpFormatter::make_option(const CLI::Option* option, bool is_positional) const {
  const std::string value =
      option->get_type_size() == 0 || is_positional ? "" : " " + option->get_type_name();
  return entry(option->get_name(is_positional, true) + value, option->get_description());
}

std::string HelpFormatter::make_subcommand(const CLI::App* command) const {
  return entry(command->get_name(), command->get_description());
}

}  // namespace lacquer::cli
