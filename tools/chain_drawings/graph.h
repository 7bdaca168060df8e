#pragma once

#include <string>
#include <vector>

#include "report/canvas.h"

namespace lacquer {

struct Tick {
  double value = 0.0;
  std::string label;
};

struct Axis {
  double from = 0.0;
  double to = 1.0;
  bool logarithmic = false;
  std::vector<Tick> ticks;
  std::string title;
};

// One line of a graph, in the units of its axes.
struct Trace {
  std::string name;  // in the legend; empty leaves it out
  LineStyle line;
  std::vector<Point> points;
};

Axis frequency_axis();  // 20 Hz to 20 kHz
// A tick every `step` from `from` to `to`.
Axis linear_axis(double from, double to, double step, std::string title);

// An SVG of traces between two axes, on paper of its own, for a page of documentation.
std::string draw_graph(const std::string& name, const Axis& x, const Axis& y,
                       const std::vector<Trace>& traces);

}  // namespace lacquer
