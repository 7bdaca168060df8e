#include "graph.h"

#include <algorithm>
#include <cmath>

#include "report/chart_parts.h"

namespace lacquer {

namespace {

constexpr double kWidthPt = 640.0;
constexpr double kHeightPt = 300.0;
constexpr Plot kPlot{54.0, 34.0, 620.0, 254.0};

double place(const Axis& axis, double value) {
  if (axis.logarithmic) return std::log(value / axis.from) / std::log(axis.to / axis.from);
  return (value - axis.from) / (axis.to - axis.from);
}

Point on_plot(const Axis& x, const Axis& y, const Point& point) {
  // A hundredth of a point is finer than any screen, and the same on every machine but for the last digit.
  const auto round = [](double value) { return std::round(value * 100.0) / 100.0; };
  const double height = std::clamp(place(y, point.y), 0.0, 1.0);
  return {round(kPlot.left + kPlot.width() * place(x, point.x)),
          round(kPlot.bottom - kPlot.height() * height)};
}

void draw_axes(Canvas& canvas, const Axis& x, const Axis& y) {
  const LineStyle hairline{Ink::kHairline, 0.75};
  for (const Tick& tick : x.ticks) {
    const double at = on_plot(x, y, {tick.value, y.from}).x;
    canvas.line({at, kPlot.top}, {at, kPlot.bottom}, hairline);
    canvas.text({at, kPlot.bottom + 15.0}, tick.label, {kChartText, Ink::kMuted, Align::kCentre});
  }
  for (const Tick& tick : y.ticks) {
    const double at = on_plot(x, y, {x.from, tick.value}).y;
    canvas.line({kPlot.left, at}, {kPlot.right, at}, hairline);
    canvas.text({kPlot.left - 6.0, at + 3.5}, tick.label, {kChartText, Ink::kMuted, Align::kRight});
  }
  canvas.text({kPlot.right, kPlot.bottom + 33.0}, x.title, {kChartText, Ink::kMuted, Align::kRight});
  canvas.text({kPlot.left, kPlot.top - 18.0}, y.title, {kChartText, Ink::kMuted});
}

}  // namespace

Axis frequency_axis() {
  return {20.0,
          20000.0,
          true,
          {{20.0, "20"},
           {50.0, "50"},
           {100.0, "100"},
           {200.0, "200"},
           {500.0, "500"},
           {1000.0, "1k"},
           {2000.0, "2k"},
           {5000.0, "5k"},
           {10000.0, "10k"},
           {20000.0, "20k"}},
          "frequency in Hz"};
}

Axis linear_axis(double from, double to, double step, std::string title) {
  Axis axis{from, to, false, {}, std::move(title)};
  const int count = static_cast<int>(std::lround((to - from) / step));
  for (int i = 0; i <= count; ++i) {
    const double value = from + step * i;
    std::string label = std::to_string(std::lround(std::abs(value) * 100.0));
    while (label.size() < 3) label.insert(0, "0");
    label.insert(label.size() - 2, ".");
    while (label.back() == '0') label.pop_back();
    if (label.back() == '.') label.pop_back();
    axis.ticks.push_back({value, (value < -1e-9 ? "\u2212" : "") + label});
  }
  return axis;
}

std::string draw_graph(const std::string& name, const Axis& x, const Axis& y,
                       const std::vector<Trace>& traces) {
  return to_svg(kWidthPt, kHeightPt, name, [&](Canvas& canvas) {
    canvas.fill_rect(0.0, 0.0, kWidthPt, kHeightPt, Ink::kPaper);
    draw_axes(canvas, x, y);
    std::vector<LegendEntry> legend;
    for (const Trace& trace : traces) {
      std::vector<Point> points;
      for (const Point& point : trace.points) points.push_back(on_plot(x, y, point));
      canvas.polyline(points, trace.line);
      if (!trace.name.empty()) legend.push_back({trace.name, trace.line});
    }
    draw_legend(canvas, kPlot.left + 130.0, kPlot.right, kPlot.top - 18.0, legend);
  });
}

}  // namespace lacquer
