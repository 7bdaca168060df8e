#include "judge/translation_prose.h"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "judge/prose.h"

namespace lacquer {
namespace {

using namespace prose;  // NOLINT(google-build-using-namespace)

// Below this a system plays too little for a part to be carried by it.
constexpr double kPlaysLittleDb = 8.0;

// Edges of third octaves, as round numbers.
std::string round_hz(double hz) {
  const double step = hz < 250.0 ? 10.0 : hz < 1000.0 ? 50.0 : 500.0;
  return frequency(std::max(20.0, std::round(hz / step) * step));
}

std::string heard_words(const PartLoss& loss) {
  return share(loss.audible) +
         " of its loudness is heard there, where a record of the target's shape keeps " +
         share(loss.target_audible);
}

std::string range(const PartLoss& loss) { return round_hz(loss.low_hz) + " to " + round_hz(loss.high_hz); }

void describe_low_response(PartLoss& loss, const PlaybackSystem& system) {
  const double limit = lower_limit_hz(system.curve, kPlaysLittleDb);
  loss.why = "The low end lies from " + range(loss) + ", with too few harmonics above it for a system that ";
  loss.why += limit > 0.0 ? "plays little below " + round_hz(limit) : "is weak there";
  loss.why += ": " + heard_words(loss) + ".";
  loss.action =
      "Give the bass or the kick something higher to be heard by, an octave layer or saturation from " +
      round_hz(std::max(limit, 100.0)) + " up; more level at the bottom will not be heard.";
}

void describe_response(PartLoss& loss) {
  loss.why = std::string("Of ") + loss.part->name + ", what lies from " + range(loss) +
             " is more than this system carries: " + heard_words(loss) + ".";
  loss.action =
      "Make sure that nothing the song needs lives there alone; bring some of it to where the part "
      "is strong on every system.";
}

void describe_mono(PartLoss& loss, const PlaybackSystem& system) {
  loss.why = std::string("Much of ") + loss.part->name + ", from " + range(loss) +
             ", is in the sides, and the sum of both channels loses it" +
             (system.is_mono() ? "" : " where the system is mono") + ": " + heard_words(loss) + ".";
  loss.action =
      "In the mix, bring the part that matters there back to the middle or undo its widening, and "
      "check it in mono.";
}

void describe_noise(PartLoss& loss, const PlaybackSystem& system) {
  loss.why = (loss.local ? std::string("In its quiet passages ") : std::string()) + system.noise_name +
             " at " + decimal(system.noise_dba, 0) + " dBA covers " + loss.part->name + " from " +
             range(loss) + ": " + heard_words(loss) + ".";
  if (!loss.local) loss.why[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(loss.why[0])));
  loss.action =
      "Decide whether it must be heard there; if so, raise the quiet passages or that part in them "
      "in the mix, rather than the whole.";
}

}  // namespace

void describe(PartLoss& loss, const PlaybackSystem& system) {
  if (loss.cause == LossCause::kMono)
    describe_mono(loss, system);
  else if (loss.cause == LossCause::kNoise)
    describe_noise(loss, system);
  else if (loss.part->first_band == 0)
    describe_low_response(loss, system);
  else
    describe_response(loss);
}

std::string summary_of(const SystemTranslation& translation) {
  if (translation.lost.empty()) return "Loses no more than a record of the target's shape loses there.";
  std::string text;
  for (const PartLoss& loss : translation.lost) text += (text.empty() ? "" : " ") + loss.why;
  return text;
}

}  // namespace lacquer
