#include "report/departures.h"
#include "report/format.h"
#include "report/sheet_charts.h"

namespace lacquer {
namespace {

constexpr double kLow_hz = 15.0;
constexpr double kHigh_hz = 20000.0;
constexpr double kRow = 15.4;
constexpr double kClusterGap = 5.0;

double x_of(const SheetArea& area, double hz) {
  const double share = std::log(std::clamp(hz, kLow_hz, kHigh_hz) / kLow_hz) / std::log(kHigh_hz / kLow_hz);
  return area.left + share * area.width;
}

// Too much: a full bar. Right: an open one. Too little: a dashed outline.
void put_bar(SheetSetter& setter, WordState names, double from, double to, double y) {
  const double h = setter.scaled(4.0);
  Canvas& canvas = setter.canvas();
  if (names == WordState::kExcess) {
    canvas.fill_rect(from, y - h, to - from, 2.0 * h, Ink::kInk);
    return;
  }
  canvas.fill_rect(from, y - h, to - from, 2.0 * h, names == WordState::kNormal ? Ink::kShape : Ink::kPanel);
  const std::vector<Point> outline = {{from, y - h}, {to, y - h},   {to, y + h},
                                      {from, y + h}, {from, y - h}, {to, y - h}};
  canvas.polyline(outline,
                  {Ink::kInk, setter.scaled(0.9),
                   names == WordState::kNormal ? std::vector<double>{} : std::vector<double>{2.5, 2.0}});
}

const Word* judged(const std::optional<SheetTrack>& track, const std::string& term) {
  if (!track) return nullptr;
  for (const Word& word : track->diagnosis.words)
    if (word.term == term) return &word;
  return nullptr;
}

void put_term(SheetSetter& setter, const VocabularyTerm& term, const Word* here, const SheetArea& area,
              double y) {
  const double from = x_of(area, term.low_hz);
  const double to = x_of(area, term.high_hz);
  put_bar(setter, term.names, from, to, y);
  const LetterStyle name = setter.strong();
  LetterStyle range = setter.label();
  const std::string hz = band_text(term.low_hz, std::min(term.high_hz, kHigh_hz));
  const bool stands_out = here && here->state != WordState::kNormal;
  const std::string number = here ? signed_quantity(here->deviation_db, "dB") : "";
  LetterStyle value = stands_out ? setter.strong() : setter.label();
  if (stands_out) value.ink = Ink::kWarning;
  const double gap = setter.scaled(5.0);
  const double needed = setter.width(term.id, name) + gap + setter.width(hz, range) +
                        (number.empty() ? 0.0 : gap + setter.width(number, value));
  double x = to + gap + needed <= area.right() ? to + gap : from - gap - needed;
  const double baseline = y + 0.32 * name.size_pt;
  setter.canvas().element("P", [&] {
    setter.canvas().text({x, baseline}, term.id, name);
    x += setter.width(term.id, name) + gap;
    setter.canvas().text({x, baseline}, hz, range);
    x += setter.width(hz, range) + gap;
    if (!number.empty()) setter.canvas().text({x, baseline}, number, value);
  });
}

void put_axis(SheetSetter& setter, const SheetArea& area, double y, double top, double bottom) {
  for (const double hz : {20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0}) {
    const double x = x_of(area, hz);
    const bool decade = hz == 100.0 || hz == 1000.0 || hz == 10000.0;
    setter.canvas().line({x, top}, {x, bottom}, {Ink::kHairline, decade ? 1.1 : 0.6});
    LetterStyle style = setter.label();
    style.align = hz == 20000.0 ? Align::kRight : Align::kCentre;
    setter.canvas().text({x, y}, hz_text(hz), style);
  }
}

// The track's third-octaves as a quiet shape over the height of the chart: 48 dB of it, the loudest band at
// the top.
void put_spectrum(SheetSetter& setter, const SheetTrack& track, const SheetArea& area, double top,
                  double bottom) {
  if (!track.measurements.spectrum) return;
  constexpr double kSpan_db = 48.0;
  std::vector<Point> line;
  double loudest = -1e9;
  for (const ThirdOctave& band : track.measurements.spectrum->third_octaves)
    if (band.level_db && std::isfinite(*band.level_db)) loudest = std::max(loudest, *band.level_db);
  for (const ThirdOctave& band : track.measurements.spectrum->third_octaves) {
    if (!band.level_db || !std::isfinite(*band.level_db) || band.hz < kLow_hz || band.hz > kHigh_hz) continue;
    const double share = std::clamp((loudest - *band.level_db) / kSpan_db, 0.0, 1.0);
    line.push_back({x_of(area, band.hz), top + share * (bottom - top)});
  }
  if (line.size() < 2) return;
  std::vector<Point> shape = line;
  shape.push_back({line.back().x, bottom});
  shape.push_back({line.front().x, bottom});
  setter.canvas().fill(shape, Ink::kAccentSoft);
  setter.canvas().polyline(line, {Ink::kShape, setter.scaled(1.2)});
}

SheetBlock legend_block(SheetSetter& setter, const std::optional<SheetTrack>& track, const SheetArea& area) {
  const double height = setter.leading(setter.label());
  return {height, setter.scaled(8.0), 4.0, [=, &setter](double top) {
            const LetterStyle style = setter.label();
            const double y = setter.baseline(top, style);
            double x = area.left;
            const auto entry = [&](WordState state, const std::string& name) {
              put_bar(setter, state, x, x + setter.scaled(22.0), y - setter.scaled(2.6));
              setter.canvas().text({x + setter.scaled(27.0), y}, name, style);
              x += setter.scaled(41.0) + setter.width(name, style);
            };
            entry(WordState::kExcess, "names an excess");
            entry(WordState::kNormal, "names the right amount");
            entry(WordState::kDeficiency, "names a deficiency");
            if (!track) return;
            setter.canvas().fill_rect(x, y - setter.scaled(6.6), setter.scaled(22.0), setter.scaled(8.0),
                                      Ink::kAccentSoft);
            setter.canvas().text({x + setter.scaled(27.0), y}, "your track; dB against its target", style);
          }};
}

}  // namespace

SheetBlocks word_map_blocks(SheetSetter& setter, const PrintedSheet& sheet, const SheetArea& area) {
  const double row = setter.scaled(kRow);
  const double axis = setter.leading(setter.label()) + setter.scaled(4.0);
  double height = 2.0 * axis;
  std::string cluster;
  for (const VocabularyTerm& term : sheet.vocabulary) {
    height += row + (term.cluster == cluster || cluster.empty() ? 0.0 : setter.scaled(kClusterGap));
    cluster = term.cluster;
  }
  SheetBlocks blocks = {legend_block(setter, sheet.track, area)};
  blocks.push_back({height, setter.scaled(6.0), 0.0, [=, &setter, &sheet](double top) {
                      const double first = top + axis;
                      const double last = top + height - axis;
                      if (sheet.track) put_spectrum(setter, *sheet.track, area, first, last);
                      put_axis(setter, area, top + axis - setter.scaled(5.0), first, last);
                      put_axis(setter, area, last + setter.scaled(10.0), last, last);
                      double y = first;
                      std::string before;
                      for (const VocabularyTerm& term : sheet.vocabulary) {
                        if (!before.empty() && term.cluster != before) {
                          y += setter.scaled(kClusterGap);
                        }
                        before = term.cluster;
                        put_term(setter, term, judged(sheet.track, term.id), area, y + row / 2.0);
                        y += row;
                      }
                    }});
  return blocks;
}

SheetBlocks word_table_blocks(SheetSetter& setter, const SheetSection& section, const PrintedSheet& sheet,
                              const SheetArea& area) {
  const double word = setter.scaled(58.0);
  const double head = word + setter.scaled(62.0);
  const double gap = setter.scaled(10.0);
  const double room = area.width - head - 2.0 * gap;
  const std::array<double, 3> widths = {room * 0.38, room * 0.30, room * 0.32};
  const std::array<double, 3> lefts = {area.left + head, area.left + head + widths[0] + gap,
                                       area.left + head + widths[0] + widths[1] + 2.0 * gap};
  LetterStyle body = setter.body();
  body.size_pt = setter.scaled(7.4);
  SheetBlocks blocks;
  blocks.push_back(
      {setter.leading(setter.label()), setter.scaled(6.0), 0.0, [=, &setter, &section](double top) {
         for (std::size_t i = 0; i < std::min<std::size_t>(section.columns.size(), 3); ++i)
           setter.put(section.columns[i], setter.label(), {lefts[i], top}, widths[i]);
       }});
  std::string cluster;
  for (const VocabularyTerm& term : sheet.vocabulary) {
    const std::array<std::string, 3> texts = {term.excess, term.normal, term.deficiency};
    const auto style_of = [=](std::size_t state) {
      LetterStyle style = body;
      style.bold = state == static_cast<std::size_t>(term.names);
      return style;
    };
    double height = setter.leading(body);
    for (std::size_t i = 0; i < 3; ++i)
      height = std::max(height, setter.height(texts[i], style_of(i), widths[i]));
    const bool new_cluster = term.cluster != cluster;
    cluster = term.cluster;
    blocks.push_back(
        {height, setter.scaled(new_cluster ? 7.0 : 2.4), 2.0, [=, &setter, &term](double top) {
           if (new_cluster) setter.rule(area.left, area.right(), top - setter.scaled(3.0), Ink::kShapeDeep);
           LetterStyle name = body;
           name.bold = true;
           setter.put(term.id, name, {area.left, top}, word, "H3");
           LetterStyle range = body;
           range.ink = Ink::kMuted;
           setter.put(band_text(term.low_hz, term.high_hz), range, {area.left + word, top}, head - word);
           for (std::size_t i = 0; i < 3; ++i) setter.put(texts[i], style_of(i), {lefts[i], top}, widths[i]);
         }});
  }
  return blocks;
}

}  // namespace lacquer
