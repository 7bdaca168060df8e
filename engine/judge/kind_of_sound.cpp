#include "judge/kind_of_sound.h"

#include <algorithm>
#include <cmath>

#include "judge/tone_bursts.h"
#include "judge/tone_levels.h"

namespace lacquer {
namespace {

std::optional<double> finite(std::optional<double> value) {
  return value && std::isfinite(*value) ? value : std::nullopt;
}

bool has_no_pitch(const Measurements& audio, const TonalRules& rules) {
  if (!audio.spectrum || audio.spectrum->resonance_map.empty()) return false;
  const auto& map = audio.spectrum->resonance_map;
  return std::none_of(map.begin(), map.end(),
                      [&](const ResonancePoint& point) { return !(point.excess_db < rules.music.pitch_db); });
}

bool is_strokes(const Measurements& audio, const TonalRules& rules) {
  const auto range = finite(audio.loudness.range_lu);
  const auto plr = audio.dynamics ? finite(audio.dynamics->plr_db) : std::nullopt;
  return range && plr && *range<rules.music.strokes_range_lu&& * plr> rules.music.strokes_plr_db;
}

bool is_one_channel(const Measurements& audio, const TonalRules& rules) {
  if (audio.channels == 1) return true;
  const auto share = audio.source ? finite(audio.source->dual_mono_share) : std::nullopt;
  return share && *share >= rules.music.voice_mono_share;
}

bool is_voice(const Measurements& audio, const TonalRules& rules) {
  const auto bursts = burst_rates(audio, rules).per_minute;
  if (!bursts || !(*bursts > rules.bursts.per_minute.fix) || !is_one_channel(audio, rules)) return false;
  const BandLevels levels = average_levels(audio);
  double highest = -HUGE_VAL;
  for (std::size_t band = 0; band < levels.size(); ++band)
    if (target_band_hz(static_cast<int>(band)) < rules.music.voice_from_hz && std::isfinite(levels[band]))
      highest = std::max(highest, levels[band]);
  return highest < rules.music.voice_low_db;
}

}  // namespace

bool is_one_sound(const Measurements& audio, const TonalRules& rules) {
  const auto onsets = audio.dynamics ? finite(audio.dynamics->onsets_per_second) : std::nullopt;
  const auto range = finite(audio.loudness.range_lu);
  return onsets && range && *onsets < rules.music.steady_onsets_per_second &&
         *range < rules.music.steady_range_lu;
}

std::optional<NotMusic> heard_instead_of_music(const Measurements& audio, const TonalRules& rules) {
  if (is_strokes(audio, rules)) return NotMusic::kStrokes;
  if (has_no_pitch(audio, rules)) return NotMusic::kNoise;
  if (is_one_sound(audio, rules)) return NotMusic::kOneSound;
  if (is_voice(audio, rules)) return NotMusic::kVoice;
  return std::nullopt;
}

std::string says_little_of(NotMusic kind) {
  std::string what = "a voice alone";
  if (kind == NotMusic::kOneSound) what = "one sustained sound";
  if (kind == NotMusic::kNoise) what = "noise";
  if (kind == NotMusic::kStrokes) what = "a click track";
  return "It sounds like " + what + " and not like music, so this says little.";
}

}  // namespace lacquer
