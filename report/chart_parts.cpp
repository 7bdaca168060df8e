#include "report/chart_parts.h"

#include "report/format.h"

namespace lacquer {
namespace {

struct Columns {
  std::vector<float> low;
  std::vector<float> high;
  std::vector<float> rms;
};

float finite(float value) { return std::isfinite(value) ? std::clamp(value, -1.0f, 1.0f) : 0.0f; }

// At most `most` columns: extremes of the columns that fall together, and the mean power of their RMS.
Columns merged(const Overview& overview, std::size_t most) {
  const std::size_t count = std::min({overview.low.size(), overview.high.size(), overview.rms.size()});
  const std::size_t wanted = std::min(count, std::max<std::size_t>(most, 1));
  Columns out;
  for (std::size_t i = 0; i < wanted; ++i) {
    const std::size_t from = i * count / wanted;
    const std::size_t to = std::max(from + 1, (i + 1) * count / wanted);
    float low = 1.0f;
    float high = -1.0f;
    double power = 0.0;
    for (std::size_t k = from; k < to; ++k) {
      low = std::min(low, finite(overview.low[k]));
      high = std::max(high, finite(overview.high[k]));
      power += static_cast<double>(finite(overview.rms[k])) * finite(overview.rms[k]);
    }
    out.low.push_back(low);
    out.high.push_back(high);
    out.rms.push_back(static_cast<float>(std::sqrt(power / static_cast<double>(to - from))));
  }
  return out;
}

// Fills between two curves of equal length; every column is as wide as the next, down to a single one.
void fill_between(Canvas& canvas, const Plot& plot, const std::vector<float>& low,
                  const std::vector<float>& high, Ink ink) {
  const double middle = (plot.top + plot.bottom) / 2.0;
  const double half = plot.height() / 2.0;
  const double step = plot.width() / static_cast<double>(high.size());
  std::vector<Point> outline;
  // Half a hairline at least, so that silence shows as a line.
  const auto add = [&](std::size_t i, double y) {
    outline.push_back({plot.left + step * static_cast<double>(i), y});
    outline.push_back({plot.left + step * static_cast<double>(i + 1), y});
  };
  for (std::size_t i = 0; i < high.size(); ++i) {
    add(i, middle - std::max(static_cast<double>(high[i]) * half, 0.25));
  }
  std::vector<Point> back;
  for (std::size_t i = 0; i < low.size(); ++i) {
    const double y = middle - std::min(static_cast<double>(low[i]) * half, -0.25);
    back.push_back({plot.left + step * static_cast<double>(i), y});
    back.push_back({plot.left + step * static_cast<double>(i + 1), y});
  }
  outline.insert(outline.end(), back.rbegin(), back.rend());
  canvas.fill(outline, ink);
}

}  // namespace

double time_step_s(double duration_s, double width_pt, double room_pt) {
  const double most = std::max(1.0, width_pt / room_pt);
  for (const double step :
       {1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1200.0, 1800.0, 3600.0}) {
    if (duration_s / step <= most) return step;
  }
  return 3600.0 * std::ceil(duration_s / 3600.0 / most);
}

void draw_time_axis(Canvas& canvas, const Plot& plot, double duration_s, bool grid) {
  canvas.line({plot.left, plot.bottom}, {plot.right, plot.bottom}, {Ink::kHairline, 1.0});
  if (!std::isfinite(duration_s) || duration_s <= 0.0) return;
  const double step = time_step_s(duration_s, plot.width(), 52.0);
  for (double t = 0.0; t <= duration_s; t += step) {
    const double x = plot.left + plot.width() * t / duration_s;
    if (grid && t > 0.0) canvas.line({x, plot.top}, {x, plot.bottom}, {Ink::kHairline, 0.5});
    canvas.line({x, plot.bottom}, {x, plot.bottom + 4.0}, {Ink::kMuted, 0.75});
    const bool at_edge = x + 14.0 > canvas.width();
    canvas.text({at_edge ? canvas.width() : x, plot.bottom + 15.0}, clock(t),
                {kChartText, Ink::kMuted, at_edge ? Align::kRight : Align::kCentre});
  }
}

void draw_overview(Canvas& canvas, const Plot& plot, const Overview& overview) {
  const Columns columns = merged(overview, static_cast<std::size_t>(plot.width()));
  if (columns.high.empty()) {
    draw_empty(canvas, plot, "no waveform");
    return;
  }
  fill_between(canvas, plot, columns.low, columns.high, Ink::kShape);
  std::vector<float> inner_low;
  std::vector<float> inner_high;
  for (std::size_t i = 0; i < columns.rms.size(); ++i) {
    inner_high.push_back(std::min(columns.rms[i], std::max(columns.high[i], 0.0f)));
    inner_low.push_back(std::max(-columns.rms[i], std::min(columns.low[i], 0.0f)));
  }
  fill_between(canvas, plot, inner_low, inner_high, Ink::kShapeDeep);
}

void draw_legend(Canvas& canvas, double left, double right, double baseline,
                 const std::vector<LegendEntry>& entries) {
  double x = left;
  const LetterStyle style{kChartText, Ink::kInk};
  for (const LegendEntry& entry : entries) {
    const double width = canvas.text_width(entry.text, style);
    if (x + 24.0 + width > right) return;
    canvas.line({x, baseline - 3.5}, {x + 18.0, baseline - 3.5}, entry.line);
    canvas.text({x + 24.0, baseline}, entry.text, style);
    x += 24.0 + width + 18.0;
  }
}

void draw_empty(Canvas& canvas, const Plot& plot, std::string_view sentence) {
  canvas.text({(plot.left + plot.right) / 2.0, (plot.top + plot.bottom) / 2.0 + 3.5}, sentence,
              {kChartText, Ink::kMuted, Align::kCentre});
}

}  // namespace lacquer
