#include "report/format.h"
#include "report/sheet_charts.h"
#include "report/summary.h"

namespace lacquer {
namespace {

constexpr double kIndent = 20.0;
constexpr double kGutter = 16.0;
constexpr double kBox = 8.0;
constexpr std::size_t kMostTimes = 4;

// The boxes of an item, and which of them is ticked.
struct Answers {
  std::vector<std::string> names = {"pass", "look", "fix"};
  std::string ticked;
};

Answers answers(const Finding* finding) {
  Answers all;
  if (!finding) return all;
  all.ticked = std::string(to_string(finding->verdict));
  if (std::find(all.names.begin(), all.names.end(), all.ticked) == all.names.end())
    all.names.push_back(all.ticked);
  return all;
}

void tick(SheetSetter& setter, Point top_left, double side) {
  const auto [x, y] = top_left;
  setter.canvas().polyline({{x + 0.18 * side, y + 0.5 * side},
                            {x + 0.42 * side, y + 0.8 * side},
                            {x + 1.05 * side, y - 0.15 * side}},
                           {Ink::kAccent, setter.scaled(2.0)});
}

// From the right end, so that all items' boxes stand below each other. Returns where they begin.
double put_answers(SheetSetter& setter, const Answers& all, double left, double top) {
  const double pitch = setter.scaled(40.0);
  double x = left;
  const double line = setter.leading(setter.item());
  for (const std::string& name : all.names) {
    const Point corner{x, top + (line - setter.scaled(kBox)) / 2.0};
    const bool is_ticked = name == all.ticked;
    setter.box(corner, setter.scaled(kBox));
    if (is_ticked) tick(setter, corner, setter.scaled(kBox));
    LetterStyle style = is_ticked ? setter.strong() : setter.label();
    style.size_pt = setter.label().size_pt;
    setter.canvas().text(
        {x + setter.scaled(kBox + 3.5), setter.baseline(top, setter.item()) - setter.scaled(0.6)}, name,
        style);
    x += pitch;
  }
  return x;
}

// What was found, in a line: what passed its limit, at most two of it. Of an item that passes, what it asks
// first.
std::string evidence_text(const Finding& finding) {
  std::vector<std::string> past;
  std::string first;
  for (const Evidence& one : finding.evidence) {
    if (!one.threshold || !one.distance) continue;
    const std::string text =
        label(one.metric) + " " + value_text(one) + " (limit " + threshold_text(one) + ")";
    if (first.empty()) first = text;
    if (*one.distance < 0.0 && past.size() < 2) past.push_back(text);
  }
  return past.empty() && finding.verdict == Verdict::kPass ? first : join(past, " · ");
}

struct Result {
  std::string numbers;
  std::string why;
  std::string action;
};

Result result_of(const Finding& finding) {
  const bool is_pass = finding.verdict == Verdict::kPass;  // there is nothing to do then
  Result result{evidence_text(finding), finding.why, is_pass ? "" : finding.action};
  if (!finding.when.empty())
    result.numbers += (result.numbers.empty() ? "" : " · ") + times(finding.when, kMostTimes);
  if (finding.listen && finding.verdict == Verdict::kListen && result.action.empty())
    result.action = "Play " + listen_text(*finding.listen);
  return result;
}

constexpr std::size_t kMostLines = 5;  // of a reason or an action

double clipped_height(SheetSetter& setter, const std::string& text, const LetterStyle& style, double width) {
  return static_cast<double>(std::min(setter.lines(text, style, width).size(), kMostLines)) *
         setter.leading(style);
}

SheetBlock check_block(SheetSetter& setter, const SheetItem& item, int number, const Finding* finding,
                       const SheetArea& area) {
  const double left = area.left + setter.scaled(kIndent);
  const double gutter = setter.scaled(kGutter);
  const double width = (area.right() - left - gutter) * (finding ? 0.36 : 0.46);
  const double right = left + width + gutter;
  const double right_width = area.right() - right;
  const double title = setter.leading(setter.item()) + setter.scaled(1.5);
  double words = setter.height(item.text, setter.quiet(), width);
  const Result result = finding ? result_of(*finding) : Result();
  const double answer = finding ? clipped_height(setter, result.numbers, setter.strong(), right_width) +
                                      clipped_height(setter, result.why, setter.body(), right_width) +
                                      clipped_height(setter, result.action, setter.body(), right_width)
                                : setter.height(item.ask, setter.body(), right_width);
  words = std::max(words, answer);
  const auto draw = [=, &setter, &item](double top) {
    setter.rule(area.left, area.right(), top - setter.scaled(3.0));
    LetterStyle numeral = setter.item();
    numeral.ink = Ink::kAccent;
    setter.canvas().text({area.left, setter.baseline(top, numeral)}, std::to_string(number), numeral);
    setter.put(item.title, setter.item(), {left, top}, area.width * 0.55, "H3");
    const double boxes_left = right + setter.scaled(finding ? 0.0 : 24.0);
    const double end = put_answers(setter, answers(finding), boxes_left, top);
    if (!finding)
      setter.write_line(end, area.right(), setter.baseline(top, setter.item()) + setter.scaled(1.0));
    setter.put(item.text, setter.quiet(), {left, top + title}, width);
    double y = top + title;
    if (!finding) {
      setter.put(item.ask, setter.body(), {right, y}, right_width);
      return;
    }
    y += setter.put_clipped(result.numbers, setter.strong(), {right, y}, right_width, kMostLines);
    y += setter.put_clipped(result.why, setter.body(), {right, y}, right_width, kMostLines);
    setter.put_clipped(result.action, setter.body(), {right, y}, right_width, kMostLines);
  };
  return {title + words, setter.scaled(6.5), 7.0, draw};
}

const Finding* finding_of(const SheetTrack* track, const std::string& id) {
  if (!track) return nullptr;
  for (const Finding& finding : track->diagnosis.findings)
    if (finding.id == id) return &finding;
  return nullptr;
}

SheetBlock numbers_block(SheetSetter& setter, const SheetTrack& track, const SheetArea& area) {
  const std::vector<KeyNumber> numbers = key_numbers(track.measurements);
  const double value = setter.leading(setter.heading());
  const double height = value + setter.leading(setter.label());
  return {height, setter.scaled(14.0), 8.0, [=, &setter](double top) {
            const double pitch = area.width / static_cast<double>(std::max<std::size_t>(numbers.size(), 1));
            double x = area.left;
            for (const KeyNumber& one : numbers) {
              setter.put(quantity(one.value, one.unit), setter.heading(), {x, top}, pitch);
              setter.put(one.brief, setter.label(), {x, top + value}, pitch - setter.scaled(4.0));
              x += pitch;
            }
          }};
}

}  // namespace

SheetBlocks check_blocks(SheetSetter& setter, const SheetSection& section, int first, const SheetTrack* track,
                         const SheetArea& area) {
  SheetBlocks blocks;
  for (const SheetItem& item : section.items)
    blocks.push_back(
        check_block(setter, item, first + static_cast<int>(blocks.size()), finding_of(track, item.id), area));
  return blocks;
}

SheetBlocks summary_blocks(SheetSetter& setter, const SheetTrack& track, const SheetArea& area) {
  const std::string sentence = check_sentence(track.diagnosis);
  const double title = setter.leading(setter.heading());
  SheetBlocks blocks;
  blocks.push_back({title + setter.height(sentence, setter.body(), area.width), setter.scaled(16.0), 10.0,
                    [=, &setter](double top) {
                      setter.put("What it comes to", setter.heading(), {area.left, top}, area.width, "H2");
                      setter.put(sentence, setter.body(), {area.left, top + title}, area.width);
                    }});
  blocks.push_back(numbers_block(setter, track, area));
  std::vector<ThirdOctave> bands;
  if (track.measurements.spectrum) bands = track.measurements.spectrum->third_octaves;
  SpectrumNotes notes;
  if (track.diagnosis.target) notes.target = track.diagnosis.target->curve;
  notes.words = track.diagnosis.words;
  const double height = setter.scaled(250.0);
  blocks.push_back({height, setter.scaled(16.0), 10.0, [=, &setter](double top) {
                      setter.canvas().element("Figure", [&] {
                        setter.canvas().inset({area.left, top}, area.width, height, [&](Canvas& chart) {
                          draw_spectrum(chart, {{"this file", bands}}, notes);
                        });
                      });
                    }});
  return blocks;
}

}  // namespace lacquer
