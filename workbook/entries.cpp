#include "workbook/entries.h"

#include "core/error.h"
#include "core/utf8.h"

namespace lacquer {
namespace {

std::string with_commas(std::size_t number) {
  std::string text = std::to_string(number);
  for (std::size_t place = text.size(); place > 3;) text.insert(place -= 3, ",");
  return text;
}

void check_text(const std::string& what, const std::string& text, std::size_t most) {
  const std::optional<std::size_t> count = utf8_characters(text);
  if (!count) throw Error("the " + what + " is no text in UTF-8; convert it");
  if (*count > most)
    throw Error("the " + what + " has " + with_commas(*count) + " characters, and at most " +
                with_commas(most) + " are kept; shorten it");
}

void check_name(const std::string& what, const std::string& text) {
  check_text(what, text, kMostNameCharacters);
  if (text.empty()) throw Error("the " + what + " is empty; give one");
}

void check_document(const std::string& text) {
  if (!utf8_characters(text)) throw Error("the record is no text in UTF-8; convert it");
  if (text.size() > kMostDocumentBytes)
    throw Error("the record has " + with_commas(text.size()) + " bytes, and at most " +
                with_commas(kMostDocumentBytes) + " are kept; leave some of it out");
}

}  // namespace

void check_entry(const Answer& answer) {
  check_name("name of the lesson", answer.lesson);
  if (answer.prompt < 1 || answer.prompt > kMostPrompt)
    throw Error("the prompts of a lesson are numbered from 1 to " + std::to_string(kMostPrompt) +
                "; correct the number");
  check_text("answer", answer.text, kMostTextCharacters);
}

void check_entry(const LessonProgress& progress) { check_name("name of the lesson", progress.lesson); }

void check_entry(const Score& score) {
  check_name("name of the lesson", score.lesson);
  check_name("kind of exercise", score.kind);
  check_document(score.document);
}

void check_entry(const Decision& decision) {
  if (decision.kind != "gear" && decision.kind != "release")
    throw Error("a decision is about gear or a release; correct its kind");
  check_name("subject of the decision", decision.subject);
  check_name("state of the decision", decision.state);
  check_document(decision.document);
}

void check_entry(const Note& note) {
  check_text("subject of the note", note.subject, kMostNameCharacters);
  check_text("note", note.text, kMostTextCharacters);
}

}  // namespace lacquer
