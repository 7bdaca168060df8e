#include <algorithm>

#include "app/check.h"
#include "app/file_error.h"
#include "app/word_clips.h"
#include "app/words.h"
#include "faces/cli/commands.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/format.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

constexpr std::size_t kMostTimes = 6;

std::string_view state_words(WordState state) {
  return state == WordState::kExcess ? "too much" : state == WordState::kNormal ? "right" : "too little";
}

// How a word applies to the piece, with its number.
void put_here(TextPage& page, int indent, const Word& word, const std::string& target) {
  page.paragraph(indent, "",
                 std::string(state_words(word.state)) + ": " + signed_quantity(word.deviation_db, "dB") +
                     " against the target" + (target.empty() ? "" : " " + target) +
                     (word.when.empty() ? "" : ", at " + times(word.when, kMostTimes)));
  if (!word.text.empty()) page.paragraph(indent, "", word.text);
}

// `target` is that of the track, empty where none was asked about.
void put_card(TextPage& page, const WordEntry& entry, const std::string& target) {
  const VocabularyTerm& term = entry.term;
  page.paragraph(0, "", term.id + ", " + range_text(term.low_hz, term.high_hz), Tone::kStrong);
  if (entry.here)
    put_here(page, 2, *entry.here, target);
  else if (!target.empty())
    page.paragraph(2, "", "Not judged in this track.");
  page.paragraph(2, "too much    ", term.excess);
  page.paragraph(2, "right       ", term.normal);
  page.paragraph(2, "too little  ", term.deficiency);
  page.paragraph(2, "moves with  ", term.instruments);
  if (!term.disagreement.empty()) page.paragraph(2, "sources     ", term.disagreement);
  if (!term.opposite.empty()) page.paragraph(2, "opposite    ", term.opposite);
}

const std::string& sound_of(const VocabularyTerm& term, WordState state) {
  return state == WordState::kExcess   ? term.excess
         : state == WordState::kNormal ? term.normal
                                       : term.deficiency;
}

void put_list(TextPage& page, const std::vector<WordEntry>& words) {
  std::string cluster;
  for (const WordEntry& entry : words) {
    const VocabularyTerm& term = entry.term;
    if (term.cluster != cluster) {
      if (!cluster.empty()) page.blank();
      page.paragraph(0, "", label(term.cluster), Tone::kStrong);
      cluster = term.cluster;
    }
    std::string lead = term.id;
    lead.resize(std::max<std::size_t>(lead.size() + 2, 14), ' ');
    page.paragraph(2, lead, range_text(term.low_hz, term.high_hz) + ": " + sound_of(term, term.names),
                   Tone::kPlain, Tone::kStrong);
  }
}

// What stands out of a track, then what was looked at and is right.
void put_track(TextPage& page, const std::string& file, const std::vector<WordEntry>& words,
               const std::string& target) {
  const auto stands_out = [](const WordEntry& entry) { return entry.here->state != WordState::kNormal; };
  const bool any = std::any_of(words.begin(), words.end(), stands_out);
  page.paragraph(0, "",
                 file + (any ? ": what stands out" : ": nothing stands out") +
                     (target.empty() ? "." : " against the target " + target + "."),
                 Tone::kStrong);
  std::string right;
  for (const WordEntry& entry : words) {
    if (!stands_out(entry)) {
      right += (right.empty() ? "" : ", ") + entry.term.id;
      continue;
    }
    page.blank();
    page.paragraph(0, "", entry.term.id + ", " + range_text(entry.here->low_hz, entry.here->high_hz),
                   Tone::kStrong);
    put_here(page, 2, *entry.here, "");
    page.paragraph(2, "", sound_of(entry.term, entry.here->state), Tone::kQuiet);
  }
  if (right.empty()) return;
  page.blank();
  page.paragraph(0, "as it should be  ", right);
}

std::optional<WordEntry> asked_word(const Arguments& arguments) {
  if (arguments.term.empty()) return std::nullopt;
  std::optional<WordEntry> word = word_named(arguments.term);
  if (!word) throw WrongUsage("there is no word " + arguments.term + "; lacquer words lists them");
  return word;
}

// The words as they apply to the file, and what makes the one that was asked for audible.
struct OfFile {
  std::string target;
  std::vector<WordEntry> words;
};

OfFile words_of_file(const Arguments& arguments, const std::optional<WordEntry>& asked) {
  const std::filesystem::path file = arguments.file;
  CheckRequest request;
  request.role = role_request(arguments);
  ProgressBar bar(!arguments.json);
  const ProgressCallback progress = [&](std::string_view doing, double done) {
    bar.show(file.filename().string(), doing, done);
    return !interrupted();
  };
  return about(file, [&] {
    const CheckedFile checked = check_file(file, request, progress);
    OfFile result{checked.diagnosis->target ? checked.diagnosis->target->curve.name : std::string(),
                  words_of(*checked.diagnosis)};
    if (!asked) return result;
    std::erase_if(result.words, [&](const WordEntry& entry) { return entry.term.id != asked->term.id; });
    if (result.words.empty()) result.words = {*asked};
    if (!arguments.render.empty())
      result.words.front().rendered =
          write_word_clips(checked, asked->term, {arguments.render, arguments.overwrite}, progress);
    return result;
  });
}

}  // namespace

int run_words(const Arguments& arguments) {
  const std::optional<WordEntry> asked = asked_word(arguments);
  if (!arguments.render.empty() && (!asked || arguments.file.empty()))
    throw WrongUsage(
        "--render needs a word and a file to hear it in: lacquer words boxy --file mix.wav --render DIR");
  OfFile result{{}, asked ? std::vector<WordEntry>{*asked} : all_words()};
  if (!arguments.file.empty()) result = words_of_file(arguments, asked);
  if (arguments.json) {
    print(dump(words_json(result.words)) + "\n");
    return 0;
  }
  TextPage page(text_style());
  if (asked)
    put_card(page, result.words.front(), result.target);
  else if (arguments.file.empty())
    put_list(page, result.words);
  else
    put_track(page, arguments.file, result.words, result.target);
  print(page.take());
  if (const auto& rendered = result.words.empty() ? std::nullopt : result.words.front().rendered; rendered) {
    print("\n" + word_rendering_text(*rendered, text_style()));
    print("\nWritten to " + terminal_text(arguments.render) + "\n");
  }
  return 0;
}

}  // namespace lacquer::cli
