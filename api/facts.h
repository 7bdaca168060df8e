#pragma once

#include "api/json.h"
#include "judge/knowledge.h"

namespace lacquer {

// What a page needs to know about the product itself, whatever the song: { "schema", "version", "stages": [{
// id, title, tag, parameters: [{ id, name, unit, min, max, fallback, sentence, choices }] }], "words": [{ id,
// cluster, low_hz, high_hz, names, excess, normal, deficiency, instruments, opposite }], "systems": [{ id,
// name }] }
Json facts_json(const Knowledge& known);

}  // namespace lacquer
