#pragma once

#include <filesystem>

#include "api/words.h"
#include "app/check.h"
#include "core/progress.h"
#include "report/terminal.h"

namespace lacquer {

struct WordClipsRequest {
  std::filesystem::path folder;  // made where there is none
  bool overwrite = false;        // else an existing file is kept and a number added
};

// A word made audible in a file that was checked: the passage in which most of its range sounds, as it is
// ("boxy-1-original.wav"), the range alone, and with more and with less of it, all equally loud 24-bit WAV
// files, and a text that says what to listen for ("boxy.txt"). A range that is silent has no file of it
// alone. Each file appears whole or not at all. Throws Error (FileError for the folder and what goes there)
// and Cancelled.
WordRendering write_word_clips(const CheckedFile& checked, const VocabularyTerm& term,
                               const WordClipsRequest& request, const ProgressCallback& progress);

// The same list for a terminal or the text file, in lines of `style`.
std::string word_rendering_text(const WordRendering& rendering, const TextStyle& style);

}  // namespace lacquer
