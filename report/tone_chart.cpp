#include "report/tone_chart.h"

#include <cmath>

#include "report/departures.h"

namespace lacquer {
namespace {

constexpr int kColumns = 2;  // for one band
constexpr int kName = 8;     // "target  "
constexpr double kFull_db = 8.0;

struct Row {
  std::string text;
  bool any = false;
};

std::string twice(std::string_view sign) { return std::string(sign).append(sign); }

// Grows upwards: 1 dB for each eighth of the line's height.
std::string_view bar_up(double deviation_db, bool unicode) {
  static constexpr std::string_view kEighths[] = {"\u2581", "\u2582", "\u2583", "\u2584",
                                                  "\u2585", "\u2586", "\u2587", "\u2588"};
  if (!unicode) return "+";
  return kEighths[static_cast<std::size_t>(std::clamp(deviation_db, 1.0, kFull_db)) - 1];
}

// Hangs downwards, for which there are three characters.
std::string_view bar_down(double deviation_db, bool unicode) {
  if (!unicode) return "-";
  if (deviation_db < 0.25 * kFull_db) return "\u2594";
  return deviation_db < 0.75 * kFull_db ? "\u2580" : "\u2588";
}

std::string scale() {
  static constexpr std::pair<int, std::string_view> kLabels[] = {
      {2, "31"},  {5, "63"},  {8, "125"}, {11, "250"}, {14, "500"},
      {17, "1k"}, {20, "2k"}, {23, "4k"}, {26, "8k"},  {29, "16k"}};
  std::string text;
  for (const auto& [band, name] : kLabels) {
    text.resize(static_cast<std::size_t>(band * kColumns), ' ');
    text += name;
  }
  return text + " Hz";
}

}  // namespace

void put_tone_chart(TextPage& page, const Measurements& measurements,
                    const std::optional<ChosenTarget>& target, const TextStyle& style) {
  if (!target || !measurements.spectrum || style.width < kName + kColumns * kTargetBands + kColumns) return;
  Row above;
  Row line;
  Row below;
  const auto bands = departures(measurements.spectrum->third_octaves, target->curve);
  auto band = bands.begin();
  for (int i = 0; i < kTargetBands; ++i) {
    const bool known = band != bands.end() && band->hz < target_band_hz(i) * 1.05;
    const bool is_above = known && band->outside && band->deviation_db > 0.0;
    const bool is_below = known && band->outside && band->deviation_db < 0.0;
    const double size = known ? std::abs(band->deviation_db) : 0.0;
    above.text += is_above ? twice(bar_up(size, style.unicode)) : "  ";
    line.text += !known ? "  " : style.unicode ? twice("\u2500") : "--";
    below.text += is_below ? twice(bar_down(size, style.unicode)) : "  ";
    above.any = above.any || is_above;
    below.any = below.any || is_below;
    if (known) ++band;
  }
  if (!above.any && !below.any) return;
  page.blank();
  if (above.any) page.line("above   " + above.text);
  page.line("target  " + line.text, Tone::kQuiet);
  if (below.any) page.line("below   " + below.text);
  page.line(std::string(kName, ' ') + scale(), Tone::kQuiet);
}

}  // namespace lacquer
