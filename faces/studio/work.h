#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "faces/studio/jobs.h"
#include "faces/studio/songs.h"

namespace lacquer::studio {

// Where the programs are that do the work: this one, and those beside it.
struct Programs {
  std::filesystem::path studio;
  std::filesystem::path lacquer;
  std::filesystem::path demo_mix;
};

// What a song can have done to it, each by the command of the same name: "decode", "check", "plan",
// "platforms", "codecs", "systems", "master", "sheet". `options` is what the page sent (an object): only the
// keys that a command knows are taken, each checked. The result becomes the song's document of that name.
// Throws Error for an unknown command and for options out of bounds.
Work work_for(const std::string& command, const nlohmann::json& options, const std::string& song,
              Songs& songs, const Programs& programs);

// Renders the demo mix into the studio and returns its id. Throws Error where the program for it is missing.
std::string demo_song(Songs& songs, const Programs& programs);

// Decodes a file into `folder` (app/proxy.h), in a process of its own. Throws Error with its sentence.
void decode(const Programs& programs, const std::filesystem::path& file, const std::filesystem::path& folder,
            const ProgressCallback& progress);

// `lacquer` with these words, whatever it takes; what it wrote to its standard output. Throws std::exception
// with its own sentence where it fails, unless `even_failed` and it has written something all the same.
std::string run_lacquer(const Programs& programs, const std::vector<std::string>& words,
                        const ProgressCallback& progress, bool even_failed = false);

// A question that is answered at once: `lacquer` with these words and --json. Throws Error with the program's
// own sentence where it fails.
std::string ask(const Programs& programs, const std::vector<std::string>& words);

}  // namespace lacquer::studio
