#include "app/knowledge.h"

#include "library/content.h"

namespace lacquer {

const Knowledge& knowledge() {
  static const Knowledge known = [] {
    Rules rules = load_rules();
    return Knowledge{rules.diagnostic,  rules.loudness,    load_platforms(), load_targets(),
                     rules.tonal,       load_vocabulary(), rules.sections,   rules.learning,
                     rules.translation, load_systems(),    rules.chain};
  }();
  return known;
}

}  // namespace lacquer
