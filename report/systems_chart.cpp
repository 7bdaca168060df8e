#include <cmath>

#include "report/chart_parts.h"
#include "report/format.h"
#include "report/systems_report.h"

namespace lacquer {
namespace {

constexpr double kWideRow = 40.0;
constexpr double kNarrowRow = 58.0;
constexpr double kHead = 24.0;
constexpr double kFoot = 34.0;
constexpr double kBarRoom = 28.0;  // for a bar of 100 %

double x_of(const Plot& plot, double bark) {
  const double low = bark_bands().front().bark - bark_bands().front().width / 2.0;
  const double high = bark_bands().back().bark + bark_bands().back().width / 2.0;
  return plot.left + plot.width() * (bark - low) / (high - low);
}

bool is_lost(const SystemTranslation& one, int band) {
  for (const PartLoss& loss : one.lost)
    if (band >= loss.part->first_band && band < loss.part->end_band) return true;
  return false;
}

void draw_bars(Canvas& canvas, const Plot& row, const SystemTranslation& one) {
  canvas.line({row.left, row.bottom}, {row.right, row.bottom}, {Ink::kHairline, 0.75});
  for (int b = 0; b < kBarkBands; ++b) {
    const BarkBand& band = bark_bands()[static_cast<std::size_t>(b)];
    const BandHeard& heard = one.bands[static_cast<std::size_t>(b)];
    const double left = x_of(row, band.bark - band.width / 2.0) + 0.75;
    const double width = x_of(row, band.bark + band.width / 2.0) - 0.75 - left;
    const double bar = kBarRoom * heard.audible.value_or(0.0);
    const double target = kBarRoom * heard.target_audible.value_or(0.0);
    const bool lost = is_lost(one, b);
    if (lost && target > bar)
      canvas.fill_rect(left, row.bottom - target, width, target - bar, Ink::kWarningSoft);
    canvas.fill_rect(left, row.bottom - bar, width, bar, lost ? Ink::kWarning : Ink::kShapeDeep);
    if (heard.target_audible)
      canvas.line({left, row.bottom - target}, {left + width, row.bottom - target}, {Ink::kInk, 1.25});
  }
}

std::string verdict_words(const SystemTranslation& one) {
  if (one.lost.empty()) return "as expected";
  std::vector<std::string> parts;
  for (const PartLoss& loss : one.lost) parts.emplace_back(loss.part->name);
  return "loses " + join_and(parts);
}

void draw_labels(Canvas& canvas, const Plot& row, const SystemTranslation& one, bool narrow) {
  const LetterStyle name{kChartText, Ink::kInk, Align::kLeft, true};
  const LetterStyle quiet{kChartText, Ink::kMuted};
  const std::string after = verdict_words(one);
  const std::string basis(to_string(one.system.basis));
  if (narrow) {
    const double baseline = row.bottom - kBarRoom - 9.0;
    const LetterStyle right{kChartText, Ink::kMuted, Align::kRight};
    const double room = canvas.width() - canvas.text_width(after, right) - 10.0;
    canvas.text({0.0, baseline}, canvas.fitted(one.system.name, std::max(room, 60.0), name), name);
    canvas.text({canvas.width(), baseline}, canvas.fitted(after, canvas.width() * 0.6, right), right);
    return;
  }
  canvas.text({0.0, row.bottom - 15.0}, canvas.fitted(one.system.name, row.left - 12.0, name), name);
  canvas.text({0.0, row.bottom - 2.5}, canvas.fitted(basis, row.left - 12.0, quiet), quiet);
  canvas.text({row.right + 14.0, row.bottom - 9.0},
              canvas.fitted(after, canvas.width() - row.right - 14.0, quiet), quiet);
}

void draw_axis(Canvas& canvas, const Plot& plot, bool narrow) {
  const LetterStyle style{kChartText, Ink::kMuted, Align::kCentre};
  for (const int b : {0, 3, 8, 15}) {
    const BarkBand& band = bark_bands()[static_cast<std::size_t>(b)];
    const double x = x_of(plot, band.bark - band.width / 2.0);
    const double top = narrow ? plot.bottom : plot.top;  // a narrow row's words would stand in its way
    if (b > 0) canvas.line({x, top}, {x, plot.bottom + 4.0}, {Ink::kHairline, 0.75});
    if (b > 0)
      canvas.text_if_free({x, plot.bottom + 15.0}, hz_text(std::round(band.low_hz / 10.0) * 10.0), style);
  }
  for (const MusicPart& part : kMusicParts) {
    const BarkBand& first = bark_bands()[static_cast<std::size_t>(part.first_band)];
    const BarkBand& last = bark_bands()[static_cast<std::size_t>(part.end_band - 1)];
    const double middle =
        (x_of(plot, first.bark - first.width / 2.0) + x_of(plot, last.bark + last.width / 2.0)) / 2.0;
    canvas.text_if_free({middle, plot.bottom + 29.0}, label(part.id), style);
  }
}

void draw_head(Canvas& canvas, double left) {
  const LetterStyle style{kChartText, Ink::kInk};
  double x = left;
  const auto entry = [&](Ink ink, const char* words) {
    canvas.fill_rect(x, 2.0, 9.0, 9.0, ink);
    canvas.text({x + 13.0, 10.5}, words, style);
    x += 13.0 + canvas.text_width(words, style) + 14.0;
  };
  entry(Ink::kShapeDeep, "heard");
  entry(Ink::kWarning, "heard, too little");
  canvas.line({x, 6.5}, {x + 12.0, 6.5}, {Ink::kInk, 1.25});
  canvas.text({x + 16.0, 10.5}, "heard of the target", style);
}

}  // namespace

double systems_height(const std::vector<SystemTranslation>& systems, double width_pt) {
  const double row = width_pt < kNarrow_pt ? kNarrowRow : kWideRow;
  return kHead + kFoot + row * static_cast<double>(std::max<std::size_t>(systems.size(), 1));
}

void draw_systems(Canvas& canvas, const std::vector<SystemTranslation>& systems) {
  const bool narrow = is_narrow(canvas);
  const double row_height = narrow ? kNarrowRow : kWideRow;
  const Plot plot{narrow ? 0.0 : 165.0, kHead, canvas.width() - (narrow ? 0.0 : 190.0),
                  canvas.height() - kFoot};
  draw_head(canvas, plot.left);
  if (systems.empty()) {
    draw_empty(canvas, plot, "nothing to hear");
    return;
  }
  draw_axis(canvas, plot, narrow);
  double y = plot.top;
  for (const SystemTranslation& one : systems) {
    const Plot row{plot.left, y, plot.right, y + row_height};
    draw_bars(canvas, row, one);
    draw_labels(canvas, row, one, narrow);
    y += row_height;
  }
}

}  // namespace lacquer
