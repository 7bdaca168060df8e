#include "report/charts.h"

#include <gtest/gtest.h>

#include <cmath>

#include "report/summary.h"
#include "report/svg.h"
#include "tests/unit/report/markup.h"
#include "tests/unit/report/samples.h"

namespace lacquer {
namespace {

struct Chart {
  std::string name;
  Draw draw;
};

std::vector<Chart> charts(const Measurements& m) {
  const std::vector<ThirdOctave> bands = m.spectrum ? m.spectrum->third_octaves : std::vector<ThirdOctave>();
  const Diagnosis diagnosis = samples::diagnosis();
  LimiterWork limiter = samples::master().result.limiter;
  if (m.overview.high.empty()) limiter = {};
  const Diagnosis rich = samples::rich_check().diagnosis;
  return {
      {"waveform",
       [=](Canvas& c) {
         draw_waveform(c, m, {time_marks(m, diagnosis), {}});
       }},
      {"spectrum",
       [=](Canvas& c) {
         draw_spectrum(c, {{"mix", bands}, {"master", bands}}, {});
       }},
      {"marked-waveform",
       [=](Canvas& c) {
         draw_waveform(c, m, {time_marks(m, rich), rich.sections});
       }},
      {"judged-spectrum",
       [=](Canvas& c) {
         draw_spectrum(c, {{"this file", bands}}, {rich.target->curve, rich.words});
       }},
      {"before-after", [=](Canvas& c) { draw_before_after(c, m, m, limiter); }},
      {"loudness-curve", [=](Canvas& c) { draw_loudness_curve(c, samples::what_loudness_buys(), -12.0); }},
      {"platforms", [=](Canvas& c) { draw_platforms(c, samples::platforms()); }}};
}

TEST(Charts, TheSameInputGivesTheSameBytesAlsoWithAnotherDrawnBetween) {
  const auto all = charts(samples::measured());
  for (const Chart& chart : all) {
    const std::string svg = to_svg(780.0, 320.0, "a", chart.draw);
    const std::string pdf = to_pdf(780.0, 320.0, chart.draw);
    const std::string png = to_png(780.0, 320.0, 1.0, chart.draw);
    for (const Chart& other : all) to_svg(300.0, 250.0, "b", other.draw);
    EXPECT_EQ(svg, to_svg(780.0, 320.0, "a", chart.draw)) << chart.name;
    EXPECT_EQ(pdf, to_pdf(780.0, 320.0, chart.draw)) << chart.name;
    EXPECT_EQ(png, to_png(780.0, 320.0, 1.0, chart.draw)) << chart.name;
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_NE(pdf.find("20000101000000Z"), std::string::npos) << "no clock";
    EXPECT_EQ(png.substr(1, 3), "PNG");
  }
}

TEST(Charts, DrawingsAreWellFormedAndReferOnlyToThemselves) {
  for (const Measurements& m : {samples::measured(), samples::empty_check().measurements}) {
    for (const Chart& chart : charts(m)) {
      for (const double width : {780.0, 300.0}) {
        const std::string svg = to_svg(width, 300.0, chart.name, chart.draw);
        EXPECT_EQ(markup::fault_in(svg, false), "") << chart.name;
        EXPECT_EQ(markup::dangling_reference(svg), "") << chart.name;
        EXPECT_EQ(svg.find("<text"), std::string::npos) << "letters are outlines";
        EXPECT_EQ(svg.find("nan"), std::string::npos) << chart.name;
      }
    }
  }
}

TEST(Charts, IdsBeginWithThePrefixOfTheirChart) {
  const std::string svg = to_svg(780.0, 320.0, "mine", charts(samples::measured())[0].draw);
  std::size_t found = 0;
  for (std::size_t at = svg.find(" id=\""); at != std::string::npos;
       at = svg.find(" id=\"", at + 1), ++found) {
    EXPECT_EQ(svg.substr(at + 5, 5), "mine-");
  }
  EXPECT_GT(found, 10u);
}

TEST(Charts, OnAPageEveryColourFollowsTheTheme) {
  for (const Chart& chart : charts(samples::measured())) {
    const std::string svg =
        inline_svg(to_svg(780.0, 320.0, "p", chart.draw), "p", "chart", "A <title>", "1 & 2");
    EXPECT_EQ(svg.find("rgb("), std::string::npos) << chart.name;
    EXPECT_NE(svg.find("var(--"), std::string::npos);
    EXPECT_EQ(svg.find("http"), std::string::npos);
    EXPECT_NE(svg.find("<title id=\"p-title\">A &lt;title&gt;</title>"), std::string::npos);
    EXPECT_NE(svg.find("role=\"img\""), std::string::npos);
    EXPECT_EQ(markup::fault_in(svg, false), "");
  }
}

TEST(Charts, TheThemesPaintDifferentPictures) {
  const Draw draw = charts(samples::measured())[0].draw;
  EXPECT_NE(to_png(300.0, 200.0, 1.0, draw, light_theme()), to_png(300.0, 200.0, 1.0, draw, dark_theme()));
}

TEST(Charts, OddMeasurementsAreDrawnWithoutHarm) {
  Measurements one = samples::measured(1);
  Measurements none;
  Measurements broken = samples::measured();
  broken.overview.high[7] = NAN;
  broken.overview.rms[9] = NAN;
  broken.overview.low.resize(30);
  broken.loudness.short_term_lufs.assign(950, NAN);
  broken.loudness.integrated_lufs = -INFINITY;
  broken.spectrum->third_octaves[3].level_db = INFINITY;
  broken.peak.clipped_when = {{-5.0, 1e9}, {3.0, 1.0}};
  Measurements long_one = samples::measured();
  long_one.duration_s = 1e6;
  for (const Measurements& m : {one, none, broken, long_one}) {
    for (const Chart& chart : charts(m)) {
      const std::string svg = to_svg(780.0, 320.0, "o", chart.draw);
      EXPECT_EQ(markup::fault_in(svg, false), "");
      EXPECT_EQ(svg.find("nan"), std::string::npos) << chart.name;
      EXPECT_EQ(svg.find("inf"), std::string::npos) << chart.name;
    }
  }
}

TEST(Charts, SamplesBeyondFullScaleEndAtTheEdgeAndWhatIsNoNumberIsSilence) {
  Measurements wild = samples::measured();
  Measurements tame = wild;
  wild.overview.high[5] = 7.0f;
  tame.overview.high[5] = 1.0f;
  wild.overview.rms[9] = NAN;
  tame.overview.rms[9] = 0.0f;
  EXPECT_EQ(to_svg(780.0, 320.0, "w", charts(wild)[0].draw), to_svg(780.0, 320.0, "w", charts(tame)[0].draw));
}

TEST(Charts, MorePlatformsAskForMoreRoom) {
  auto bars = samples::platforms();
  const double three = platforms_height(bars, 780.0);
  bars.push_back(bars.front());
  EXPECT_GT(platforms_height(bars, 780.0), three);
  EXPECT_GT(platforms_height(bars, 300.0), platforms_height(bars, 780.0))
      << "names stand above the bars there";
}

TEST(Charts, ALongNameIsCutAtWholeCharacters) {
  to_svg(300.0, 100.0, "f", [](Canvas& canvas) {
    std::string name;
    for (int i = 0; i < 60; ++i) name += "Жé日";
    const std::string fitted = canvas.fitted(name, 80.0, {});
    EXPECT_LE(canvas.text_width(fitted, {}), 80.0);
    EXPECT_EQ(fitted.find("\ufffd"), std::string::npos);
    EXPECT_EQ(fitted.substr(fitted.size() - 3), "\u2026");
  });
}

// Everything at once: more words, marks and sections than there is room for, names of any length.
std::vector<Chart> crowded_charts() {
  const CheckReport rich = samples::rich_check();
  Diagnosis d = rich.diagnosis;
  for (int i = 0; i < 12; ++i) {
    const double low_hz = 25.0 * std::pow(1.7, i);
    d.words.push_back({"word " + std::to_string(i) + samples::kHostile,
                       WordState::kExcess,
                       low_hz,
                       low_hz * 2.5,
                       3.0 + i,
                       {},
                       ""});
    d.faults.push_back({"fault-" + samples::kHostile, Severity::kFix, 0.5, {{7.0 * i, 7.0 * i + 3.0}}, ""});
    d.sections.push_back({"part " + std::to_string(i), {8.0 * i, 8.0 * i + 8.0}, -14.0});
    d.findings[static_cast<std::size_t>(i)].listen = ListenPassage{3.0 * i, 3.0 * i + 6.0, ""};
  }
  d.target->curve.name = samples::kHostile + samples::kHostile;
  std::vector<Chart> out;
  for (const Diagnosis& one : {rich.diagnosis, d}) {
    const WaveformNotes wave{time_marks(rich.measurements, one), one.sections};
    const SpectrumNotes tone{one.target->curve, one.words};
    const auto bands = rich.measurements.spectrum->third_octaves;
    out.push_back({"waveform", [=](Canvas& c) { draw_waveform(c, rich.measurements, wave); }});
    out.push_back({"spectrum", [=](Canvas& c) {
                     draw_spectrum(c, {{"mix", bands}, {"master", bands}}, tone);
                   }});
  }
  return out;
}

TEST(Charts, LabelsNeverMeetAndStayOnTheCanvas) {
  for (const Chart& chart : crowded_charts()) {
    for (const double width : {780.0, 300.0}) {
      std::vector<Box> texts;
      to_svg(width, 560.0, "b", [&](Canvas& canvas) {
        chart.draw(canvas);
        texts = canvas.text_boxes();
      });
      EXPECT_GT(texts.size(), 12u) << chart.name;
      for (std::size_t i = 0; i < texts.size(); ++i) {
        EXPECT_GE(texts[i].left, -1.0) << chart.name << " at " << width;
        EXPECT_LE(texts[i].right, width + 1.0) << chart.name << " at " << width;
        for (std::size_t k = 0; k < i; ++k) {
          EXPECT_FALSE(overlap(texts[i], texts[k]))
              << chart.name << " at " << width << ": texts " << k << " and " << i << " at " << texts[i].left
              << ", " << texts[i].top;
        }
      }
    }
  }
}

TEST(Charts, TheFiveZonesAreNamedAlsoOnATelephone) {
  for (const double width : {780.0, 300.0}) {
    std::vector<Box> texts;
    to_svg(width, 300.0, "z", [&](Canvas& canvas) {
      draw_spectrum(canvas, {}, {});
      texts = canvas.text_boxes();
    });
    EXPECT_EQ(std::count_if(texts.begin(), texts.end(), [](const Box& box) { return box.bottom > 290.0; }),
              5);
  }
}

std::string themed(const std::vector<SpectrumLine>& lines, const SpectrumNotes& notes) {
  return inline_svg(to_svg(780.0, 360.0, "s", [&](Canvas& c) { draw_spectrum(c, lines, notes); }), "s",
                    "chart", "", "");
}

TEST(Charts, WithoutATargetNothingIsHeldAgainstOne) {
  const CheckReport rich = samples::rich_check();
  const std::vector<SpectrumLine> lines = {{"this file", rich.measurements.spectrum->third_octaves}};
  const std::string judged = themed(lines, {rich.diagnosis.target->curve, {}});
  const std::string plain = themed(lines, {});
  for (const char* ink : {"var(--accent-soft)", "var(--warning-soft)"}) {
    EXPECT_NE(judged.find(ink), std::string::npos) << ink;
    EXPECT_EQ(plain.find(ink), std::string::npos) << ink;
  }
}

TEST(Charts, ALineInsideTheToleranceIsNotTinted) {
  const TargetCurve curve = samples::target().curve;
  SpectrumLine line{"this file", {}};
  for (int i = 0; i < kTargetBands; ++i)
    line.bands.push_back({target_band_hz(i), curve.level_db[static_cast<std::size_t>(i)] + 2.5});
  EXPECT_EQ(themed({line}, {curve, {}}).find("var(--warning-soft)"), std::string::npos);
  *line.bands[14].level_db += 1.0;
  EXPECT_NE(themed({line}, {curve, {}}).find("var(--warning-soft)"), std::string::npos);
}

TEST(Charts, OnlyWordsThatStandOutAreDrawn) {
  const CheckReport rich = samples::rich_check();
  const std::vector<SpectrumLine> lines = {{"this file", rich.measurements.spectrum->third_octaves}};
  std::vector<Word> words = rich.diagnosis.words;
  const std::string all = themed(lines, {std::nullopt, words});
  words.pop_back();  // the one at normal level
  EXPECT_EQ(all, themed(lines, {std::nullopt, words}));
  words.pop_back();
  EXPECT_NE(all, themed(lines, {std::nullopt, words}));
  words = {{"odd", WordState::kExcess, NAN, 500.0, 3.0, {}, ""},
           {"odd", WordState::kExcess, 500.0, 400.0, 3.0, {}, ""}};
  EXPECT_EQ(themed(lines, {}), themed(lines, {std::nullopt, words}));
}

TEST(Charts, FaultsOfOneKindShareALaneAndAFindingThatRepeatsThemHasNone) {
  Diagnosis d = samples::rich_check().diagnosis;
  d.faults = {{"click", Severity::kLook, 0.5, {{1.0, 1.0}}, ""},
              {"click", Severity::kLook, 0.5, {{2.0, 2.0}}, ""}};
  const Measurements m = samples::measured();
  const std::size_t before = time_marks(m, d).size();
  d.faults.push_back({"hum", Severity::kLook, 0.5, d.findings[4].when, ""});
  const auto marks = time_marks(m, d);
  EXPECT_EQ(marks.size(), before) << "hum came, item 5 went";
  EXPECT_EQ(
      std::count_if(marks.begin(), marks.end(), [](const TimeMarks& one) { return one.name == "Click"; }), 1);
}

TEST(Charts, OddTimesAndTargetsAreDrawnWithoutHarm) {
  CheckReport odd = samples::rich_check();
  const std::vector<TimeRange> times = {
      {NAN, 3.0}, {-INFINITY, INFINITY}, {50.0, 10.0}, {1e9, 2e9}, {90.0, NAN}};
  Diagnosis& d = odd.diagnosis;
  for (const TimeRange& when : times) {
    d.sections.push_back({"odd", when, NAN});
    d.faults.push_back({"hum", Severity::kFix, NAN, {when}, ""});
    d.findings[4].when.push_back(when);
    d.findings[5].listen = ListenPassage{when.from_s, when.to_s, ""};
  }
  d.target->curve.level_db[7] = NAN;
  d.target->curve.tolerance_db[9] = INFINITY;
  d.words[0].deviation_db = 1e300;
  d.words[1].high_hz = 1e300;
  const WaveformNotes wave{time_marks(odd.measurements, d), d.sections};
  const auto bands = odd.measurements.spectrum->third_octaves;
  for (const std::string& svg :
       {to_svg(780.0, 500.0, "o", [&](Canvas& c) { draw_waveform(c, odd.measurements, wave); }),
        themed({{"this file", bands}}, {d.target->curve, d.words})}) {
    EXPECT_EQ(markup::fault_in(svg, false), "");
    EXPECT_EQ(svg.find("nan"), std::string::npos);
    EXPECT_EQ(svg.find("inf"), std::string::npos);
  }
}

TEST(Charts, AFullChartStillShowsWhatToPlay) {
  WaveformNotes notes;
  for (int i = 0; i < 20; ++i) notes.marks.push_back({"mark", {{1.0, 2.0}}});
  const auto drawn = [&] {
    return to_svg(780.0, 560.0, "p", [&](Canvas& c) { draw_waveform(c, samples::measured(), notes); });
  };
  const std::string without = drawn();
  notes.marks.push_back({"To play", {{30.0, 42.0}}, TimeMarks::Kind::kListen, {"8"}});
  EXPECT_NE(without, drawn());
}

TEST(Charts, MoreMarksAskForMoreRoomUpToALimit) {
  WaveformNotes notes;
  const double none = waveform_height(notes, 780.0);
  notes.marks = {{"one", {{1.0, 2.0}}}};
  const double one = waveform_height(notes, 780.0);
  EXPECT_GT(one, none);
  notes.marks.assign(100, notes.marks[0]);
  EXPECT_LT(waveform_height(notes, 780.0), 2.0 * none);
}

}  // namespace
}  // namespace lacquer
