#include "playback/deliveries.h"

#include <algorithm>

namespace lacquer {
namespace {

bool sends(const PlatformRule& rule, const std::string& codec, int bitrate_kbps) {
  return std::any_of(rule.codecs.begin(), rule.codecs.end(), [&](const PlatformCodec& one) {
    return one.codec == codec && one.bitrate_kbps == bitrate_kbps;
  });
}

}  // namespace

std::string Delivery::id() const { return codec + "-" + std::to_string(bitrate_kbps); }

std::string Delivery::name() const {
  const std::string spelled = codec == "vorbis" ? "Vorbis"
                              : codec == "opus" ? "Opus"
                              : codec == "aac"  ? "AAC"
                                                : "MP3";
  return spelled + " " + std::to_string(bitrate_kbps) + " kbps";
}

std::vector<Delivery> deliveries_of(const std::vector<PlatformCodec>& codecs,
                                    const std::vector<PlatformRule>& rules) {
  std::vector<Delivery> deliveries;
  for (const PlatformCodec& codec : codecs) {
    Delivery delivery{codec.codec, codec.bitrate_kbps.value_or(0), {}};
    for (const PlatformRule& rule : rules) {
      const auto& known = delivery.platforms;
      if (sends(rule, delivery.codec, delivery.bitrate_kbps) &&
          std::find(known.begin(), known.end(), rule.id) == known.end())
        delivery.platforms.push_back(rule.id);
    }
    deliveries.push_back(std::move(delivery));
  }
  return deliveries;
}

std::optional<double> least_turn_down_db(const Delivery& delivery, const std::vector<PlatformRule>& rules,
                                         double integrated_lufs, double true_peak_dbtp) {
  std::optional<double> least;
  for (const PlatformRule& rule : rules) {
    if (!rule.default_mode || !sends(rule, delivery.codec, delivery.bitrate_kbps)) continue;
    const double down = std::max(0.0, -play_on(rule, integrated_lufs, true_peak_dbtp).gain_db);
    least = std::min(least.value_or(down), down);
  }
  return least;
}

}  // namespace lacquer
