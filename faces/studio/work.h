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
// "platforms", "codecs", "systems", "master". `options` is what the page sent (an object): only the keys that
// a command knows are taken, each checked. The result becomes the song's document of that name. Throws Error
// for an unknown command and for options out of bounds.
Work work_for(const std::string& command, const nlohmann::json& options, const std::string& song,
              Songs& songs, const Programs& programs);

// Renders the demo mix into the studio and returns its id. Throws Error where the program for it is missing.
std::string demo_song(Songs& songs, const Programs& programs);

// Decodes a file into `folder` (app/proxy.h), in a process of its own. Throws Error with its sentence.
void decode(const Programs& programs, const std::filesystem::path& file, const std::filesystem::path& folder,
            const ProgressCallback& progress);

// A question that is answered at once: `lacquer` with these words and --json. Throws Error with the program's
// own sentence where it fails.
std::string ask(const Programs& programs, const std::vector<std::string>& words);
// What `lacquer` with these words writes to the file that --html or --pdf names.
std::string written_by(const Programs& programs, const std::vector<std::string>& words,
                       const std::string& kind);

}  // namespace lacquer::studio
