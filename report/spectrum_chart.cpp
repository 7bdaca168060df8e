#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/departures.h"
#include "report/format.h"

namespace lacquer {
namespace {

constexpr double kLow_hz = 20.0;
constexpr double kHigh_hz = 20000.0;
constexpr double kHead = 26.0;     // legend
constexpr double kFoot = 46.0;     // frequencies and zones
constexpr double kWordRow = 19.0;  // a bracket under its label
constexpr std::size_t kMostRows = 3;

// The ranges that the vocabulary fixes, for orientation.
struct Zone {
  const char* name;
  double low_hz;
  double high_hz;
};
constexpr Zone kZones[] = {{"muddy", 100.0, 300.0},
                           {"boxy", 300.0, 800.0},
                           {"nasal", 1000.0, 3000.0},
                           {"harsh", 4000.0, 8000.0},
                           {"air", 10000.0, kHigh_hz}};

struct Scale {
  double low_db = -24.0;
  double high_db = 12.0;
};

bool is_drawn(const ThirdOctave& band) {
  return band.level_db && std::isfinite(*band.level_db) && band.hz >= kLow_hz && band.hz <= kHigh_hz;
}

bool is_drawn(const TargetCurve& target, int band) {
  const auto at = static_cast<std::size_t>(band);
  return std::isfinite(target.level_db[at]) && std::isfinite(target.tolerance_db[at]);
}

// Six decibels of grid around everything that is drawn, but no deeper than 48 dB below the loudest: what lies
// further down is not heard and would flatten the rest.
Scale scale_for(const std::vector<SpectrumLine>& lines, const std::optional<TargetCurve>& target) {
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
  for (int i = 0; target && i < kTargetBands; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (is_drawn(*target, i)) include(target->level_db[at] + target->tolerance_db[at]);
    if (is_drawn(*target, i)) include(target->level_db[at]);
  }
  if (low > high) return {};
  high = std::clamp(std::ceil((high + 1.0) / 6.0) * 6.0, 6.0, 60.0);
  low = std::clamp(std::floor((low - 1.0) / 6.0) * 6.0, high - 48.0, -6.0);
  return {low, high};
}

double x_of(const Plot& plot, double hz) {
  const double share = std::log(std::max(hz, 1.0) / kLow_hz) / std::log(kHigh_hz / kLow_hz);
  return plot.left + plot.width() * std::clamp(share, 0.0, 1.0);
}

double y_of(const Plot& plot, const Scale& scale, double level_db) {
  const double share = (scale.high_db - level_db) / (scale.high_db - scale.low_db);
  return plot.top + plot.height() * std::clamp(share, 0.0, 1.0);
}

void draw_grid(Canvas& canvas, const Plot& plot, const Scale& scale) {
  for (const double hz : {20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0}) {
    const double x = x_of(plot, hz);
    const bool decade = hz == 100.0 || hz == 1000.0 || hz == 10000.0;
    canvas.line({x, plot.top}, {x, plot.bottom}, {Ink::kHairline, decade ? 1.0 : 0.5});
    canvas.text({x, plot.bottom + 15.0}, hz >= 1000.0 ? number(hz / 1000.0, 0) + "k" : number(hz, 0),
                {kChartText, Ink::kMuted, Align::kCentre});
  }
  const double step = (scale.high_db - scale.low_db) > 42.0 ? 12.0 : 6.0;
  for (double level = std::floor(scale.high_db / step) * step; level >= scale.low_db - 0.01; level -= step) {
    const double y = y_of(plot, scale, level);
    const bool zero = std::abs(level) < 0.01;
    canvas.line({plot.left, y}, {plot.right, y}, {zero ? Ink::kShapeDeep : Ink::kHairline, 0.75});
    canvas.text_if_free({plot.left - 7.0, y + 3.5}, signed_number(level, 0),
                        {kChartText, Ink::kMuted, Align::kRight});
  }
  canvas.text_if_free({plot.left - 7.0, plot.top - 12.0}, "dB", {kChartText, Ink::kMuted, Align::kRight});
  canvas.text({plot.left - 14.0, plot.bottom + 15.0}, "Hz", {kChartText, Ink::kMuted, Align::kRight});
}

std::vector<Point> target_points(const Plot& plot, const Scale& scale, const TargetCurve& target,
                                 double tolerances) {
  std::vector<Point> points;
  for (int i = 0; i < kTargetBands; ++i) {
    const auto at = static_cast<std::size_t>(i);
    if (!is_drawn(target, i)) continue;
    points.push_back({x_of(plot, target_band_hz(i)),
                      y_of(plot, scale, target.level_db[at] + tolerances * target.tolerance_db[at])});
  }
  return points;
}

void draw_tolerance(Canvas& canvas, const Plot& plot, const Scale& scale, const TargetCurve& target) {
  std::vector<Point> outline = target_points(plot, scale, target, 1.0);
  const std::vector<Point> lower = target_points(plot, scale, target, -1.0);
  outline.insert(outline.end(), lower.rbegin(), lower.rend());
  canvas.fill(outline, Ink::kAccentSoft);
}

// The area between the line and the edge of the tolerance on one side (`sign` +1 above, -1 below) from one
// band to the next; both run straight between two bands.
void tint_between(Canvas& canvas, const Plot& plot, const Scale& scale, const BandDeparture& a,
                  const BandDeparture& b, double sign) {
  const auto beyond = [&](const BandDeparture& band) {
    const double past = sign * band.deviation_db - band.tolerance_db;
    return band.outside ? past : std::min(past, 0.0);
  };
  const double before = beyond(a);
  const double after = beyond(b);
  if (before <= 0.0 && after <= 0.0) return;
  const double edge = a.target_db + sign * a.tolerance_db;
  const double next_edge = b.target_db + sign * b.tolerance_db;
  const auto at = [&](double share, double past) {
    const double level = edge + share * (next_edge - edge) + sign * past;
    return Point{x_of(plot, a.hz) + share * (x_of(plot, b.hz) - x_of(plot, a.hz)), y_of(plot, scale, level)};
  };
  const double crossing = before / (before - after);  // used only where the signs differ
  const double from = before > 0.0 ? 0.0 : crossing;
  const double to = after > 0.0 ? 1.0 : crossing;
  canvas.fill({at(from, std::max(before, 0.0)), at(to, std::max(after, 0.0)), at(to, 0.0), at(from, 0.0)},
              Ink::kWarningSoft);
}

void tint_departures(Canvas& canvas, const Plot& plot, const Scale& scale,
                     const std::vector<BandDeparture>& bands) {
  for (std::size_t i = 0; i + 1 < bands.size(); ++i) {
    const bool neighbours = bands[i + 1].hz < bands[i].hz * 1.4;
    if (!neighbours) continue;
    tint_between(canvas, plot, scale, bands[i], bands[i + 1], 1.0);
    tint_between(canvas, plot, scale, bands[i], bands[i + 1], -1.0);
  }
}

// The furthest point of each departure that no word names.
void name_departures(Canvas& canvas, const Plot& plot, const Scale& scale,
                     const std::vector<BandDeparture>& bands, const std::vector<Word>& words) {
  const LetterStyle style{kChartText, Ink::kInk, Align::kCentre, true};
  for (const auto& [low_hz, high_hz, peak] : departure_runs(bands)) {
    const bool is_above = peak.deviation_db > 0.0;
    const bool named = std::any_of(words.begin(), words.end(), [&, hz = peak.hz](const Word& word) {
      return hz >= word.low_hz * 0.95 && hz <= word.high_hz * 1.05 && (word.deviation_db > 0.0) == is_above;
    });
    if (named) continue;
    const std::string text = signed_quantity(peak.deviation_db, "dB");
    const double half = canvas.text_width(text, style) / 2.0 + 2.0;
    const double x = std::clamp(x_of(plot, peak.hz), plot.left + half, plot.right - half);
    double edge = y_of(plot, scale, peak.target_db + peak.deviation_db);
    for (const BandDeparture& band : bands) {  // clear of the line on both sides, too
      const double level_y = y_of(plot, scale, band.target_db + band.deviation_db);
      if (std::abs(x_of(plot, band.hz) - x) < half + 4.0)
        edge = is_above ? std::min(edge, level_y) : std::max(edge, level_y);
    }
    const double y = edge + (is_above ? -6.0 : 14.0);
    canvas.text_if_free({x, std::clamp(y, plot.top + 9.0, plot.bottom - 3.0)}, text, style);
  }
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

void draw_bracket(Canvas& canvas, double from, double to, double y, const LineStyle& style) {
  canvas.line({from, y}, {to, y}, style);
  canvas.line({from, y - 3.0}, {from, y + 3.0}, style);
  canvas.line({to, y - 3.0}, {to, y + 3.0}, style);
}

// Each word as a bracket over its range, in the lowest row where it and its label meet no other. Returns
// those that found room.
std::vector<Word> draw_words(Canvas& canvas, const Plot& plot, std::size_t rows,
                             const std::vector<Word>& words) {
  const LetterStyle style{kChartText, Ink::kInk, Align::kCentre, true};
  std::vector<std::vector<Box>> taken(rows);
  std::vector<Word> drawn;
  for (const Word& word : words) {
    const double from = x_of(plot, word.low_hz);
    const double to = x_of(plot, word.high_hz);
    const std::string text =
        canvas.fitted(word.term, plot.width() / 3.0, style) + " " + signed_quantity(word.deviation_db, "dB");
    const double half = canvas.text_width(text, style) / 2.0;
    if (plot.width() < 2.0 * half) continue;
    const double middle = std::clamp((from + to) / 2.0, plot.left + half, canvas.width() - half);
    for (std::size_t row = 0; row < rows; ++row) {
      const double y = plot.top - 5.0 - kWordRow * static_cast<double>(row);
      const Box wanted{std::min(from, middle - half) - 4.0, 0.0, std::max(to, middle + half) + 4.0, 1.0};
      const auto meets = [&](const Box& box) { return overlap(box, wanted); };
      if (std::any_of(taken[row].begin(), taken[row].end(), meets)) continue;
      if (!canvas.text_if_free({middle, y - 5.0}, text, style)) continue;
      draw_bracket(canvas, from, to, y, {Ink::kInk, 1.25});
      taken[row].push_back(wanted);
      drawn.push_back(word);
      break;
    }
  }
  return drawn;
}

void draw_zones(Canvas& canvas, const Plot& plot, const std::vector<Word>& words) {
  const double y = plot.bottom + 25.0;
  for (const Zone& zone : kZones) {
    const bool stands_out =
        std::any_of(words.begin(), words.end(), [&](const Word& word) { return word.term == zone.name; });
    const double from = x_of(plot, zone.low_hz) + 0.75;
    const double to = x_of(plot, zone.high_hz) - 0.75;
    const Ink ink = stands_out ? Ink::kInk : Ink::kMuted;
    canvas.line({from, y}, {to, y}, {stands_out ? Ink::kInk : Ink::kShapeDeep, 2.0});
    canvas.text_if_free({(from + to) / 2.0, y + 13.0}, zone.name,
                        {kChartText, ink, Align::kCentre, stands_out});
  }
}

std::size_t word_rows(const SpectrumNotes& notes) {
  return std::min(standing_out(notes.words).size(), kMostRows);
}

}  // namespace

double spectrum_height(const SpectrumNotes& notes, double width_pt) {
  const double plot = width_pt < kNarrow_pt ? 200.0 : 270.0;
  return kHead + kWordRow * static_cast<double>(word_rows(notes)) + plot + kFoot;
}

void draw_spectrum(Canvas& canvas, const std::vector<SpectrumLine>& lines, const SpectrumNotes& notes) {
  const std::size_t rows = word_rows(notes);
  const Plot plot{44.0, kHead + kWordRow * static_cast<double>(rows), canvas.width() - 12.0,
                  canvas.height() - kFoot};
  const Scale scale = scale_for(lines, notes.target);
  std::vector<BandDeparture> bands;
  if (notes.target && !lines.empty()) bands = departures(lines.back().bands, *notes.target);
  if (notes.target) draw_tolerance(canvas, plot, scale, *notes.target);
  tint_departures(canvas, plot, scale, bands);

  std::vector<LegendEntry> legend;
  bool anything = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool compared_with = lines.size() > 1 && i == 0;
    legend.push_back({lines[i].name, compared_with
                                         ? LineStyle{Ink::kMuted, 1.4, {5.0, 3.0}}
                                         : LineStyle{lines.size() > 1 ? Ink::kAccent : Ink::kInk, 2.2}});
    anything = anything || std::any_of(lines[i].bands.begin(), lines[i].bands.end(),
                                       [](const ThirdOctave& band) { return is_drawn(band); });
  }
  if (notes.target) {
    const std::string name = canvas.fitted(notes.target->name, plot.width() / 3.0, {kChartText});
    legend.push_back({is_narrow(canvas) ? name : name + " with its tolerance", {Ink::kAccentSoft, 9.0}});
  }
  draw_legend(canvas, plot.left, canvas.width(), kHead - 12.0, legend);
  draw_grid(canvas, plot, scale);
  const LineStyle middle{Ink::kAccent, 1.0, {1.5, 2.5}};
  if (notes.target) canvas.polyline(target_points(plot, scale, *notes.target, 0.0), middle);
  for (std::size_t i = 0; i < lines.size(); ++i) draw_line(canvas, plot, scale, lines[i], legend[i].line);
  if (!anything) draw_empty(canvas, plot, "no spectrum was measured");
  const std::vector<Word> drawn = draw_words(canvas, plot, rows, standing_out(notes.words));
  name_departures(canvas, plot, scale, bands, drawn);
  draw_zones(canvas, plot, drawn);
}

}  // namespace lacquer
