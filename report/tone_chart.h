#pragma once

#include <optional>

#include "judge/target.h"
#include "measure/measurements.h"
#include "report/text_page.h"

namespace lacquer {

// The third-octaves past the tolerance of the target, as bars above and below its line. Nothing where the
// tone stays inside, or the terminal is too narrow for it.
void put_tone_chart(TextPage& page, const Measurements& measurements,
                    const std::optional<ChosenTarget>& target, const TextStyle& style);

}  // namespace lacquer
