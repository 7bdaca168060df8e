#include <algorithm>

#include "app/exercises/audio.h"
#include "app/exercises/programs.h"
#include "app/file_error.h"
#include "report/format.h"
#include "session/clips.h"

namespace lacquer {
namespace {

struct TimedNote {
  double at_s = 0.0;
  std::string words;
};

TimedNote note_of(const std::string& said) {
  const std::size_t blank = said.find(' ');
  const auto at = seconds_of(std::string_view(said).substr(0, blank));
  if (!at || blank == std::string::npos)
    throw Error("note: begin it with its time, as in 1:05 the voice is buried");
  return {*at, said.substr(blank + 1)};
}

// Words that name a repair, whole words only.
std::vector<std::string> flagged_in(const std::string& words, const std::vector<std::string>& flagged) {
  std::string plain = " ";
  for (const char c : lower(words)) {
    const bool letter = (c >= 'a' && c <= 'z') || c == '-' || static_cast<unsigned char>(c) >= 128;
    plain += letter ? c : ' ';
  }
  plain += ' ';
  std::vector<std::string> found;
  for (const std::string& word : flagged)
    if (plain.find(" " + word + " ") != std::string::npos) found.push_back(word);
  return found;
}

std::vector<Question> first(const Lesson& lesson) {
  Question note{"note", "A note, beginning with its time, as in 1:05 the voice is buried (" +
                            std::to_string(count_of(lesson.exercise, "least_notes")) + " or more):"};
  note.many = true;
  return {note};
}

Preparation prepare(const ExerciseRun& run) {
  need_files(run, 1, 1, "your track");
  const Sound track = whole_file(run.files[0], run.progress);
  const double replay = number_of(run.exercise(), "replay_s");
  Preparation preparation;
  int number = 0;
  for (const std::string& said : run.answers.all("note")) {
    const TimedNote note = note_of(said);
    if (note.at_s > track.seconds())
      throw Error("note: " + clock(note.at_s) + " lies behind the end of the track, at " +
                  clock(track.seconds()) + "; correct the time");
    const std::string id = two_digits(++number);
    Sound place = part_of(track, {std::max(0.0, note.at_s - replay / 2.0), note.at_s + replay / 2.0});
    fade_ends(place.audio, place.rate_hz, kClipFadeS);
    run.put("note-" + id + ".wav", note.words, place);
    preparation.questions.push_back(
        {"note-" + id, "\"" + said + "\": say it better, or leave it as it is", AnswerForm::kText, {}, true});
  }
  return preparation;
}

Outcome score(const Scoring& scoring) {
  Outcome outcome;
  std::size_t flags = 0;
  int number = 0;
  for (const std::string& said : scoring.answers.all("note")) {
    const std::string better = scoring.answers.text("note-" + two_digits(++number));
    const TimedNote note = note_of(said);
    const std::string words = better.empty() ? note.words : better;
    const std::vector<std::string> found = flagged_in(words, texts_of(scoring.exercise(), "flagged"));
    flags += found.size();
    outcome.readings.push_back(
        {clock(note.at_s), words + (found.empty() ? "" : " [repair: " + join(found, ", ") + "]")});
    outcome.kept["notes"].push_back(clock(note.at_s) + " " + words);
  }
  outcome.passed = number >= count_of(scoring.exercise(), "least_notes") &&
                   static_cast<int>(flags) <= count_of(scoring.exercise(), "most_flagged");
  outcome.verdict = counted(static_cast<std::size_t>(number), "note", "notes") + " with times, and " +
                    counted(flags, "word", "words") + " of repair" +
                    (flags > 0 ? "; say what you hear instead." : ".");
  return outcome;
}

}  // namespace

const ExerciseProgram kNotesExercise = {"notes", first, prepare, score};

}  // namespace lacquer
