#include "report/format.h"
#include "report/sheet_charts.h"

namespace lacquer {
namespace {

constexpr double kLow_lufs = -26.0;
constexpr double kHigh_lufs = -4.0;
constexpr double kName = 186.0;
constexpr double kRule = 92.0;
constexpr double kRow = 15.2;

// What is known of the track, where there is one.
struct Level {
  double loudness_lufs = 0.0;
  double true_peak_dbtp = 0.0;
};

std::optional<Level> level_of(const std::optional<SheetTrack>& track) {
  if (!track) return std::nullopt;
  const std::optional<double>& loudness = track->measurements.loudness.integrated_lufs;
  const std::optional<double>& peak = track->measurements.peak.true_dbtp;
  if (!loudness || !peak || !std::isfinite(*loudness) || !std::isfinite(*peak)) return std::nullopt;
  return Level{*loudness, *peak};
}

struct Columns {
  double name, axis, axis_right, rule, peak, dated, sure;
};

Columns columns_of(const SheetSetter& setter, const SheetArea& area) {
  Columns at{};
  at.name = area.left;
  at.axis = area.left + setter.scaled(kName);
  at.sure = area.right() - setter.scaled(22.0);
  at.dated = at.sure - setter.scaled(38.0);
  at.peak = at.dated - setter.scaled(10.0);  // its right end
  at.rule = at.peak - setter.scaled(20.0 + kRule);
  at.axis_right = at.rule - setter.scaled(10.0);
  return at;
}

double x_of(const Columns& at, double lufs) {
  const double share = (std::clamp(lufs, kLow_lufs, kHigh_lufs) - kLow_lufs) / (kHigh_lufs - kLow_lufs);
  return at.axis + share * (at.axis_right - at.axis);
}

std::string rule_words(const PlatformRule& rule) {
  switch (rule.gain) {
    case GainRule::kNone:
      return "plays the file as it is";
    case GainRule::kDownOnly:
      return "down only";
    case GainRule::kPeakLimited:
      return "down; up to " + quantity(rule.up_ceiling_dbtp, "dBTP", 0);
    case GainRule::kLimiter:
      return "down and up, limited";
    case GainRule::kMatch:
      return rule.tolerance_lu ? "to deliver, ± " + plain_number(rule.tolerance_lu) + " LU" : "to deliver";
  }
  return {};
}

std::string outcome_words(const PlatformRule& rule, const Level& level) {
  if (rule.kind == PlatformKind::kDelivery && rule.reference_lufs)
    return "needs " + signed_quantity(*rule.reference_lufs - level.loudness_lufs, "dB");
  const PlaybackOutcome outcome = play_on(rule, level.loudness_lufs, level.true_peak_dbtp);
  std::string text = signed_quantity(outcome.gain_db, "dB");
  if (outcome.limited_by == LimitedBy::kPeak) text += ", held by peak";
  if (outcome.limited_by == LimitedBy::kRule) text += ", never up";
  if (outcome.limited_by == LimitedBy::kLimiter) text += ", limited";
  return text;
}

void arrow(Canvas& canvas, double from, double to, double y, double size, const LineStyle& style) {
  const double back = to > from ? -size : size;
  canvas.line({from, y}, {to + back, y}, style);
  canvas.fill({{to, y}, {to + back, y - 0.55 * size}, {to + back, y + 0.55 * size}}, style.ink);
}

// From where a track may come to where it is played.
void put_rule(SheetSetter& setter, const Columns& at, const PlatformRule& rule, double y) {
  Canvas& canvas = setter.canvas();
  const double size = setter.scaled(4.0);
  if (!rule.reference_lufs || rule.gain == GainRule::kNone) {
    canvas.line({at.axis, y}, {at.axis_right, y}, {Ink::kShapeDeep, setter.scaled(0.9), {1.0, 3.0}});
    return;
  }
  const double x = x_of(at, *rule.reference_lufs);
  const double clear = setter.scaled(4.5);
  if (rule.gain != GainRule::kMatch)
    arrow(canvas, at.axis_right, x + clear, y, size, {Ink::kInk, setter.scaled(1.0)});
  if (rule.gain == GainRule::kPeakLimited)
    arrow(canvas, at.axis, x - clear, y, size, {Ink::kMuted, setter.scaled(1.0), {3.0, 2.5}});
  if (rule.gain == GainRule::kLimiter)
    arrow(canvas, at.axis, x - clear, y, size, {Ink::kInk, setter.scaled(1.0)});
  const double h = setter.scaled(4.6);
  canvas.fill_rect(x - setter.scaled(1.6), y - h, setter.scaled(3.2), 2.0 * h, Ink::kAccent);
}

void put_outcome(SheetSetter& setter, const Columns& at, const PlatformRule& rule, const Level& level,
                 double y) {
  Canvas& canvas = setter.canvas();
  double played = level.loudness_lufs;
  if (rule.kind == PlatformKind::kDelivery && rule.reference_lufs) {
    played = *rule.reference_lufs;
  } else {
    played = play_on(rule, level.loudness_lufs, level.true_peak_dbtp).playback_lufs;
  }
  const double h = setter.scaled(4.6);
  if (rule.reference_lufs && rule.gain != GainRule::kNone)
    canvas.fill_rect(x_of(at, *rule.reference_lufs) - setter.scaled(1.0), y - h, setter.scaled(2.0), 2.0 * h,
                     Ink::kMuted);
  const double from = x_of(at, level.loudness_lufs);
  const double to = x_of(at, played);
  if (std::abs(to - from) > setter.scaled(5.0))
    arrow(canvas, from, to, y, setter.scaled(5.0), {Ink::kAccent, setter.scaled(2.6)});
  else
    canvas.disc({to, y}, setter.scaled(3.0), Ink::kAccent);
}

void put_confidence(SheetSetter& setter, Confidence confidence, double left, double y) {
  const int filled = confidence == Confidence::kHigh ? 3 : confidence == Confidence::kMedium ? 2 : 1;
  for (int i = 0; i < 3; ++i) {
    const Point centre{left + setter.scaled(3.0 + 7.0 * i), y};
    setter.canvas().disc(centre, setter.scaled(2.5), Ink::kInk);
    if (i >= filled) setter.canvas().disc(centre, setter.scaled(1.6), Ink::kPanel);
  }
}

// "read 2026-11" as its date, a day as its year: the column says what it is.
std::string dated(const PlatformRule& rule) {
  std::string date = rule.dated;
  if (date.starts_with("read ")) date = date.substr(5);
  return date.substr(0, 7);
}

SheetBlock row_block(SheetSetter& setter, const PlatformRule& rule, const std::optional<Level>& level,
                     const SheetArea& area) {
  const double height = setter.scaled(kRow);
  return {height, 0.0, 0.0, [=, &setter, &rule](double top) {
            const Columns at = columns_of(setter, area);
            Canvas& canvas = setter.canvas();
            const double y = top + height / 2.0;
            LetterStyle style = rule.default_mode ? setter.strong() : setter.body();
            style.size_pt = setter.scaled(8.0);
            const double baseline = y + 0.32 * style.size_pt;
            canvas.element("P", [&] {
              canvas.text({at.name, baseline},
                          canvas.fitted(rule.name, at.axis - at.name - setter.scaled(8.0), style), style);
            });
            if (level)
              put_outcome(setter, at, rule, *level, y);
            else
              put_rule(setter, at, rule, y);
            LetterStyle text = setter.body();
            text.size_pt = setter.scaled(8.0);
            const std::string words = level ? outcome_words(rule, *level) : rule_words(rule);
            canvas.text({at.rule, baseline}, canvas.fitted(words, setter.scaled(kRule), text), text);
            LetterStyle right = text;
            right.align = Align::kRight;
            if (rule.ceiling_dbtp) canvas.text({at.peak, baseline}, plain_number(rule.ceiling_dbtp), right);
            LetterStyle date = setter.label();
            canvas.text({at.dated, baseline}, dated(rule), date);
            put_confidence(setter, rule.confidence, at.sure, y);
          }};
}

SheetBlock head_block(SheetSetter& setter, const std::optional<Level>& level, const SheetArea& area) {
  const double line = setter.leading(setter.label());
  return {2.0 * line, setter.scaled(10.0), 4.0, [=, &setter](double top) {
            const Columns at = columns_of(setter, area);
            Canvas& canvas = setter.canvas();
            const LetterStyle style = setter.label();
            const double first = setter.baseline(top, style);
            const double second = setter.baseline(top + line, style);
            canvas.text({at.name, second}, "bold: what most listeners hear", style);
            canvas.text({at.axis, first},
                        level ? "your loudness, and where it is played, LUFS" : "level of playback, LUFS",
                        style);
            for (double lufs = -24.0; lufs <= -6.0; lufs += 6.0) {
              LetterStyle centre = style;
              centre.align = Align::kCentre;
              canvas.text({x_of(at, lufs), second}, number(lufs, 0), centre);
            }
            canvas.text({at.rule, second}, level ? "gain for your track" : "what is done", style);
            LetterStyle right = style;
            right.align = Align::kRight;
            canvas.text({at.peak, first}, "peaks", right);
            canvas.text({at.peak, second}, "dBTP", right);
            canvas.text({at.dated, second}, "as of", style);
            canvas.text({at.sure, second}, "sure", style);
          }};
}

SheetBlock group_block(SheetSetter& setter, const std::string& name, const SheetArea& area) {
  const double height = setter.leading(setter.strong()) + setter.scaled(2.0);
  return {height, setter.scaled(6.0), 0.0, [=, &setter](double top) {
            setter.rule(area.left, area.right(), top, Ink::kShapeDeep, 0.75);
            LetterStyle style = setter.label();
            style.bold = true;
            style.ink = Ink::kAccent;
            setter.put(name, style, {area.left, top + setter.scaled(3.0)}, setter.scaled(kName), "H2");
          }};
}

bool is_service(const PlatformRule& rule) {
  return rule.kind == PlatformKind::kPlayback && !rule.codecs.empty();
}

// Hairlines at the axis' levels and the track's own level, behind everything that follows.
SheetBlock grid_block(SheetSetter& setter, const std::optional<Level>& level, const SheetArea& area,
                      double height) {
  return {
      0.0, 0.0, 0.0, [=, &setter](double top) {
        const Columns at = columns_of(setter, area);
        for (double lufs = -24.0; lufs <= -6.0; lufs += 6.0)
          setter.canvas().line({x_of(at, lufs), top}, {x_of(at, lufs), top + height}, {Ink::kHairline, 0.75});
        if (!level) return;
        const double x = x_of(at, level->loudness_lufs);
        setter.canvas().line({x, top}, {x, top + height}, {Ink::kAccent, 0.9, {2.0, 2.0}});
      }};
}

}  // namespace

SheetBlocks platform_blocks(SheetSetter& setter, const PrintedSheet& sheet, const SheetArea& area) {
  const std::optional<Level> level = level_of(sheet.track);
  const std::vector<std::pair<std::string, std::function<bool(const PlatformRule&)>>> groups = {
      {"Services that normalize",
       [](const PlatformRule& rule) { return is_service(rule) && rule.gain != GainRule::kNone; }},
      {"No normalization",
       [](const PlatformRule& rule) { return is_service(rule) && rule.gain == GainRule::kNone; }},
      {"Delivery and recommendations", [](const PlatformRule& rule) { return !is_service(rule); }}};
  SheetBlocks rows;
  for (const auto& [name, belongs] : groups) {
    rows.push_back(group_block(setter, name, area));
    for (const PlatformRule& rule : sheet.platforms)
      if (belongs(rule)) rows.push_back(row_block(setter, rule, level, area));
  }
  double height = 0.0;
  for (const SheetBlock& row : rows) height += row.gap + row.height;
  SheetBlocks blocks = {head_block(setter, level, area), grid_block(setter, level, area, height)};
  blocks.insert(blocks.end(), rows.begin(), rows.end());
  return blocks;
}

}  // namespace lacquer
