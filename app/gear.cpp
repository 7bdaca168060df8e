#include "app/gear.h"

#include <algorithm>
#include <array>

#include "app/due.h"
#include "app/file_error.h"
#include "app/history.h"
#include "app/moment.h"
#include "app/sheets.h"
#include "app/song_history.h"
#include "audio_io/atomic_file.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

// Enough to tell a habit from one song, recent enough to be true of today.
constexpr int kLastChecks = 20;

// How the outcomes of a lesson are told from each other.
constexpr std::array<std::pair<std::string_view, const char*>, 5> kAnswerByWord = {{{"buy", "buy"},
                                                                                    {"borrow", "borrow"},
                                                                                    {"learn", "learn"},
                                                                                    {"workflow", "workflow"},
                                                                                    {"not now", "not-now"}}};

bool is_there(const fs::path& file) {
  std::error_code failed;
  return fs::exists(file, failed) || failed;
}

OpenPoints open_points(const CheckedFindings& found) {
  OpenPoints open{found.checks, {}};
  for (const FindingCount& count : found.counts) {
    if ((count.said != "look" && count.said != "fix") || count.kind == "word") continue;
    const bool is_fault = count.kind == "fault";
    const auto same = std::find_if(open.counts.begin(), open.counts.end(), [&](const OpenCount& one) {
      return one.id == count.id && one.is_fault == is_fault;
    });
    if (same == open.counts.end())
      open.counts.push_back({count.id, is_fault, count.checks});
    else
      same->checks = std::min(same->checks + count.checks, found.checks);
  }
  return open;
}

std::string song_text(const Workbook& workbook, const std::string& song, std::int64_t now_ms) {
  if (song.empty()) return {};
  const std::optional<SongSummary> known = workbook.song({known_path(song), song});
  const std::optional<CheckRecord> last = known ? workbook.last_check(known->id) : std::nullopt;
  if (!last) return {};
  return song_title(*known) + ", checked " + told_time(last->checked_ms, now_ms) +
         ", left open: " + open_text(*last) + ".";
}

// What a decision is told from others by; the workbook wants a name.
std::string subject_of(const GearAnswers& answers) {
  return answers.device.empty() ? "a purchase" : answers.device;
}

const Decision* same_device(const std::vector<Decision>& decisions, const std::string& device) {
  for (const Decision& one : decisions)
    if (one.state == "open" && one.subject == device) return &one;
  return nullptr;
}

}  // namespace

const GearKnowledge& gear_knowledge() {
  static const GearKnowledge gear = load_gear();
  return gear;
}

void write_gear_template(const fs::path& file) {
  about(file, [&] { write_file_atomically(file, gear_answers_template(), false); });
}

const SheetItem& gear_item(std::string_view id) {
  static const SheetItem none;
  for (const Sheet& sheet : all_sheets())
    if (sheet.id == "gear")
      for (const SheetSection& section : sheet.sides.front().sections)
        for (const SheetItem& item : section.items)
          if (item.id == id) return item;
  return none;
}

WeighedGear weigh_gear(const GearAnswers& answers, const std::optional<fs::path>& workbook_file,
                       std::int64_t now_ms) {
  WeighedGear weighed;
  weighed.answers = answers;
  weighed.made_ms = now_ms;
  OpenPoints open;
  if (workbook_file && is_there(*workbook_file))
    about(*workbook_file, [&] {
      const Workbook workbook = Workbook::open(*workbook_file);
      open = open_points(workbook.findings_of_last(kLastChecks));
      weighed.song_text = song_text(workbook, answers.song, now_ms);
      const std::vector<Decision> decisions = workbook.decisions(kGearKind);
      if (const Decision* before = same_device(decisions, subject_of(answers))) {
        weighed.id = before->id;
        weighed.made_ms = before->made_ms;
      }
    });
  const GearKnowledge& gear = gear_knowledge();
  weighed.evidence = gear_evidence(gear, category_of(gear, answers.category, answers.device), open);
  weighed.evidence_text = workbook_file ? evidence_text(weighed.evidence, answers.device)
                                        : "The history was not read, so no evidence of your own is brought.";
  weighed.judgement = judge_gear(answers, gear.vague, local_day(weighed.made_ms));
  return weighed;
}

Decision decision_of(const WeighedGear& weighed, std::int64_t now_ms) {
  Json document = {{"schema", 1},
                   {"answers", answers_json(weighed.answers)},
                   {"suggested", weighed.judgement.suggested},
                   {"why", weighed.judgement.why},
                   {"evidence", weighed.evidence_text},
                   {"is_test", weighed.judgement.is_test}};
  return {weighed.id.value_or(0),
          kGearKind,
          subject_of(weighed.answers),
          weighed.made_ms,
          day_ms(weighed.judgement.due),
          "open",
          now_ms,
          dump(document)};
}

Decision keep_gear(const WeighedGear& weighed, const fs::path& workbook_file, std::int64_t now_ms) {
  Decision decision = decision_of(weighed, now_ms);
  about(workbook_file, [&] {
    Workbook workbook = Workbook::create(workbook_file);
    if (weighed.id)
      workbook.update_decision(decision);
    else
      decision.id = workbook.add_decision(decision);
  });
  return decision;
}

std::optional<Decision> keep_gear_of_lesson(const LessonExercise& exercise, const Json& kept,
                                            const fs::path& workbook_file, std::int64_t now_ms) {
  if (!has_parameter(exercise, "sheet") || text_of(exercise, "sheet") != "gear") return std::nullopt;
  GearAnswers answers;
  answers.device = kept.at("thing").get<std::string>();
  const std::string outcome = kept.at("outcome").get<std::string>();
  for (const auto& [words, answer] : kAnswerByWord)
    if (outcome.find(words) != std::string::npos) answers.answer = answer;
  WeighedGear weighed = weigh_gear(answers, workbook_file, now_ms);
  // The questions were answered in the lesson; what they came to there is what counts.
  weighed.judgement.suggested = answers.answer;
  weighed.judgement.why = "Chosen in a lesson: " + outcome + ".";
  weighed.judgement.due = day_from(kept.at("date").get<std::string>()).value_or(weighed.judgement.due);
  return keep_gear(weighed, workbook_file, now_ms);
}

Decision close_gear(std::int64_t id, const std::string& outcome, const fs::path& workbook_file,
                    std::int64_t now_ms) {
  if (!is_there(workbook_file)) throw Error("no decision is kept yet; lacquer gear makes one");
  return about(workbook_file, [&] {
    Workbook workbook = Workbook::open(workbook_file);
    std::optional<Decision> decision = workbook.decision(id);
    if (!decision || decision->kind != kGearKind)
      throw Error("there is no decision " + std::to_string(id) + "; lacquer gear --list shows them");
    if (!decision->due_ms)
      throw Error("decision " + std::to_string(id) + " is settled already: " + decision->state);
    decision->state = outcome;
    decision->changed_ms = now_ms;
    decision->due_ms.reset();
    if (outcome == "bought") {
      decision->due_ms = day_ms(local_day(now_ms) + kTestDays);
      Json document = Json::parse(decision->document, nullptr, false);
      if (document.is_object()) document["is_test"] = true;
      if (document.is_object()) decision->document = dump(document);
    }
    workbook.update_decision(*decision);
    return *decision;
  });
}

std::vector<Decision> gear_decisions(const fs::path& workbook_file) {
  if (!is_there(workbook_file)) return {};
  return about(workbook_file, [&] { return Workbook::open(workbook_file).decisions(kGearKind); });
}

}  // namespace lacquer
