#include <algorithm>
#include <cmath>

#include "judge/case.h"
#include "judge/diagnose.h"
#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

struct Hints {
  std::vector<std::string> of_a_master;
  bool any_known = false;
};

// The level at which the highest peaks stand together, as a limiter leaves them.
std::optional<double> fixed_ceiling_dbfs(const PeakResult& peak, const DiagnosticRules& rules) {
  std::vector<double> levels;
  for (const PeakPlace& place : peak.highest)
    if (std::isfinite(place.level_db)) levels.push_back(place.level_db);
  const auto count = static_cast<std::size_t>(std::max(2.0, rules.role.ceiling_peaks));
  if (levels.size() < count) return std::nullopt;
  std::sort(levels.rbegin(), levels.rend());
  if (levels[0] < rules.role.ceiling_above_dbfs) return std::nullopt;
  if (levels[0] - levels[count - 1] > rules.role.ceiling_span_db) return std::nullopt;
  return levels[0];
}

Hints gather_hints(const Measurements& audio, const DiagnosticRules& rules) {
  const Readings reads = read(audio);
  Hints hints;
  hints.any_known = reads.integrated_lufs || reads.plr_db || !audio.peak.highest.empty();
  if (reads.integrated_lufs && *reads.integrated_lufs >= rules.role.loud_lufs)
    hints.of_a_master.push_back("it is as loud as " + lufs(*reads.integrated_lufs));
  if (reads.plr_db && *reads.plr_db <= rules.role.dense_plr_db)
    hints.of_a_master.push_back("its highest peak stands only " + db(*reads.plr_db) + " above its loudness");
  if (const auto ceiling = fixed_ceiling_dbfs(audio.peak, rules))
    hints.of_a_master.push_back("its highest peaks stop at one level, " + dbfs(*ceiling));
  return hints;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i == 0 ? "" : i + 1 == parts.size() ? " and " : ", ") + parts[i];
  return text;
}

}  // namespace

Role guess_role(const Measurements& audio, const SourceInfo&, std::optional<Role::Kind> as,
                std::optional<Role::Purpose> purpose, const DiagnosticRules& rules) {
  Role role;
  role.guessed = !as;
  role.purpose = purpose.value_or(Role::Purpose::kStreaming);
  const std::string for_what = purpose ? "" : " Streaming is assumed, because no purpose was given.";
  if (as) {
    role.as = *as;
    role.why = "As asked." + for_what;
    return role;
  }
  const Hints hints = gather_hints(audio, rules);
  // Two hints out of three: one alone is often true of a mix (a quiet record with a limiter, a mix pushed at
  // the bus).
  role.as = hints.of_a_master.size() >= 2 ? Role::Kind::kMaster : Role::Kind::kMix;
  if (role.as == Role::Kind::kMaster)
    role.why = "Taken for a master: " + joined(hints.of_a_master) + ".";
  else if (!hints.of_a_master.empty())
    role.why = "Taken for a mix: " + joined(hints.of_a_master) + ", but nothing else points to a master.";
  else
    role.why = hints.any_known ? "Taken for a mix: neither its loudness nor its peaks show a limiter at work."
                               : "Taken for a mix: there is too little sound to tell.";
  role.why += for_what;
  return role;
}

}  // namespace lacquer
