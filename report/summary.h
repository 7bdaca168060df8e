#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/reports.h"

namespace lacquer {

// What every report says first, in words; the terminal and the page take it from here.

// One sentence: what the track needs. "Nothing to do" is a finding too.
std::string check_sentence(const Diagnosis& diagnosis);
// One sentence: where the track lands and which stages take it there.
std::string plan_sentence(const Plan& plan);
// One sentence: where the master landed, what became better or worse, whether the promises hold.
std::string master_sentence(const MasterResult& result);

// Of a step of what loudness buys: "only costs", "costs too much", or nothing.
std::string what_it_buys(const LoudnessStep& step);

// The six numbers a mastering engineer asks for first.
struct KeyNumber {
  std::string name;   // "Integrated loudness"
  std::string brief;  // "Integrated"
  std::string unit;
  std::optional<double> value;
};
std::vector<KeyNumber> key_numbers(const Measurements& measurements);

struct VerdictCount {
  Verdict verdict = Verdict::kPass;
  std::size_t count = 0;
};
// Those that occur, the most pressing first.
std::vector<VerdictCount> verdict_counts(const Diagnosis& diagnosis);

// What the file was judged as, and why: one or two sentences.
std::string role_text(const Role& role);

std::string_view stage_heading(CheckStage stage);  // "Before anything is switched on"
std::string_view state_words(StageState state);    // "applied", "offered", "left out"
std::string_view tag_words(std::string_view tag);  // "if needed"
std::string fault_name(std::string_view id);       // "dc-offset" → "DC offset"

// What it was judged against, and why; empty where there is no target.
std::string target_text(const std::optional<ChosenTarget>& target);
std::string_view where_words(Where where);  // "in the mix", "at export"; empty for none
// "fairly sure; in the mix", or less.
std::string confidence_text(const Finding& finding);
// Where to play, and what to listen for.
std::string listen_text(const ListenPassage& passage);
// "boxy": "+3.1 dB, 300–800 Hz, 0:48–1:16".
std::string word_numbers(const Word& word);
// Where the last spectrum leaves its target, as one sentence; empty where there is no target or no spectrum.
std::string departure_sentence(const Measurements& measurements, const std::optional<ChosenTarget>& target);

// What was wrong with the file itself, a sentence each; none where all could be read.
std::vector<std::string> source_notes(const SourceInfo& source);

// Those to act on, `fix` before `look`, else in order.
std::vector<Finding> to_do(const Diagnosis& diagnosis);

// What to mark below a waveform: what must be fixed, what is to be looked at, then the passages to play.
// Clipping and overs are there also where no fault names them.
std::vector<TimeMarks> time_marks(const Measurements& measurements, const Diagnosis& diagnosis);

}  // namespace lacquer
