#pragma once

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
#include "playback/systems.h"

namespace lacquer {

// The content that judgement and planning go by, loaded by `library`.
struct Knowledge {
  DiagnosticRules diagnostic;
  LoudnessRules loudness;
  std::vector<PlatformRule> platforms;
  std::vector<TargetCurve> targets{};  // the first is the one to take where nothing speaks for another
  TonalRules tonal{};
  std::vector<VocabularyTerm> vocabulary{};
  SectionRules sections{};
  LearningRules learning{};
  TranslationRules translation{};
  std::vector<PlaybackSystem> systems{};  // the first is the reference
  ChainRules chain{};
};

}  // namespace lacquer
