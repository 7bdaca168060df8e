#include "report/charts.h"

#include <gtest/gtest.h>

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
  return {{"waveform",
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

}  // namespace
}  // namespace lacquer
