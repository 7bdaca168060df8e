#include "judge/sections.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "core/noise.h"
#include "judge/target.h"

namespace lacquer {
namespace {

// As shipped, so that what is tested here is what users get.
constexpr SectionRules kRules{30.0, 8.0, 3.0, 0.1, 12.0, 3.0, 60.0, 0.25, 3.0, 9.0};

struct Part {
  double seconds;
  double loudness_lufs;
  double bass_db = 0.0;  // against the loudness
};

// Measurements of a piece of such parts; its tenths of a second stray by 3 LU either way, as drums do.
Measurements piece(const std::vector<Part>& parts) {
  Measurements audio;
  NoiseGenerator noise(7);
  SpectrumResult spectrum;
  BandsOverTime& matrix = spectrum.third_octaves_over_time;
  matrix.column_s = 2.0;
  matrix.bands = kTargetBands;
  double column_end_s = 0.0;
  for (const Part& part : parts) {
    for (int i = 0; i < static_cast<int>(part.seconds * 10.0); ++i)
      audio.loudness.momentary_lufs.push_back(static_cast<float>(part.loudness_lufs + 3.0 * noise.white()));
    audio.duration_s += part.seconds;
    for (; column_end_s + matrix.column_s / 2.0 <= audio.duration_s; column_end_s += matrix.column_s)
      for (int band = 0; band < kTargetBands; ++band)
        matrix.values.push_back(static_cast<float>(part.loudness_lufs - 10.0 +
                                                   (target_band_hz(band) < 125.0 ? part.bass_db : 0.0)));
  }
  audio.spectrum = spectrum;
  return audio;
}

std::string names(const std::vector<Section>& sections) {
  std::string text;
  for (const Section& section : sections) text += (text.empty() ? "" : " ") + section.name;
  return text;
}

TEST(Sections, ASongFallsIntoItsParts) {
  const auto sections =
      find_sections(piece({{16, -24}, {40, -18}, {32, -11}, {40, -18}, {32, -11}, {20, -23}}), kRules);
  ASSERT_EQ(names(sections), "quiet loud quiet loud outro");  // introduction and verse are both quiet
  const double bounds[] = {56, 88, 128, 160};
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(sections[i].when.to_s, bounds[i], 2.0);  // as the header promises
    EXPECT_EQ(sections[i].when.to_s, sections[i + 1].when.from_s);
  }
  EXPECT_EQ(sections.front().when.from_s, 0.0);
  EXPECT_EQ(sections.back().when.to_s, 180.0);
  EXPECT_NEAR(sections[1].loudness_lufs, -11.0, 1.0);
}

TEST(Sections, AShortQuietBeginningIsAnIntro) {
  EXPECT_EQ(names(find_sections(piece({{15, -24}, {120, -11}}), kRules)), "intro loud");
  EXPECT_EQ(names(find_sections(piece({{70, -24}, {120, -11}}), kRules)), "quiet loud");
}

TEST(Sections, APieceOfOneKindHasNoParts) {
  EXPECT_TRUE(find_sections(piece({{180, -12}}), kRules).empty());
  EXPECT_TRUE(find_sections(piece({{60, -12}, {60, -13.5}, {60, -12}}), kRules).empty());
}

TEST(Sections, ADropIsWhereTheBassComesBackAtOnce) {
  const Part on{40, -10, 12};
  const Part breakdown{30, -16, -12};
  EXPECT_EQ(names(find_sections(piece({{20, -22, -12}, on, breakdown, on}), kRules)),
            "intro loud quiet drop");
  // The same loudness with the bass left in.
  const Part verse{30, -16, 12};
  EXPECT_EQ(names(find_sections(piece({{20, -22, 12}, on, verse, on}), kRules)), "intro loud quiet loud");
}

TEST(Sections, LoudnessAloneTellsToo) {
  Measurements audio = piece({{60, -24}, {60, -11}});
  audio.spectrum.reset();
  EXPECT_EQ(names(find_sections(audio, kRules)), "quiet loud");
}

TEST(Sections, TooLittleAudioHasNoParts) {
  EXPECT_TRUE(find_sections(piece({{14, -24}, {14, -11}}), kRules).empty());
  EXPECT_TRUE(find_sections(Measurements{}, kRules).empty());
  EXPECT_TRUE(find_sections(piece({{60, -24}, {60, -11}}), SectionRules{}).empty());
}

TEST(Sections, NumbersThatAreNoneDoNoHarm) {
  Measurements audio = piece({{60, -24}, {60, -11}});
  for (std::size_t i = 0; i < audio.loudness.momentary_lufs.size(); i += 3)
    audio.loudness.momentary_lufs[i] =
        i % 2 == 0 ? std::numeric_limits<float>::quiet_NaN() : -std::numeric_limits<float>::infinity();
  for (float& value : audio.spectrum->third_octaves_over_time.values)
    value = std::numeric_limits<float>::quiet_NaN();
  EXPECT_EQ(names(find_sections(audio, kRules)), "quiet loud");
  audio.duration_s = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(find_sections(audio, kRules).empty());
}

TEST(Sections, ADayOfAudioIsCutIntoWiderColumns) {
  Measurements audio;
  audio.duration_s = 86'400.0;
  audio.loudness.momentary_lufs.assign(864'000, -11.0F);
  std::fill_n(audio.loudness.momentary_lufs.begin(), 400'000, -30.0F);
  const auto sections = find_sections(audio, kRules);
  ASSERT_EQ(names(sections), "quiet loud");
  EXPECT_NEAR(sections[0].when.to_s, 40'000.0, 96.0);  // a column
}

std::vector<Section> song() {
  return {{"intro", {0, 20}, -24}, {"loud", {20, 60}, -10},    {"quiet", {60, 90}, -16},
          {"drop", {90, 130}, -9}, {"quiet", {130, 160}, -17}, {"loud", {160, 200}, -10}};
}

TEST(WhereInSong, ItNamesThePartsThatItKeepsTo) {
  EXPECT_EQ(where_in_song({{2, 18}}, song()), "only in the intro");
  EXPECT_EQ(where_in_song({{95, 120}}, song()), "only in the drop");
  EXPECT_EQ(where_in_song({{25, 50}, {100, 120}, {170, 190}}, song()), "in the loud parts");
  EXPECT_EQ(where_in_song({{25, 50}}, song()), "in one of the loud parts");
  EXPECT_EQ(where_in_song({{62, 88}, {131, 158}}, song()), "in the quiet parts");
}

TEST(WhereInSong, ABoundaryIsNotExact) {
  EXPECT_EQ(where_in_song({{1, 21}}, song()), "only in the intro");
  EXPECT_EQ(where_in_song({{59, 89}, {131, 160}}, song()), "in the quiet parts");
}

TEST(WhereInSong, ItIsSilentWhereThereIsNothingToSay) {
  EXPECT_EQ(where_in_song({{0, 200}}, song()), "");
  EXPECT_EQ(where_in_song({{10, 40}}, song()), "");
  EXPECT_EQ(where_in_song({}, song()), "");
  EXPECT_EQ(where_in_song({{2, 18}}, {}), "");
  // A part that is nearly everything is no place.
  EXPECT_EQ(where_in_song({{40, 80}}, {{"intro", {0, 10}, -20}, {"loud", {10, 100}, -10}}), "");
  EXPECT_EQ(where_in_song({{NAN, 3}}, song()), "");
}

TEST(WhereInSong, AMomentHasAPlaceToo) {
  EXPECT_EQ(where_in_song({{5, 5}, {7, 7}}, song()), "only in the intro");
}

}  // namespace
}  // namespace lacquer
