#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kLow_hz = 20.0;
constexpr double kHigh_hz = 20000.0;

struct Scale {
  double low_db = -24.0;
  double high_db = 12.0;
};

bool is_drawn(const ThirdOctave& band) {
  return band.level_db && std::isfinite(*band.level_db) && band.hz >= kLow_hz && band.hz <= kHigh_hz;
}

// Six decibels of grid around everything that is drawn, but no deeper than 60 dB below the loudest: what lies
// further down is not heard and would flatten the rest.
Scale scale_for(const std::vector<SpectrumLine>& lines, const std::optional<TargetLine>& target) {
  double low = 1e9;
  double high = -1e9;
  const auto include = [&](double level) {
    low = std::min(low, level);
    high = std::max(high, level);
  };
  for (const SpectrumLine& line : lines) {
    for (const ThirdOctave& band : line.bands) {
      if (is_drawn(band)) include(*band.level_db);
    }
  }
  if (target) {
    for (const TargetBand& band : target->bands) {
      include(band.target_db - band.tolerance_db);
      include(band.target_db + band.tolerance_db);
    }
  }
  if (low > high) return {};
  high = std::clamp(std::ceil((high + 1.0) / 6.0) * 6.0, 6.0, 60.0);
  low = std::clamp(std::floor((low - 1.0) / 6.0) * 6.0, high - 60.0, -6.0);
  return {low, high};
}

double x_of(const Plot& plot, double hz) {
  const double share = std::log(hz / kLow_hz) / std::log(kHigh_hz / kLow_hz);
  return plot.left + plot.width() * std::clamp(share, 0.0, 1.0);
}

double y_of(const Plot& plot, const Scale& scale, double level_db) {
  const double share = (scale.high_db - level_db) / (scale.high_db - scale.low_db);
  return plot.top + plot.height() * std::clamp(share, 0.0, 1.0);
}

std::string hz_text(double hz) { return hz >= 1000.0 ? number(hz / 1000.0, 0) + "k" : number(hz, 0); }

void draw_grid(Canvas& canvas, const Plot& plot, const Scale& scale) {
  for (const double hz : {20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0}) {
    const double x = x_of(plot, hz);
    const bool decade = hz == 100.0 || hz == 1000.0 || hz == 10000.0;
    canvas.line({x, plot.top}, {x, plot.bottom}, {Ink::kHairline, decade ? 1.0 : 0.5});
    canvas.text({x, plot.bottom + 15.0}, hz_text(hz), {kChartText, Ink::kMuted, Align::kCentre});
  }
  const double step = (scale.high_db - scale.low_db) > 42.0 ? 12.0 : 6.0;
  for (double level = std::floor(scale.high_db / step) * step; level >= scale.low_db - 0.01; level -= step) {
    const double y = y_of(plot, scale, level);
    const bool zero = std::abs(level) < 0.01;
    canvas.line({plot.left, y}, {plot.right, y}, {zero ? Ink::kShapeDeep : Ink::kHairline, 0.75});
    canvas.text({plot.left - 7.0, y + 3.5}, signed_number(level, 0),
                {kChartText, Ink::kMuted, Align::kRight});
  }
  canvas.text({plot.left - 7.0, plot.top - 12.0}, "dB", {kChartText, Ink::kMuted, Align::kRight});
  canvas.text({plot.right, plot.bottom + 29.0}, "Hz", {kChartText, Ink::kMuted, Align::kRight});
}

void draw_target(Canvas& canvas, const Plot& plot, const Scale& scale, const TargetLine& target) {
  std::vector<Point> outline;
  std::vector<Point> centre;
  for (const TargetBand& band : target.bands) {
    if (band.hz < kLow_hz || band.hz > kHigh_hz) continue;
    outline.push_back({x_of(plot, band.hz), y_of(plot, scale, band.target_db + band.tolerance_db)});
    centre.push_back({x_of(plot, band.hz), y_of(plot, scale, band.target_db)});
  }
  for (auto band = target.bands.rbegin(); band != target.bands.rend(); ++band) {
    if (band->hz < kLow_hz || band->hz > kHigh_hz) continue;
    outline.push_back({x_of(plot, band->hz), y_of(plot, scale, band->target_db - band->tolerance_db)});
  }
  canvas.fill(outline, Ink::kAccentSoft);
}

void draw_line(Canvas& canvas, const Plot& plot, const Scale& scale, const SpectrumLine& line,
               const LineStyle& style) {
  std::vector<Point> points;
  for (const ThirdOctave& band : line.bands) {
    const bool far_below = is_drawn(band) && *band.level_db < scale.low_db - 12.0;
    if (!is_drawn(band) || far_below) {
      canvas.polyline(points, style);
      points.clear();
      continue;
    }
    points.push_back({x_of(plot, band.hz), y_of(plot, scale, *band.level_db)});
  }
  canvas.polyline(points, style);
}

}  // namespace

void draw_spectrum(Canvas& canvas, const std::vector<SpectrumLine>& lines,
                   const std::optional<TargetLine>& target) {
  const Plot plot{44.0, 26.0, canvas.width() - 12.0, canvas.height() - 34.0};
  const Scale scale = scale_for(lines, target);
  if (target) draw_target(canvas, plot, scale, *target);
  draw_grid(canvas, plot, scale);

  std::vector<LegendEntry> legend;
  bool anything = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool compared_with = lines.size() > 1 && i == 0;
    const LineStyle style = compared_with ? LineStyle{Ink::kMuted, 1.4, {5.0, 3.0}}
                                          : LineStyle{lines.size() > 1 ? Ink::kAccent : Ink::kInk, 2.2};
    draw_line(canvas, plot, scale, lines[i], style);
    legend.push_back({lines[i].name, style});
    anything = anything || std::any_of(lines[i].bands.begin(), lines[i].bands.end(), is_drawn);
  }
  if (target) legend.push_back({target->name, {Ink::kAccentSoft, 9.0}});
  if (!anything) draw_empty(canvas, plot, "no spectrum was measured");
  draw_legend(canvas, plot.left, plot.right, plot.top - 12.0, legend);
}

}  // namespace lacquer
