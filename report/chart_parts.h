#pragma once

#include <vector>

#include "report/canvas.h"
#include "report/charts.h"

namespace lacquer {

// What several charts share.

inline constexpr double kChartText = 10.0;

struct Plot {
  double left = 0.0;
  double top = 0.0;
  double right = 0.0;
  double bottom = 0.0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

// A canvas too narrow for labels beside the plot.
inline constexpr double kNarrow_pt = 520.0;
inline bool is_narrow(const Canvas& canvas) { return canvas.width() < kNarrow_pt; }

// Seconds between labels of a time axis, so that each has about `room_pt` points.
double time_step_s(double duration_s, double width_pt, double room_pt);
// m:ss below the plot; hairlines up through it when `grid`.
void draw_time_axis(Canvas& canvas, const Plot& plot, double duration_s, bool grid);

// The waveform around the middle of the plot, full scale at its edges.
void draw_overview(Canvas& canvas, const Plot& plot, const Overview& overview);

struct LegendEntry {
  std::string text;
  LineStyle line;
};
// From the left on one line, its letters standing on `baseline`; leaves out what does not fit.
void draw_legend(Canvas& canvas, double left, double right, double baseline,
                 const std::vector<LegendEntry>& entries);

// One short sentence in the middle of an empty plot.
void draw_empty(Canvas& canvas, const Plot& plot, std::string_view sentence);

}  // namespace lacquer
