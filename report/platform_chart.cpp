#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kWideRow = 24.0;
constexpr double kNarrowRow = 40.0;
constexpr double kGroupHead = 30.0;
constexpr double kHead = 34.0;
constexpr double kFoot = 8.0;

struct Groups {
  std::vector<PlatformBar> normalizing;
  std::vector<PlatformBar> as_it_is;
};

Groups grouped(const std::vector<PlatformBar>& platforms) {
  Groups groups;
  for (const PlatformBar& bar : platforms) {
    (bar.reference_lufs ? groups.normalizing : groups.as_it_is).push_back(bar);
  }
  return groups;
}

bool is_number(const std::optional<double>& value) { return value && std::isfinite(*value); }

struct LevelScale {
  double low = -24.0;
  double high = 2.0;
};

LevelScale scale_for(const std::vector<PlatformBar>& platforms) {
  LevelScale scale;
  for (const PlatformBar& bar : platforms) {
    if (is_number(bar.playback_lufs)) {
      scale.low = std::max(-60.0, std::min(scale.low, std::floor((*bar.playback_lufs - 2.0) / 6.0) * 6.0));
    }
    if (is_number(bar.playback_dbtp)) {
      scale.high = std::min(12.0, std::max(scale.high, std::ceil(*bar.playback_dbtp + 1.0)));
    }
  }
  return scale;
}

double x_of(const Plot& plot, const LevelScale& scale, double level) {
  return plot.left + plot.width() * std::clamp((level - scale.low) / (scale.high - scale.low), 0.0, 1.0);
}

std::string gain_words(const PlatformBar& bar) {
  std::string text = signed_quantity(bar.gain_db, "dB");
  if (bar.limited_by == "peak") text += ", held by its peak";
  if (bar.limited_by == "rule") text += ", never turned up";
  if (bar.limited_by == "limiter") text += ", then limited";
  return text;
}

// A triangle that points down at a level on the row whose middle is at `y`.
void reference_mark(Canvas& canvas, double x, double y) {
  canvas.fill({{x - 4.0, y - 11.0}, {x + 4.0, y - 11.0}, {x, y - 4.5}}, Ink::kMuted);
}

void draw_row(Canvas& canvas, const Plot& row, const LevelScale& scale, const PlatformBar& bar) {
  const double y = row.bottom - 11.0;
  for (double level = std::ceil(scale.low / 6.0) * 6.0; level <= scale.high; level += 6.0) {
    const double x = x_of(row, scale, level);
    const bool full_scale = std::abs(level) < 0.01;
    canvas.line({x, std::max(row.top, row.bottom - 24.0)}, {x, row.bottom},
                {full_scale ? Ink::kMuted : Ink::kHairline, 0.75});
  }
  canvas.line({row.left, y}, {row.right, y}, {Ink::kHairline, 0.75});
  if (is_number(bar.reference_lufs)) {
    const double x = x_of(row, scale, *bar.reference_lufs);
    reference_mark(canvas, x, y);
  }
  if (is_number(bar.playback_lufs)) {
    const double loudness = x_of(row, scale, *bar.playback_lufs);
    if (is_number(bar.playback_dbtp)) {
      const double peak = x_of(row, scale, *bar.playback_dbtp);
      const bool over = *bar.playback_dbtp > 0.0;
      canvas.fill_rect(loudness, y - 3.0, std::max(peak - loudness, 0.0), 6.0, Ink::kShape);
      canvas.line({peak, y - 6.0}, {peak, y + 6.0}, {over ? Ink::kWarning : Ink::kInk, over ? 3.0 : 1.5});
    }
    canvas.disc({loudness, y}, 4.5, Ink::kAccent);
  }
}

void draw_labels(Canvas& canvas, const Plot& row, const PlatformBar& bar, bool narrow) {
  const LetterStyle name{kChartText, Ink::kInk, Align::kLeft, true};
  const std::string after = bar.reference_lufs ? gain_words(bar) : "plays it as it is";
  if (narrow) {
    const LetterStyle gain{kChartText, Ink::kMuted, Align::kRight};
    const double gain_width = canvas.text_width(after, gain);
    canvas.text({0.0, row.top + 14.0}, canvas.fitted(bar.name, canvas.width() - gain_width - 10.0, name),
                name);
    canvas.text({canvas.width(), row.top + 14.0}, after, gain);
    return;
  }
  const double baseline = row.bottom - 7.5;
  canvas.text({0.0, baseline}, canvas.fitted(bar.name, row.left - 16.0, name), name);
  const LetterStyle gain{kChartText, Ink::kMuted};
  canvas.text({row.right + 14.0, baseline}, canvas.fitted(after, canvas.width() - row.right - 14.0, gain),
              gain);
}

void draw_head(Canvas& canvas, const Plot& plot, const LevelScale& scale, bool narrow) {
  for (double level = std::ceil(scale.low / 6.0) * 6.0; level <= scale.high; level += 6.0) {
    const double x = x_of(plot, scale, level);
    canvas.text({x, plot.top - 5.0}, number(level, 0), {kChartText, Ink::kMuted, Align::kCentre});
  }
  const double y = 8.0;
  double x = narrow ? 4.5 : plot.left;
  const LetterStyle style{kChartText, Ink::kInk};
  canvas.disc({x + 4.5, y - 3.5}, 4.5, Ink::kAccent);
  canvas.text({x + 14.0, y}, "loudness, LUFS", style);
  x += 14.0 + canvas.text_width("loudness, LUFS", style) + 16.0;
  canvas.line({x, y - 9.5}, {x, y + 2.5}, {Ink::kInk, 1.5});
  canvas.text({x + 7.0, y}, "true peak, dBTP", style);
  x += 7.0 + canvas.text_width("true peak, dBTP", style) + 16.0;
  reference_mark(canvas, x, y + 5.0);
  canvas.text({x + 7.0, y}, "reference", style);
}

}  // namespace

double platforms_height(const std::vector<PlatformBar>& platforms, double width_pt) {
  const Groups groups = grouped(platforms);
  const double row = width_pt < 520.0 ? kNarrowRow : kWideRow;
  const bool both = !groups.normalizing.empty() && !groups.as_it_is.empty();
  return kHead + kFoot + row * static_cast<double>(std::max<std::size_t>(platforms.size(), 1)) +
         (both ? kGroupHead : 0.0);
}

void draw_platforms(Canvas& canvas, const std::vector<PlatformBar>& platforms) {
  const bool narrow = is_narrow(canvas);
  const Groups groups = grouped(platforms);
  const LevelScale scale = scale_for(platforms);
  const double row_height = narrow ? kNarrowRow : kWideRow;
  const Plot plot{narrow ? 8.0 : 215.0, kHead, canvas.width() - (narrow ? 8.0 : 180.0),
                  canvas.height() - kFoot};
  draw_head(canvas, plot, scale, narrow);
  if (platforms.empty()) draw_empty(canvas, plot, "no platforms to show");
  double y = plot.top;
  const auto rows = [&](const std::vector<PlatformBar>& bars) {
    for (const PlatformBar& bar : bars) {
      const Plot row{plot.left, y, plot.right, y + row_height};
      draw_row(canvas, row, scale, bar);
      draw_labels(canvas, row, bar, narrow);
      y += row_height;
    }
  };
  rows(groups.normalizing);
  if (!groups.normalizing.empty() && !groups.as_it_is.empty()) {
    canvas.line({0.0, y + 10.0}, {canvas.width(), y + 10.0}, {Ink::kMuted, 0.75});
    canvas.text({0.0, y + 25.0}, "no normalization", {kChartText, Ink::kMuted});
    y += kGroupHead;
  }
  rows(groups.as_it_is);
}

}  // namespace lacquer
