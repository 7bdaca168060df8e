#pragma once

#include <string>

#include "judge/case.h"

// Sentences about the tone that faults, findings and words share.
namespace lacquer::tonal_prose {

// "3.1 dB over the target around 450 Hz"; of bursts how many a minute.
std::string amount(const DiagnosticCase& judged, const ToneFault& fault);
// ", mostly 0:48 to 1:16"; empty where it is most of the piece or not known.
std::string mostly(const DiagnosticCase& judged, const std::vector<TimeRange>& when);
// One sentence or two: what, against which target, beyond how much tolerance, when, what it sounds like.
std::string fault_why(const DiagnosticCase& judged, const ToneFault& fault);
// What to do about it, and where.
struct Advice {
  std::string action;
  Where where = Where::kMaster;
};
Advice advice(const DiagnosticCase& judged, const ToneFault& fault);
// "450 Hz", "3.2 kHz": two figures.
std::string around(double hz);

}  // namespace lacquer::tonal_prose
