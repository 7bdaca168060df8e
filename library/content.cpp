#include "library/content.h"

#include "core/error.h"
#include "library/codec_content.h"
#include "library/embedded.h"
#include "library/system_content.h"
#include "library/target_content.h"
#include "library/vocabulary_content.h"

namespace lacquer {
namespace {

std::string_view embedded_text(std::string_view path) {
  for (const EmbeddedFile& file : embedded_files())
    if (file.path == path) return file.text;
  throw Error(std::string(path) +
              " is not part of this build; build the program again from a whole checkout");
}

}  // namespace

Rules load_rules() {
  return {parse_diagnostic_rules(embedded_text("rules/diagnostic.toml"), "rules/diagnostic.toml"),
          parse_loudness_rules(embedded_text("rules/loudness.toml"), "rules/loudness.toml"),
          parse_tonal_rules(embedded_text("rules/tonal.toml"), "rules/tonal.toml"),
          parse_section_rules(embedded_text("rules/sections.toml"), "rules/sections.toml"),
          parse_learning_rules(embedded_text("rules/learning.toml"), "rules/learning.toml"),
          parse_translation_rules(embedded_text("rules/translation.toml"), "rules/translation.toml"),
          parse_chain_rules(embedded_text("rules/chain.toml"), "rules/chain.toml")};
}

std::vector<PlatformRule> load_platforms() {
  return parse_platforms(embedded_text("platforms.toml"), "platforms.toml");
}

std::vector<PlatformCodec> load_codecs() { return parse_codecs(embedded_text("codecs.toml"), "codecs.toml"); }

std::vector<VocabularyTerm> load_vocabulary() {
  return parse_vocabulary(embedded_text("vocabulary.toml"), "vocabulary.toml");
}

RangeListening load_range_listening() {
  return parse_range_listening(embedded_text("vocabulary.toml"), "vocabulary.toml");
}

std::vector<PlaybackSystem> load_systems() {
  return parse_systems(embedded_text("systems.toml"), "systems.toml");
}

std::vector<TargetCurve> load_targets() {
  return parse_targets(embedded_text("targets.toml"), "targets.toml");
}

}  // namespace lacquer
