#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kTop_lufs = 0.0;
constexpr double kWideLane = 16.0;
constexpr double kNarrowLane = 27.0;  // with its name above
constexpr double kLanesHead = 4.0;
constexpr double kSectionStrip = 18.0;
constexpr std::size_t kMostLanes = 9;

// The bottom of the loudness scale: below nine tenths of what was heard, a multiple of 12 between -60 and -24
// LUFS.
double floor_lufs(const std::vector<float>& series) {
  std::vector<float> heard;
  for (const float value : series) {
    if (std::isfinite(value) && value > -70.0f) heard.push_back(value);
  }
  if (heard.empty()) return -48.0;
  const auto tenth = heard.begin() + static_cast<std::ptrdiff_t>(heard.size() / 10);
  std::nth_element(heard.begin(), tenth, heard.end());
  return std::clamp(std::floor((*tenth - 6.0) / 12.0) * 12.0, -60.0, -24.0);
}

double level_y(const Plot& plot, double level, double floor) {
  const double share = (kTop_lufs - std::clamp(level, floor, kTop_lufs)) / (kTop_lufs - floor);
  return plot.top + plot.height() * share;
}

void draw_level_grid(Canvas& canvas, const Plot& plot, double floor) {
  const double step = plot.height() / (-floor / 6.0) > 22.0 ? 6.0 : 12.0;
  for (double level = kTop_lufs; level >= floor - 0.5; level -= step) {
    const double y = level_y(plot, level, floor);
    canvas.line({plot.left, y}, {plot.right, y}, {Ink::kHairline, 0.75});
    canvas.text({plot.left - 7.0, y + 3.5}, number(level, 0), {kChartText, Ink::kMuted, Align::kRight});
  }
}

// Values every 100 ms, the highest of those that fall on one point of the page; gaps where there is silence.
void draw_series(Canvas& canvas, const Plot& plot, const std::vector<float>& series, double duration_s,
                 double floor, double window_s, const LineStyle& style) {
  std::vector<Point> line;
  double column = -1.0;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const bool silent = !std::isfinite(series[i]) || series[i] < floor;
    if (silent) {
      canvas.polyline(line, style);
      line.clear();
      column = -1.0;
      continue;
    }
    // The value belongs to the middle of its window.
    const double end_s = 0.1 * static_cast<double>(i + 1);
    const double x = plot.left + plot.width() * std::clamp((end_s - window_s / 2.0) / duration_s, 0.0, 1.0);
    const double y = level_y(plot, series[i], floor);
    if (!line.empty() && std::floor(x) == column) {
      line.back().y = std::min(line.back().y, y);
    } else {
      line.push_back({x, y});
      column = std::floor(x);
    }
  }
  canvas.polyline(line, style);
}

void draw_loudness(Canvas& canvas, const Plot& plot, const Measurements& measured) {
  const LoudnessResult& loudness = measured.loudness;
  const double floor = floor_lufs(loudness.momentary_lufs);
  draw_level_grid(canvas, plot, floor);
  const LineStyle momentary{Ink::kShapeDeep, 0.8};
  const LineStyle short_term{Ink::kInk, 1.6};
  const LineStyle integrated{Ink::kAccent, 1.2, {5.0, 3.0}};
  if (loudness.momentary_lufs.empty() || !(measured.duration_s > 0.0)) {
    draw_empty(canvas, plot, "too short or too quiet for a loudness line");
    return;
  }
  draw_series(canvas, plot, loudness.momentary_lufs, measured.duration_s, floor, 0.4, momentary);
  draw_series(canvas, plot, loudness.short_term_lufs, measured.duration_s, floor, 3.0, short_term);
  std::vector<LegendEntry> legend = {{"short-term, 3 s", short_term}, {"momentary, 0.4 s", momentary}};
  if (loudness.integrated_lufs && std::isfinite(*loudness.integrated_lufs)) {
    const double y = level_y(plot, *loudness.integrated_lufs, floor);
    canvas.line({plot.left, y}, {plot.right, y}, integrated);
    legend.insert(legend.begin(), {"integrated " + quantity(loudness.integrated_lufs, "LUFS"), integrated});
  }
  draw_legend(canvas, plot.left, plot.right, plot.top - 12.0, legend);
}

// What must be fixed is a diamond, what is to be looked at a disc.
void draw_point(Canvas& canvas, Point at, TimeMarks::Kind kind) {
  if (kind == TimeMarks::Kind::kFix) {
    canvas.fill({{at.x, at.y - 4.0}, {at.x + 4.0, at.y}, {at.x, at.y + 4.0}, {at.x - 4.0, at.y}},
                Ink::kWarning);
  } else {
    canvas.disc(at, 2.6, Ink::kInk);
  }
}

double x_of(const Plot& plot, double time_s, double duration_s) {
  return plot.left + plot.width() * std::clamp(time_s / duration_s, 0.0, 1.0);
}

// Each label stands to the right of its time, or to the left, where no other time is in its way.
void draw_time_labels(Canvas& canvas, const Plot& lane, const TimeMarks& marks, double duration_s, Ink ink) {
  const double y = (lane.top + lane.bottom) / 2.0 + 3.5;
  const auto is_clear = [&](double from, double to) {
    return std::none_of(marks.when.begin(), marks.when.end(), [&](const TimeRange& other) {
      return x_of(lane, other.from_s, duration_s) - 2.6 < to &&
             x_of(lane, other.to_s, duration_s) + 2.6 > from;
    });
  };
  for (std::size_t i = 0; i < std::min(marks.labels.size(), marks.when.size()); ++i) {
    const double room = canvas.text_width(marks.labels[i], {kChartText, ink, Align::kLeft, true}) + 4.0;
    const double right = x_of(lane, marks.when[i].to_s, duration_s) + 4.0;
    const double left = x_of(lane, marks.when[i].from_s, duration_s) - 4.0;
    const bool is_right =
        is_clear(right, right + room) &&
        canvas.text_if_free({right, y}, marks.labels[i], {kChartText, ink, Align::kLeft, true});
    if (!is_right && left - room > lane.left && is_clear(left - room, left))
      canvas.text_if_free({left, y}, marks.labels[i], {kChartText, ink, Align::kRight, true});
  }
}

void draw_times(Canvas& canvas, const Plot& lane, const TimeMarks& marks, double duration_s) {
  const double middle = (lane.top + lane.bottom) / 2.0;
  const Ink ink = marks.kind == TimeMarks::Kind::kFix    ? Ink::kWarning
                  : marks.kind == TimeMarks::Kind::kLook ? Ink::kInk
                                                         : Ink::kAccent;
  canvas.line({lane.left, middle}, {lane.right, middle}, {Ink::kHairline, 0.75});
  double last = -10.0;
  for (std::size_t i = 0; i < marks.when.size(); ++i) {
    const double from = x_of(lane, marks.when[i].from_s, duration_s);
    const double to = x_of(lane, marks.when[i].to_s, duration_s);
    if (!(to >= from)) continue;
    if (to - from > 6.0) {
      canvas.fill_rect(from, middle - 2.0, to - from, 4.0, ink);
    } else if (from - last > 1.5) {
      draw_point(canvas, {from, middle}, marks.kind);
      last = from;
    }
  }
  draw_time_labels(canvas, lane, marks, duration_s, ink);
}

struct Lanes {
  std::vector<TimeMarks> marks;
  double height = 0.0;  // of one
  double total() const {
    return marks.empty() ? 0.0 : height * static_cast<double>(marks.size()) + kLanesHead;
  }
};

// On a narrow canvas each name stands above its lane.
Lanes lanes_of(const WaveformNotes& notes, double width_pt) {
  const bool narrow = width_pt < kNarrow_pt;
  Lanes lanes{{}, narrow ? kNarrowLane : kWideLane};
  std::copy_if(notes.marks.begin(), notes.marks.end(), std::back_inserter(lanes.marks),
               [](const TimeMarks& mark) { return !mark.when.empty(); });
  if (lanes.marks.size() <= kMostLanes) return lanes;
  // What to play is worth more than the ninth mark.
  const bool plays = lanes.marks.back().kind == TimeMarks::Kind::kListen;
  const auto kept = static_cast<std::ptrdiff_t>(plays ? kMostLanes - 1 : kMostLanes);
  lanes.marks.erase(lanes.marks.begin() + kept, plays ? lanes.marks.end() - 1 : lanes.marks.end());
  return lanes;
}

void draw_lane(Canvas& canvas, const Plot& lane, const TimeMarks& marks, double duration_s) {
  const Ink ink = marks.kind == TimeMarks::Kind::kFix ? Ink::kWarning : Ink::kInk;
  if (is_narrow(canvas)) {
    const LetterStyle style{kChartText, ink, Align::kLeft};
    canvas.text({lane.left, lane.top + 10.0}, canvas.fitted(marks.name, lane.width(), style), style);
    draw_times(canvas, {lane.left, lane.top + 12.0, lane.right, lane.bottom}, marks, duration_s);
    return;
  }
  const LetterStyle style{kChartText, ink, Align::kRight};
  canvas.text({lane.left - 7.0, (lane.top + lane.bottom) / 2.0 + 3.5},
              canvas.fitted(marks.name, lane.left - 8.0, style), style);
  draw_times(canvas, lane, marks, duration_s);
}

// What must be fixed tints the waveform where it happens, unless that is most of the piece.
void tint_faulty_times(Canvas& canvas, const Plot& plot, const std::vector<TimeMarks>& marks,
                       double duration_s) {
  for (const TimeMarks& mark : marks) {
    double covered_s = 0.0;
    for (const TimeRange& when : mark.when) covered_s += std::max(0.0, when.to_s - when.from_s);
    if (mark.kind != TimeMarks::Kind::kFix || !(covered_s < 0.5 * duration_s)) continue;
    for (const TimeRange& when : mark.when) {
      const double from = x_of(plot, when.from_s, duration_s);
      const double to = std::max(x_of(plot, when.to_s, duration_s), from + 2.0);
      if (when.to_s >= when.from_s)
        canvas.fill_rect(from, plot.top, std::min(to, plot.right) - from, plot.height(), Ink::kWarningSoft);
    }
  }
}

void draw_sections(Canvas& canvas, const Plot& strip, const Plot& wave, const std::vector<Section>& sections,
                   double duration_s) {
  const LetterStyle style{kChartText, Ink::kInk, Align::kCentre};
  for (const Section& section : sections) {
    const double from = x_of(strip, section.when.from_s, duration_s);
    const double to = x_of(strip, section.when.to_s, duration_s);
    if (!(to - from > 1.0)) continue;
    canvas.fill_rect(from + 0.75, strip.top, to - from - 1.5, strip.height(), Ink::kHairline);
    if (from > strip.left + 1.0)
      canvas.line({from, wave.top}, {from, strip.top}, {Ink::kMuted, 0.75, {1.5, 2.5}});
    if (canvas.text_width(section.name, style) < to - from - 4.0)
      canvas.text_if_free({(from + to) / 2.0, strip.bottom - 4.0}, section.name, style);
  }
}

}  // namespace

double waveform_height(const WaveformNotes& notes, double width_pt) {
  const double charts = width_pt < kNarrow_pt ? 270.0 : 310.0;
  return charts + (notes.sections.empty() ? 0.0 : kSectionStrip) + lanes_of(notes, width_pt).total();
}

void draw_waveform(Canvas& canvas, const Measurements& measurements, const WaveformNotes& notes) {
  const double duration_s = measurements.duration_s;
  const bool timed = std::isfinite(duration_s) && duration_s > 0.0;
  const Lanes lanes = timed ? lanes_of(notes, canvas.width()) : Lanes();
  const bool has_sections = timed && !notes.sections.empty();
  const double left = is_narrow(canvas) ? 44.0 : lanes.marks.empty() ? 64.0 : 122.0;
  const double right = canvas.width() - 6.0;
  const double bottom = canvas.height() - 20.0;
  const double lanes_top = bottom - lanes.total();
  const double charts_bottom = lanes_top - (has_sections ? kSectionStrip : 0.0);
  const double split = 26.0 + (charts_bottom - 26.0) * 0.54;
  const Plot loudness{left, 26.0, right, split - 8.0};
  const Plot wave{left, split + 8.0, right, charts_bottom - 2.0};
  canvas.text({left - 7.0, 14.0}, "LUFS", {kChartText, Ink::kMuted, Align::kRight});
  if (timed) tint_faulty_times(canvas, wave, lanes.marks, duration_s);
  draw_loudness(canvas, loudness, measurements);
  draw_overview(canvas, wave, measurements.overview);
  canvas.text({left - 7.0, (wave.top + wave.bottom) / 2.0 + 3.5}, "wave",
              {kChartText, Ink::kMuted, Align::kRight});
  if (has_sections)
    draw_sections(canvas, {left, charts_bottom, right, charts_bottom + kSectionStrip - 2.0}, wave,
                  notes.sections, duration_s);
  for (std::size_t i = 0; i < lanes.marks.size(); ++i) {
    const double top = lanes_top + kLanesHead + static_cast<double>(i) * lanes.height;
    draw_lane(canvas, {left, top, right, top + lanes.height}, lanes.marks[i], duration_s);
  }
  draw_time_axis(canvas, {left, loudness.top, right, bottom}, duration_s, false);
}

void draw_before_after(Canvas& canvas, const Measurements& before, const Measurements& after,
                       const LimiterWork& limiter) {
  const double left = is_narrow(canvas) ? 52.0 : 64.0;
  const double right = canvas.width() - 6.0;
  const double bottom = canvas.height() - 20.0;
  const double panel = (bottom - 4.0) / 2.9;
  const Plot first{left, 4.0, right, 4.0 + panel};
  const Plot taken{left, first.bottom + 20.0, right, first.bottom + 20.0 + panel * 0.9 - 34.0};
  const Plot second{left, bottom - panel, right, bottom - 4.0};
  draw_overview(canvas, first, before.overview);
  draw_overview(canvas, second, after.overview);
  const LetterStyle name{kChartText, Ink::kInk, Align::kRight, true};
  canvas.text({left - 7.0, (first.top + first.bottom) / 2.0 + 3.5}, "mix", name);
  canvas.text({left - 7.0, (second.top + second.bottom) / 2.0 + 3.5}, "master", name);

  const double deepest =
      std::isfinite(limiter.reduction_max_db) ? std::max(limiter.reduction_max_db, 0.0) : 0.0;
  const double scale = std::clamp(std::ceil(deepest / 3.0) * 3.0, 3.0, 24.0);
  for (double level = 0.0; level <= scale + 0.01; level += scale / (taken.height() > 50.0 ? 3.0 : 1.0)) {
    const double y = taken.top + taken.height() * level / scale;
    canvas.line({left, y}, {right, y}, {Ink::kHairline, 0.75});
    canvas.text({left - 7.0, y + 3.5}, number(-level, 0), {kChartText, Ink::kMuted, Align::kRight});
  }
  canvas.text({left, taken.top - 5.0},
              canvas.fitted("limiter gain reduction, dB; deepest " + quantity(-deepest, "dB"), right - left,
                            {kChartText, Ink::kAccent}),
              {kChartText, Ink::kAccent});
  if (!limiter.reduction_db.empty()) {
    std::vector<Point> curve = {{left, taken.top}};
    const std::size_t count = limiter.reduction_db.size();
    const auto most = static_cast<std::size_t>(taken.width());
    const std::size_t wanted = std::min(count, most);
    for (std::size_t i = 0; i < wanted; ++i) {
      double depth = 0.0;
      for (std::size_t k = i * count / wanted; k < std::max(i * count / wanted + 1, (i + 1) * count / wanted);
           ++k) {
        if (std::isfinite(limiter.reduction_db[k])) {
          depth = std::max(depth, std::abs(static_cast<double>(limiter.reduction_db[k])));
        }
      }
      const double y = taken.top + taken.height() * std::min(depth / scale, 1.0);
      curve.push_back({left + taken.width() * static_cast<double>(i) / static_cast<double>(wanted), y});
      curve.push_back({left + taken.width() * static_cast<double>(i + 1) / static_cast<double>(wanted), y});
    }
    curve.push_back({right, taken.top});
    canvas.fill(curve, Ink::kAccent);
  }
  draw_time_axis(canvas, {left, first.top, right, bottom}, std::max(before.duration_s, after.duration_s),
                 false);
}

}  // namespace lacquer
