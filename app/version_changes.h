#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workbook/records.h"

namespace lacquer {

// One difference between two versions of a song.
struct VersionChange {
  std::string kind;    // "fault", "item", "word", "number"
  std::string id;      // of the fault, item or word; of a number its key, "integrated_lufs"
  std::string change;  // "gone", "new", "fixed", "better", "worse", "changed"
  std::optional<double> from;
  std::optional<double> to;
  std::string unit;
  std::string text;  // "mono compatibility worse: mono loss 1.2 → 2.4 dB"
};

// The most telling first: faults, items, words, key numbers. What is said of a fault is not said again of the
// word of the same name, nor what a measurement says of an item again as a number. Item 1 speaks of the
// listener and is left out.
std::vector<VersionChange> version_changes(const CheckRecord& before, const CheckRecord& after);

// "boxy gone; mono compatibility worse: mono loss 1.2 → 2.4 dB; and 3 more", at most `most` of them told;
// "nothing that was judged has changed" where there is none.
std::string changes_text(const std::vector<VersionChange>& changes, std::size_t most);

}  // namespace lacquer
