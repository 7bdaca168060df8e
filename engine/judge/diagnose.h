#pragma once

#include <optional>
#include <vector>

#include "core/source_info.h"
#include "judge/circumstances.h"
#include "judge/knowledge.h"
#include "measure/measurements.h"

namespace lacquer {

// What the file is and is for: as told, else guessed from loudness, PLR and the highest peaks; `why` says
// from what. Role::guessed speaks of mix or master.
Role guess_role(const Measurements& audio, const SourceInfo& source, std::optional<Role::Kind> as,
                std::optional<Role::Purpose> purpose, const DiagnosticRules& rules);

// The twelve items and the faults. Pure: the same input gives the same words. Every number of `audio` may be
// unknown or not finite; what follows from it is then left out or `n/a`, with the reason.
Diagnosis diagnose(const Measurements& audio, const SourceInfo& source, const Circumstances& circumstances,
                   const Knowledge& known);

}  // namespace lacquer
