#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "judge/chain_rules.h"
#include "judge/diagnostic_rules.h"
#include "judge/learned_target.h"
#include "judge/rules.h"
#include "judge/sections.h"
#include "judge/target.h"
#include "judge/tonal_rules.h"
#include "judge/translation.h"
#include "judge/vocabulary.h"
#include "playback/platforms.h"
#include "session/range_listening.h"

namespace lacquer {

struct Rules {
  DiagnosticRules diagnostic;
  LoudnessRules loudness;
  TonalRules tonal;
  SectionRules sections;
  LearningRules learning;
  TranslationRules translation;
  ChainRules chain;
};

// What is built into the program. Throws Error when the content is broken, which its tests rule out.
Rules load_rules();
std::vector<PlatformRule> load_platforms();  // in the order of the file

std::vector<TargetCurve> load_targets();  // likewise; the first is the one to fall back on

std::vector<VocabularyTerm> load_vocabulary();
RangeListening load_range_listening();

std::vector<PlaybackSystem> load_systems();  // in the order of the file; the first is the reference

// The same from any text; `name` stands for it in errors. Every key is checked: an unknown, missing, doubled
// or mistyped one, a number that is not finite or out of range, a unit that differs, or limits that
// contradict each other throw Error: "NAME:LINE: field: what is wrong; what to do".
DiagnosticRules parse_diagnostic_rules(std::string_view text, const std::string& name);
TonalRules parse_tonal_rules(std::string_view text, const std::string& name);
LoudnessRules parse_loudness_rules(std::string_view text, const std::string& name);
SectionRules parse_section_rules(std::string_view text, const std::string& name);
LearningRules parse_learning_rules(std::string_view text, const std::string& name);
TranslationRules parse_translation_rules(std::string_view text, const std::string& name);
ChainRules parse_chain_rules(std::string_view text, const std::string& name);
std::vector<PlatformRule> parse_platforms(std::string_view text, const std::string& name);

}  // namespace lacquer
