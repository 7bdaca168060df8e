// Writes the manual page and the shells' completions into a folder; run by the build.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "faces/cli/arguments.h"
#include "faces/cli/manual.h"

namespace {

void write(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw std::runtime_error("cannot write " + path.string());
}

}  // namespace

int main(int count, char** words) try {
  if (count != 2) {
    std::cerr << "usage: write_manual FOLDER\n";
    return 2;
  }
  const std::filesystem::path folder = words[1];
  lacquer::cli::Arguments arguments;
  const auto program = lacquer::cli::define_command_line(arguments);
  write(folder / "man/man1/lacquer.1", lacquer::cli::manual_page(*program));
  write(folder / "bash-completion/completions/lacquer", lacquer::cli::bash_completion(*program));
  write(folder / "zsh/site-functions/_lacquer", lacquer::cli::zsh_completion(*program));
  write(folder / "fish/vendor_completions.d/lacquer.fish", lacquer::cli::fish_completion(*program));
  return 0;
} catch (const std::exception& error) {
  std::cerr << "write_manual: " << error.what() << "\n";
  return 1;
}
