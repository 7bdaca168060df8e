#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "app/file_error.h"
#include "faces/cli/commands.h"

namespace lacquer::cli {

// The studio is a program of its own, so that everything else starts without its libraries.
int run_studio(const Arguments& arguments) {
  const std::filesystem::path program =
      std::filesystem::canonical("/proc/self/exe").parent_path() / "lacquer-studio";
  std::vector<std::string> words = {program.string()};
  if (arguments.port != 0) words.insert(words.end(), {"--port", std::to_string(arguments.port)});
  if (arguments.no_browser) words.emplace_back("--no-browser");
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execv(pointers[0], pointers.data());
  throw Error(std::string("the studio is not part of this installation (lacquer-studio: ") +
              std::strerror(errno) + "); build it with npm installed");
}

}  // namespace lacquer::cli
