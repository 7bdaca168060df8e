#include "judge/items.h"
#include "judge/tonal_prose.h"

namespace lacquer {

void add_tonal_faults(const DiagnosticCase& judged, std::vector<Fault>& faults) {
  const auto& certainty = judged.rules.certainty;
  const double length_factor = judged.is_short() ? certainty.short_factor : 1.0;
  for (const ToneFault& fault : judged.tone.faults)
    faults.push_back({fault.term->id, fault.severity, certainty.measured * fault.certainty * length_factor,
                      fault.when, tonal_prose::fault_why(judged, fault)});
}

}  // namespace lacquer
