#include "app/version_changes.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "judge/finding_change.h"
#include "report/format.h"
#include "report/summary.h"

namespace lacquer {
namespace {

struct Number {
  const char* id;
  const char* name;
  const char* unit;
  const char* metric;  // of the evidence that says the same
  std::optional<double> KeyReadings::*value;
  double least;  // a change that is worth a word
};
constexpr std::array<Number, 5> kNumbers = {{
    {"integrated_lufs", "loudness", "LUFS", "integrated", &KeyReadings::integrated_lufs, 0.5},
    {"range_lu", "loudness range", "LU", "range", &KeyReadings::range_lu, 1.0},
    {"true_dbtp", "true peak", "dBTP", "true_peak", &KeyReadings::true_dbtp, 0.5},
    {"plr_db", "PLR", "dB", "plr", &KeyReadings::plr_db, 1.0},
    {"mono_loss_db", "mono loss", "dB", "mono_loss", &KeyReadings::mono_loss_db, 0.5},
}};

// "True peak" within a sentence, but "PLR" and "DC offset" as they are.
std::string within_sentence(std::string text) {
  const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (text.size() > 1 && is_capital(text[0]) && !is_capital(text[1]))
    text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

std::string moved(const std::string& name, double from, double to, const std::string& unit) {
  return name + " " + number(from, decimals_for(unit)) + " \u2192 " + quantity(to, unit, decimals_for(unit));
}

void add_faults(std::vector<VersionChange>& changes, const CheckRecord& before, const CheckRecord& after) {
  const auto find = [](const std::vector<Fault>& faults, const std::string& id) {
    return std::find_if(faults.begin(), faults.end(), [&](const Fault& one) { return one.id == id; });
  };
  const auto add = [&](const std::string& id, const std::string& change) {
    changes.push_back({"fault", id, change, {}, {}, "", within_sentence(fault_name(id)) + " " + change});
  };
  for (const Fault& was : before.faults) {
    const auto is = find(after.faults, was.id);
    if (is == after.faults.end())
      add(was.id, "gone");
    else if (is->severity != was.severity)
      add(was.id, is->severity == Severity::kFix ? "worse" : "better");
  }
  for (const Fault& is : after.faults)
    if (find(before.faults, is.id) == before.faults.end()) add(is.id, "new");
}

void add_items(std::vector<VersionChange>& changes, const CheckRecord& before, const CheckRecord& after) {
  for (const Finding& was : before.findings) {
    const auto is = std::find_if(after.findings.begin(), after.findings.end(),
                                 [&](const Finding& one) { return one.id == was.id; });
    if (is == after.findings.end() || was.id == "fresh-ears") continue;
    const FindingChange change = change_of(was, *is);
    if (change.change == "unchanged") continue;
    VersionChange told{
        "item", was.id, change.change, {}, {}, "", within_sentence(label(was.id)) + " " + change.change};
    if (change.from != nullptr && change.to != nullptr) {
      told.from = change.from->value;
      told.to = change.to->value;
      told.unit = change.to->unit;
      told.text += ": " + moved(within_sentence(label(change.to->metric)), *told.from, *told.to, told.unit);
    }
    changes.push_back(std::move(told));
  }
}

void add_words(std::vector<VersionChange>& changes, const CheckRecord& before, const CheckRecord& after) {
  const auto stands_out = [](const std::vector<Word>& words, const Word& wanted) {
    return wanted.state != WordState::kNormal &&
           std::any_of(words.begin(), words.end(),
                       [&](const Word& one) { return one.term == wanted.term && one.state == wanted.state; });
  };
  const auto add = [&](const Word& word, const std::string& change) {
    for (const VersionChange& told : changes)
      if (told.kind == "fault" && told.id == word.term) return;
    const std::string what = word.state == WordState::kExcess ? "too much" : "too little";
    changes.push_back({"word", word.term, change, {}, {}, "", word.term + " (" + what + ") " + change});
  };
  for (const Word& was : before.words)
    if (was.state != WordState::kNormal && !stands_out(after.words, was)) add(was, "gone");
  for (const Word& is : after.words)
    if (is.state != WordState::kNormal && !stands_out(before.words, is)) add(is, "new");
}

bool is_told(const std::vector<VersionChange>& changes, const Number& one, const CheckRecord& after) {
  for (const VersionChange& told : changes)
    for (const Finding& finding : after.findings)
      if (told.kind == "item" && told.id == finding.id && told.to)
        for (const Evidence& evidence : finding.evidence)
          if (evidence.metric == one.metric && evidence.value == *told.to) return true;
  return false;
}

void add_numbers(std::vector<VersionChange>& changes, const CheckRecord& before, const CheckRecord& after) {
  for (const Number& one : kNumbers) {
    const std::optional<double>& from = before.readings.*one.value;
    const std::optional<double>& to = after.readings.*one.value;
    if (!from || !to || std::abs(*to - *from) < one.least || is_told(changes, one, after)) continue;
    changes.push_back(
        {"number", one.id, "changed", from, to, one.unit, moved(one.name, *from, *to, one.unit)});
  }
}

}  // namespace

std::vector<VersionChange> version_changes(const CheckRecord& before, const CheckRecord& after) {
  std::vector<VersionChange> changes;
  if (!before.findings.empty() && !after.findings.empty()) {  // of old versions only the numbers are kept
    add_faults(changes, before, after);
    add_items(changes, before, after);
    add_words(changes, before, after);
  }
  add_numbers(changes, before, after);
  return changes;
}

std::string changes_text(const std::vector<VersionChange>& changes, std::size_t most) {
  if (changes.empty()) return "nothing that was judged has changed";
  std::vector<std::string> parts;
  for (const VersionChange& change : changes)
    if (parts.size() < most) parts.push_back(change.text);
  if (changes.size() > most) parts.push_back("and " + std::to_string(changes.size() - most) + " more");
  return join(parts, "; ");
}

}  // namespace lacquer
