#include <algorithm>
#include <cmath>

#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kHead = 26.0;
constexpr double kFoot = 22.0;
constexpr double kLeastDb = 6.0;  // the axis shows at least this much

struct CurveScale {
  Plot plot;
  double low_lufs = 0.0;
  double high_lufs = 0.0;
  double most_db = kLeastDb;

  Point at(double lufs, double db) const {
    const double x = std::clamp((lufs - low_lufs) / (high_lufs - low_lufs), 0.0, 1.0);
    return {plot.left + plot.width() * x, plot.bottom - plot.height() * std::clamp(db / most_db, 0.0, 1.0)};
  }
};

CurveScale scale_for(const Canvas& canvas, const LoudnessCurve& curve) {
  CurveScale scale;
  scale.plot = {34.0, kHead, canvas.width() - 10.0, canvas.height() - kFoot};
  scale.low_lufs = std::floor(curve.steps.front().lufs) - 1.0;
  scale.high_lufs = std::max(std::ceil(curve.steps.back().lufs), scale.low_lufs + 4.0);
  for (const LoudnessStep& step : curve.steps)
    scale.most_db = std::max({scale.most_db, step.reduction_p95_db, step.psr_lost_db});
  scale.most_db = std::ceil(scale.most_db / 2.0) * 2.0;
  return scale;
}

void draw_axes(Canvas& canvas, const CurveScale& scale) {
  for (double db = 0.0; db <= scale.most_db; db += 2.0) {
    const Point left = scale.at(scale.low_lufs, db);
    canvas.line(left, {scale.plot.right, left.y}, {db == 0.0 ? Ink::kMuted : Ink::kHairline, 0.75});
    canvas.text({scale.plot.left - 6.0, left.y + 3.5}, number(db, 0),
                {kChartText, Ink::kMuted, Align::kRight});
  }
  const double step = scale.high_lufs - scale.low_lufs > 10.0 ? 2.0 : 1.0;
  for (double lufs = scale.low_lufs; lufs <= scale.high_lufs; lufs += step)
    canvas.text_if_free({scale.at(lufs, 0.0).x, canvas.height() - 6.0}, number(lufs, 0),
                        {kChartText, Ink::kMuted, Align::kCentre});
}

void draw_references(Canvas& canvas, const CurveScale& scale, const LoudnessCurve& curve) {
  std::vector<double> references = curve.references_lufs;
  std::sort(references.begin(), references.end());
  references.erase(std::unique(references.begin(), references.end()), references.end());
  if (references.empty()) return;
  const double from = std::max(scale.low_lufs, references.back());
  if (from < scale.high_lufs) {
    const Point corner = scale.at(from, scale.most_db);
    canvas.fill_rect(corner.x, corner.y, scale.plot.right - corner.x, scale.plot.height(), Ink::kHairline);
  }
  for (const double reference : references) {
    if (reference < scale.low_lufs || reference > scale.high_lufs) continue;
    const Point top = scale.at(reference, scale.most_db);
    canvas.line(top, {top.x, scale.plot.bottom}, {Ink::kMuted, 0.75, {3.0, 3.0}});
  }
}

}  // namespace

void draw_loudness_curve(Canvas& canvas, const LoudnessCurve& curve, std::optional<double> landed_lufs) {
  if (curve.steps.empty()) {
    draw_empty(canvas, {0.0, 0.0, canvas.width(), canvas.height()}, "no loudness to draw");
    return;
  }
  const CurveScale scale = scale_for(canvas, curve);
  draw_references(canvas, scale, curve);
  draw_axes(canvas, scale);
  std::vector<Point> reduction;
  std::vector<Point> lost;
  for (const LoudnessStep& step : curve.steps) {
    reduction.push_back(scale.at(step.lufs, step.reduction_p95_db));
    lost.push_back(scale.at(step.lufs, step.psr_lost_db));
  }
  const LineStyle solid{Ink::kInk, 1.75};
  const LineStyle dashed{Ink::kAccent, 1.75, {6.0, 3.0}};
  canvas.polyline(reduction, solid);
  canvas.polyline(lost, dashed);
  if (landed_lufs && std::isfinite(*landed_lufs)) {
    const Point foot = scale.at(*landed_lufs, 0.0);
    canvas.line({foot.x, scale.plot.top}, foot, {Ink::kAccent, 1.0});
    canvas.disc(foot, 4.5, Ink::kAccent);
  }
  draw_legend(canvas, 0.0, canvas.width(), 11.0,
              {{"gain reduction, dB", solid},
               {"PSR lost, dB", dashed},
               {"a reference", {Ink::kMuted, 0.75, {3.0, 3.0}}}});
}

}  // namespace lacquer
