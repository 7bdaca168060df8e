#pragma once

#include <span>
#include <string>
#include <string_view>

#include "buffer.h"

// What a beginner might get wrong, planted on purpose. One table says what, how much and where; the flawed
// version is rendered from it and --list-flaws prints it.
namespace lacquer::demo {

// Where in the mix a flaw sits, in the order in which the mix reaches them.
enum class Place { kSynths, kBass, kMusicBus, kMaster, kFile };

struct Flaw {
  std::string_view id;  // the fault's id, as `lacquer check` reports it
  Place place;
  double amount;
  std::string_view unit;
  double from_bar;  // the first bar it is heard in
  double to_bar;    // the bar before which it ends; kToTheEnd: the end of the file
  std::string_view what;
  void (*apply)(Stereo& audio, const Flaw& flaw);
};

inline constexpr double kToTheEnd = 1e9;

std::span<const Flaw> all_flaws();
// Applies those of the flaws that sit in this place, in the table's order.
void apply_flaws(std::span<const Flaw> flaws, Place place, Stereo& audio);
std::string flaw_list();

}  // namespace lacquer::demo
