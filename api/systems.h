#pragma once

#include <string_view>
#include <vector>

#include "api/json.h"
#include "judge/translation.h"

namespace lacquer {

// `systems --json`: what each playback system loses of a track. `rendered` holds the names of the files that
// were written to listen to, in the order of `systems` with the original first; empty where none were.
struct RenderedSystem {
  std::string system;  // "original", "phone"
  std::string path;
  double gain_db = 0.0;      // that made it as loud as the others
  double short_of_lu = 0.0;  // how much quieter than the others it stays, for its peaks
};
Json systems_json(std::string_view path, const std::vector<SystemTranslation>& systems,
                  const ChosenTarget* target, const std::vector<RenderedSystem>& rendered);

}  // namespace lacquer
