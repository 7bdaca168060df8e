#include <algorithm>
#include <array>
#include <cmath>

#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kLegendRow = 15.0;
constexpr double kTitle = 18.0;
constexpr double kFoot = 22.0;
constexpr double kLeast = 6.0;  // the axis of what it costs shows at least this much
constexpr double kLeftShare = 0.42;

// One of the two plots, which share the loudness of the master as their horizontal axis.
struct CurveScale {
  Plot plot;
  double low_lufs = 0.0;
  double high_lufs = 0.0;
  double low = 0.0;
  double high = 1.0;

  double x(double lufs) const {
    return plot.left + plot.width() * std::clamp((lufs - low_lufs) / (high_lufs - low_lufs), 0.0, 1.0);
  }
  double y(double value) const {
    return plot.bottom - plot.height() * std::clamp((value - low) / (high - low), 0.0, 1.0);
  }
  Point at(double lufs, double value) const { return {x(lufs), y(value)}; }
};

// What is drawn of each step, and how.
struct Cost {
  const char* legend;
  LineStyle line;
  std::optional<double> (*of)(const LoudnessStep&);
};

const std::array<Cost, 5>& costs() {
  static const std::array<Cost, 5> all = {{
      {"gain reduction, dB",
       {Ink::kInk, 1.75},
       [](const LoudnessStep& step) -> std::optional<double> { return step.reduction_p95_db; }},
      {"PSR lost, dB",
       {Ink::kAccent, 1.75, {6.0, 3.0}},
       [](const LoudnessStep& step) -> std::optional<double> { return step.psr_lost_db; }},
      {"crest lost in a band, dB",
       {Ink::kInk, 1.25, {1.5, 2.5}},
       [](const LoudnessStep& step) { return step.crest_lost_db(); }},
      {"tone moved, dB",
       {Ink::kMuted, 1.25, {8.0, 3.0, 2.0, 3.0}},
       [](const LoudnessStep& step) { return step.level_change_db(); }},
      {"bass intermodulation, %",
       {Ink::kAccent, 1.25, {2.0, 2.0}},
       [](const LoudnessStep& step) { return step.damage.bass_intermodulation_pct; }},
  }};
  return all;
}

CurveScale scale_of_costs(const LoudnessCurve& curve) {
  CurveScale scale;
  scale.low_lufs = std::floor(curve.steps.front().lufs) - 1.0;
  scale.high_lufs = std::max(std::ceil(curve.steps.back().lufs), scale.low_lufs + 4.0);
  double most = kLeast;
  for (const LoudnessStep& step : curve.steps)
    for (const Cost& cost : costs()) most = std::max(most, cost.of(step).value_or(0.0));
  scale.high = std::ceil(most / 2.0) * 2.0;
  return scale;
}

CurveScale scale_of_levels(const LoudnessCurve& curve, CurveScale scale) {
  double low = curve.steps.front().lufs;
  double high = low;
  for (const LoudnessStep& step : curve.steps)
    for (const double lufs : step.left_lufs) {
      low = std::min(low, lufs);
      high = std::max(high, lufs);
    }
  scale.low = std::floor(low / 2.0) * 2.0;
  scale.high = std::max(std::ceil(high / 2.0) * 2.0, scale.low + 4.0);
  return scale;
}

void draw_rows(Canvas& canvas, const CurveScale& scale, double step) {
  for (double value = scale.low; value <= scale.high + 1e-9; value += step) {
    const double y = scale.y(value);
    canvas.line({scale.plot.left, y}, {scale.plot.right, y},
                {value == scale.low ? Ink::kMuted : Ink::kHairline, 0.75});
    canvas.text({scale.plot.left - 6.0, y + 3.5}, number(value, 0), {kChartText, Ink::kMuted, Align::kRight});
  }
}

void draw_loudness_axis(Canvas& canvas, const CurveScale& scale) {
  const double step = scale.high_lufs - scale.low_lufs > 10.0 ? 2.0 : 1.0;
  for (double lufs = scale.low_lufs; lufs <= scale.high_lufs; lufs += step)
    canvas.text_if_free({scale.x(lufs), scale.plot.bottom + 16.0}, number(lufs, 0),
                        {kChartText, Ink::kMuted, Align::kCentre});
}

void tint_what_only_costs(Canvas& canvas, const CurveScale& scale, const LoudnessCurve& curve) {
  if (curve.references_lufs.empty()) return;
  const double from =
      std::max(scale.low_lufs, *std::max_element(curve.references_lufs.begin(), curve.references_lufs.end()));
  if (from >= scale.high_lufs) return;
  canvas.fill_rect(scale.x(from), scale.plot.top, scale.plot.right - scale.x(from), scale.plot.height(),
                   Ink::kHairline);
}

// Platforms that leave the same of every step share a line.
struct LevelLine {
  std::vector<double> left_lufs;
  double reference_lufs = 0.0;
  std::vector<std::string> names;
};

std::vector<LevelLine> level_lines(const LoudnessCurve& curve) {
  constexpr double kSame = 0.05;
  std::vector<LevelLine> lines;
  for (std::size_t p = 0; p < curve.platforms.size(); ++p) {
    LevelLine line{{}, curve.references_lufs[p], {curve.platforms[p]}};
    for (const LoudnessStep& step : curve.steps) line.left_lufs.push_back(step.left_lufs[p]);
    const auto same = std::find_if(lines.begin(), lines.end(), [&](const LevelLine& other) {
      return std::equal(line.left_lufs.begin(), line.left_lufs.end(), other.left_lufs.begin(),
                        [](double a, double b) { return std::abs(a - b) < kSame; });
    });
    if (same == lines.end())
      lines.push_back(std::move(line));
    else
      same->names.push_back(curve.platforms[p]);
  }
  std::sort(lines.begin(), lines.end(),
            [](const LevelLine& a, const LevelLine& b) { return a.left_lufs.back() > b.left_lufs.back(); });
  return lines;
}

void draw_levels(Canvas& canvas, const CurveScale& scale, const LoudnessCurve& curve) {
  tint_what_only_costs(canvas, scale, curve);
  draw_rows(canvas, scale, scale.high - scale.low > 12.0 ? 4.0 : 2.0);
  const LetterStyle letters{kChartText, Ink::kInk, Align::kRight};
  for (const LevelLine& line : level_lines(curve)) {
    std::vector<Point> points;
    for (std::size_t i = 0; i < curve.steps.size(); ++i)
      points.push_back(scale.at(curve.steps[i].lufs, line.left_lufs[i]));
    canvas.polyline(points, {Ink::kInk, 1.25});
    const std::string more =
        line.names.size() > 1 ? " and " + std::to_string(line.names.size() - 1) + " more" : std::string();
    const double room = kLeftShare * scale.plot.width();
    const std::string label = canvas.fitted(line.names.front() + more, room, letters);
    const Point end = points.back();
    if (!canvas.text_if_free({end.x - 3.0, end.y - 3.0}, label, letters))
      canvas.text_if_free({end.x - 3.0, end.y + 11.0}, label, letters);
  }
}

void draw_costs(Canvas& canvas, const CurveScale& scale, const LoudnessCurve& curve) {
  tint_what_only_costs(canvas, scale, curve);
  for (const double reference : curve.references_lufs)
    if (reference > scale.low_lufs && reference < scale.high_lufs)
      canvas.line({scale.x(reference), scale.plot.top}, {scale.x(reference), scale.plot.bottom},
                  {Ink::kMuted, 0.75, {3.0, 3.0}});
  draw_rows(canvas, scale, scale.high > 12.0 ? 4.0 : 2.0);
  draw_loudness_axis(canvas, scale);
  for (const Cost& cost : costs()) {
    std::vector<Point> points;
    for (const LoudnessStep& step : curve.steps)
      if (const auto value = cost.of(step)) points.push_back(scale.at(step.lufs, *value));
    if (points.size() > 1) canvas.polyline(points, cost.line);
  }
}

void mark_landing(Canvas& canvas, const CurveScale& scale, std::optional<double> landed_lufs) {
  if (!landed_lufs || !std::isfinite(*landed_lufs)) return;
  const Point foot{scale.x(*landed_lufs), scale.plot.bottom};
  canvas.line({foot.x, scale.plot.top}, foot, {Ink::kAccent, 1.0});
  canvas.disc(foot, 3.5, Ink::kAccent);
}

}  // namespace

void draw_loudness_curve(Canvas& canvas, const LoudnessCurve& curve, std::optional<double> landed_lufs) {
  if (curve.steps.empty()) {
    draw_empty(canvas, {0.0, 0.0, canvas.width(), canvas.height()}, "no loudness to draw");
    return;
  }
  const double left = 34.0;
  const double right = canvas.width() - 10.0;
  const double legends = 3.0 * kLegendRow;
  const double middle = kTitle + 0.42 * (canvas.height() - kTitle - legends - kFoot);
  CurveScale costs_scale = scale_of_costs(curve);
  costs_scale.plot = {left, middle + legends + 8.0, right, canvas.height() - kFoot};
  if (!curve.platforms.empty()) {
    CurveScale levels = scale_of_levels(curve, costs_scale);
    levels.plot = {left, kTitle, right, middle};
    canvas.text({0.0, 11.0}, "what the platforms leave of it, LUFS", {kChartText, Ink::kMuted});
    draw_levels(canvas, levels, curve);
    mark_landing(canvas, levels, landed_lufs);
  }
  draw_costs(canvas, costs_scale, curve);
  mark_landing(canvas, costs_scale, landed_lufs);
  const auto& all = costs();
  const auto entry = [&](std::size_t i) { return LegendEntry{all[i].legend, all[i].line}; };
  const double first = middle + kLegendRow + 2.0;
  draw_legend(canvas, 0.0, canvas.width(), first, {entry(0), entry(1)});
  draw_legend(canvas, 0.0, canvas.width(), first + kLegendRow, {entry(2), entry(3)});
  draw_legend(canvas, 0.0, canvas.width(), first + 2.0 * kLegendRow,
              {entry(4), {"a reference", {Ink::kMuted, 0.75, {3.0, 3.0}}}});
}

}  // namespace lacquer
