#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kWideRow = 24.0;
constexpr double kNarrowRow = 40.0;
constexpr double kGroupHead = 30.0;
constexpr double kWideHead = 34.0;
constexpr double kNarrowHead = 48.0;
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
    if (bar.span)
      scale.low = std::max(-60.0, std::min(scale.low, std::floor((bar.span->low_lufs - 2.0) / 6.0) * 6.0));
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
      const double full_scale = x_of(row, scale, 0.0);
      canvas.fill_rect(loudness, y - 3.0, std::max(peak - loudness, 0.0), 6.0, Ink::kShape);
      // The headroom: what is left above the peak.
      if (full_scale > peak) canvas.fill_rect(peak, y - 1.5, full_scale - peak, 3.0, Ink::kAccentSoft);
      canvas.line({peak, y - 6.0}, {peak, y + 6.0}, {over ? Ink::kWarning : Ink::kInk, over ? 3.0 : 1.5});
    }
    if (bar.span) {
      const double low = x_of(row, scale, bar.span->low_lufs);
      const double high = x_of(row, scale, bar.span->high_lufs);
      canvas.fill_rect(low, y - 6.0, std::max(high - low, 1.0), 12.0, Ink::kShapeDeep);
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
  // The legend, in two lines where the page is narrow.
  double y = 8.0;
  const double left = narrow ? 4.5 : plot.left;
  double x = left;
  const LetterStyle style{kChartText, Ink::kInk};
  const auto entry = [&](double sign_width, const std::string& words, const auto& draw_sign) {
    draw_sign();
    canvas.text({x + sign_width + 5.0, y}, words, style);
    x += sign_width + 5.0 + canvas.text_width(words, style) + 14.0;
  };
  entry(9.0, "loudness, LUFS", [&] { canvas.disc({x + 4.5, y - 3.5}, 4.5, Ink::kAccent); });
  entry(14.0, "loudness range", [&] { canvas.fill_rect(x, y - 9.0, 14.0, 11.0, Ink::kShapeDeep); });
  if (narrow) {
    x = left;
    y += 14.0;
  }
  entry(2.0, "true peak, dBTP", [&] { canvas.line({x, y - 9.5}, {x, y + 2.5}, {Ink::kInk, 1.5}); });
  entry(14.0, "headroom", [&] { canvas.fill_rect(x, y - 5.0, 14.0, 3.0, Ink::kAccentSoft); });
  entry(6.0, "reference", [&] { reference_mark(canvas, x + 3.0, y + 5.0); });
}

}  // namespace

PlatformBar platform_bar(const PlatformPlay& play, const TrackLevels& levels) {
  PlatformBar bar;
  bar.name = play.rule.name;
  bar.reference_lufs = play.rule.reference_lufs;
  if (!play.outcome) return bar;
  bar.gain_db = play.outcome->gain_db;
  bar.playback_lufs = play.outcome->playback_lufs;
  bar.playback_dbtp = play.outcome->playback_dbtp;
  bar.limited_by = to_string(play.outcome->limited_by);
  if (levels.span)
    bar.span = LoudnessSpan{levels.span->low_lufs + bar.gain_db, levels.span->high_lufs + bar.gain_db};
  return bar;
}

double platforms_height(const std::vector<PlatformBar>& platforms, double width_pt) {
  const Groups groups = grouped(platforms);
  const bool narrow = width_pt < 520.0;
  const double row = narrow ? kNarrowRow : kWideRow;
  const bool both = !groups.normalizing.empty() && !groups.as_it_is.empty();
  return (narrow ? kNarrowHead : kWideHead) + kFoot +
         row * static_cast<double>(std::max<std::size_t>(platforms.size(), 1)) + (both ? kGroupHead : 0.0);
}

void draw_platforms(Canvas& canvas, const std::vector<PlatformBar>& platforms) {
  const bool narrow = is_narrow(canvas);
  const Groups groups = grouped(platforms);
  const LevelScale scale = scale_for(platforms);
  const double row_height = narrow ? kNarrowRow : kWideRow;
  const Plot plot{narrow ? 8.0 : 215.0, narrow ? kNarrowHead : kWideHead,
                  canvas.width() - (narrow ? 8.0 : 180.0), canvas.height() - kFoot};
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
