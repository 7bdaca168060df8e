#include <algorithm>
#include <cmath>

#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"
#include "report/palette.h"

namespace lacquer {
namespace {

constexpr double kTop = 24.0;
constexpr double kFoot = 22.0;
constexpr double kRow = 21.0;
constexpr double kLowHz = 20.0;
constexpr double kHighHz = 20000.0;
// What the shades stand for: the difference against the level before.
constexpr double kFaintDb = -40.0;
constexpr double kFullDb = 0.0;

double x_of(const Plot& plot, double hz) {
  return plot.left + plot.width() * std::clamp(std::log(hz / kLowHz) / std::log(kHighHz / kLowHz), 0.0, 1.0);
}

void draw_row(Canvas& canvas, const Plot& plot, double y, const CodecEntry& entry) {
  for (const CodecBand& band : entry.study.as_it_is.third_octaves) {
    if (!band.delta_db) continue;
    const double left = x_of(plot, band.low_hz);
    const double right = x_of(plot, band.high_hz);
    const double share = std::clamp((*band.delta_db - kFaintDb) / (kFullDb - kFaintDb), 0.0, 1.0);
    const bool gone = band.change_db && *band.change_db < -6.0;
    const double height = (kRow - 5.0) * share;
    canvas.fill_rect(left + 0.5, y + kRow - 2.5 - height, std::max(0.5, right - left - 1.0), height,
                     gone ? Ink::kAccent : Ink::kShapeDeep);
  }
  canvas.line({plot.left, y + kRow - 2.5}, {plot.right, y + kRow - 2.5}, {Ink::kHairline, 0.75});
  const LetterStyle name{kChartText, Ink::kInk, Align::kLeft, true};
  canvas.text({0.0, y + kRow - 6.0}, canvas.fitted(entry.delivery.name(), plot.left - 10.0, name), name);
}

}  // namespace

double codecs_height(const std::vector<CodecEntry>& entries) {
  return kTop + kFoot + kRow * static_cast<double>(std::max<std::size_t>(entries.size(), 1));
}

void draw_codecs(Canvas& canvas, const std::vector<CodecEntry>& entries) {
  const bool narrow = is_narrow(canvas);
  const Plot plot{narrow ? 96.0 : 118.0, kTop, canvas.width() - 8.0, canvas.height() - kFoot};
  if (entries.empty()) draw_empty(canvas, plot, "no codecs to show");
  double x = plot.left;
  const LetterStyle words{kChartText, Ink::kInk};
  canvas.fill_rect(x, 2.0, 10.0, 10.0, Ink::kShapeDeep);
  canvas.text({x + 15.0, 11.0}, "changed", words);
  x += 15.0 + canvas.text_width("changed", words) + 16.0;
  canvas.fill_rect(x, 2.0, 10.0, 10.0, Ink::kAccent);
  canvas.text({x + 15.0, 11.0}, "taken away", words);
  for (const double hz : {50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0}) {
    const double at = x_of(plot, hz);
    canvas.line({at, plot.top}, {at, plot.bottom}, {Ink::kHairline, 0.5});
    canvas.text_if_free({at, canvas.height() - 6.0}, hz_text(hz), {kChartText, Ink::kMuted, Align::kCentre});
  }
  for (std::size_t i = 0; i < entries.size(); ++i)
    draw_row(canvas, plot, plot.top + kRow * static_cast<double>(i), entries[i]);
}

}  // namespace lacquer
