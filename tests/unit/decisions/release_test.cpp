#include <gtest/gtest.h>

#include "core/error.h"
#include "decisions/release_checks.h"
#include "library/sheet_content.h"

namespace lacquer {
namespace {

const Day kToday = *day_from("2026-11-22");
const ReleaseRules kRules = load_release_rules();

// Two tracks with nothing to complain about.
const std::string kGood = R"(schema = 1
title = "Blue Hours"
artist = "Nightline"
artist_ids = ["spotify:artist:1"]
label = "Nightline"
upc = "036000291452"
genre = "Electronic"
language = "en"
explicit = false
p_line = "2027 Nightline"
c_line = "© 2027 Nightline"
artwork = "cover.jpg"
release_date = 2027-01-29
time_zone = "local midnight"
done = []
[distributor]
name = "D"
fee = "by the year"
exit = "stays"
territories = "all"
lead_days = 21
[registrations]
performing_rights = "1"
mechanicals = "2"
neighbouring_rights = "3"
[[composition]]
name = "Ada Writer"
share_pct = 60.0
signed = 2026-11-01
[[composition]]
name = "Bo Writer"
share_pct = 40.0
signed = 2026-11-01
[[master]]
name = "Ada Writer"
share_pct = 100.0
signed = 2026-11-01
[[track]]
file = "01.wav"
title = "First Light"
isrc = "GBEMI2600001"
composers = ["Ada Writer", "Bo Writer"]
producer = "Ada Writer"
instrumental = true
samples = "none"
[[track]]
file = "02.wav"
title = "Second Light"
isrc = "GB-EMI-26-00002"
composers = ["Ada Writer"]
producer = "Ada Writer"
lyrics = "sent"
samples = "none"
)";

ReleaseInfo release(const std::string& text = kGood) { return parse_release(text, "release.toml", kRules); }

std::string with(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return at == std::string::npos ? text : text.replace(at, from.size(), to);
}

ReleaseLines all(const ReleaseInfo& r, Day today = kToday) {
  ReleaseLines lines;
  for (const ReleaseLines& some :
       {check_codes(r, {}), check_metadata(r, kRules), check_splits(r, today), check_distributor(r),
        check_registrations(r), check_timeline(r, kRules, today)})
    lines.insert(lines.end(), some.begin(), some.end());
  return lines;
}

const ReleaseLine* find(const ReleaseLines& lines, std::string_view id) {
  for (const ReleaseLine& line : lines)
    if (line.id == id && line.verdict != Verdict::kPass) return &line;
  return nullptr;
}

TEST(Release, one_with_nothing_to_complain_about_passes) {
  for (const ReleaseLine& line : all(release())) EXPECT_EQ(line.verdict, Verdict::kPass) << line.what;
}

TEST(Release, parts_and_steps_are_those_of_the_sheet) {
  std::vector<std::string> items;
  std::vector<std::string> steps;
  for (const Sheet& sheet : load_sheets())
    if (sheet.id == "label")
      for (const SheetSection& section : sheet.sides[1].sections)
        for (const SheetItem& item : section.items)
          (section.form == SheetForm::kTimeline ? steps : items).push_back(item.id);
  for (const ReleaseLine& line : all(release()))
    EXPECT_NE(std::find(items.begin(), items.end(), line.part), items.end()) << line.part;
  std::vector<std::string> milestones;
  for (const Milestone& one : kRules.milestones) milestones.push_back(one.id);
  EXPECT_EQ(milestones, steps);
}

struct Case {
  const char* from;
  const char* to;
  const char* id;
  Verdict verdict;
  const char* says;
};

TEST(Release, each_fault_is_found_once_and_told) {
  const Case cases[] = {
      {"GB-EMI-26-00002", "gbemi2600001", "isrc-duplicate", Verdict::kFix, "First Light, Second Light"},
      {"GB-EMI-26-00002", "GB-EMI-26-0002", "isrc", Verdict::kFix, "12 characters, this one 11"},
      {"GB-EMI-26-00002", "", "isrc", Verdict::kLook, "1 track has no ISRC"},
      {"036000291452", "036000291453", "barcode", Verdict::kFix, "the others ask for 2"},
      {"036000291452", "", "barcode", Verdict::kLook, "no UPC or EAN"},
      {"\"Blue Hours\"", "\"\"", "required", Verdict::kFix, "title"},
      {"genre = \"Electronic\"", "genre = \"\"", "complete", Verdict::kLook, "genre"},
      {"explicit = false", "", "required", Verdict::kFix, "explicit"},
      {"\"First Light\"", "\"First  Light\"", "spaces", Verdict::kFix, "two spaces"},
      {"\"First Light\"", "\"First Light \"", "spaces", Verdict::kFix, "ends with a space"},
      {"\"First Light\"", "\"First\\tLight\"", "spaces", Verdict::kFix, "control character"},
      {"\"First Light\"", "\"First Light feat. Cy\"", "featured", Verdict::kLook, "feat."},
      {"\"First Light\"", "\"First Light (Radio Edit)\"", "version", Verdict::kLook, "Radio Edit"},
      {"\"First Light\"", "\"First Light final\"", "work-title", Verdict::kLook, "final"},
      {"\"First Light\"", "\"FIRST LIGHT\"", "capitals", Verdict::kLook, "capitals"},
      {"\"First Light\"", "\"second light\"", "same-title", Verdict::kLook, "Two tracks"},
      {"[\"Ada Writer\"]", "[\"Ada\"]", "legal-name", Verdict::kLook, "one word"},
      {"p_line = \"2027 Nightline\"", "p_line = \"Nightline\"", "rights-line", Verdict::kFix,
       "no year and owner"},
      {"p_line = \"2027 Nightline\"", "p_line = \"2027\"", "rights-line", Verdict::kFix, "no year and owner"},
      {"p_line = \"2027 Nightline\"", "p_line = \"2028 Nightline\"", "rights-line", Verdict::kFix,
       "after the release"},
      {"share_pct = 40.0", "share_pct = 39.99", "split-sum", Verdict::kFix, "99.99 %"},
      {"share_pct = 40.0", "share_pct = 50.0", "split-sum", Verdict::kFix, "gives up 10 %"},
      {"share_pct = 40.0\nsigned = 2026-11-01", "share_pct = 40.0", "split-signed", Verdict::kLook,
       "Bo Writer"},
      {"name = \"Bo Writer\"", "name = \"\"", "split-name", Verdict::kFix, "40 % has no name"},
      {"name = \"D\"", "name = \"\"", "distributor", Verdict::kLook, "No distributor"},
      {"mechanicals = \"2\"", "mechanicals = \"\"", "registrations", Verdict::kLook, "mechanical rights"},
      {"release_date = 2027-01-29", "", "release-date", Verdict::kFix, "no release date"},
      {"release_date = 2027-01-29", "release_date = 2027-01-28", "weekday", Verdict::kLook, "Thursday"},
  };
  for (const Case& one : cases) {
    const ReleaseLines lines = all(release(with(kGood, one.from, one.to)));
    const ReleaseLine* line = find(lines, one.id);
    ASSERT_NE(line, nullptr) << one.to;
    EXPECT_EQ(line->verdict, one.verdict) << one.to;
    EXPECT_NE((line->what + line->action).find(one.says), std::string::npos) << line->what << line->action;
    EXPECT_FALSE(line->action.empty()) << one.to;
  }
}

TEST(Release, a_third_each_to_two_decimals_is_not_a_hundred) {
  const std::string thirds =
      with(with(kGood, "share_pct = 60.0", "share_pct = 33.33"), "share_pct = 40.0", "share_pct = 66.67");
  EXPECT_EQ(find(all(release(thirds)), "split-sum"), nullptr);
  EXPECT_NE(find(all(release(with(thirds, "66.67", "66.66"))), "split-sum"), nullptr);
}

TEST(Release, a_split_that_all_tracks_share_is_told_once) {
  const ReleaseLines lines =
      check_splits(release(with(kGood, "share_pct = 40.0", "share_pct = 30.0")), kToday);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].track, "all tracks");
}

TEST(Release, the_pitch_closes_seven_days_before_and_the_delivery_with_the_distributors_lead_time) {
  const ReleaseInfo r = release();
  const Day out = *r.date;
  EXPECT_EQ(find(check_timeline(r, kRules, out - Days(28)), "lead-time"), nullptr);
  EXPECT_EQ(find(check_timeline(r, kRules, out - Days(27)), "lead-time")->verdict, Verdict::kLook);
  EXPECT_EQ(find(check_timeline(r, kRules, out - Days(21)), "lead-time")->verdict, Verdict::kLook);
  EXPECT_EQ(find(check_timeline(r, kRules, out - Days(20)), "lead-time")->verdict, Verdict::kFix);
  EXPECT_EQ(find(check_timeline(r, kRules, out - Days(7)), "pitch"), nullptr);
  EXPECT_EQ(find(check_timeline(r, kRules, out - Days(6)), "pitch")->verdict, Verdict::kFix);
  EXPECT_EQ(find(check_timeline(r, kRules, out + Days(1)), "pitch"), nullptr)
      << "it is out: nothing to pitch";
  const ReleaseInfo ticked = release(with(kGood, "done = []", "done = [\"upload\", \"pitch\"]"));
  EXPECT_EQ(find(check_timeline(ticked, kRules, out - Days(1)), "pitch"), nullptr);
  EXPECT_EQ(find(check_timeline(ticked, kRules, out - Days(1)), "lead-time"), nullptr);
}

TEST(Release, the_schedule_counts_back_from_the_release) {
  const std::vector<ScheduledDay> days = schedule(release(), kRules);
  ASSERT_EQ(days.size(), 9U);
  EXPECT_EQ(days[0].id, "masters");
  EXPECT_EQ(day_text(days[0].day), "2026-12-04");
  EXPECT_EQ(day_text(days[6].day), "2027-01-29");
  EXPECT_EQ(day_text(days[8].day), "2027-04-29");
}

TEST(Release, unsigned_on_release_day_is_to_be_fixed) {
  const ReleaseInfo r = release(with(kGood, "share_pct = 40.0\nsigned = 2026-11-01", "share_pct = 40.0"));
  EXPECT_EQ(find(check_splits(r, *r.date - Days(1)), "split-signed")->verdict, Verdict::kLook);
  EXPECT_EQ(find(check_splits(r, *r.date), "split-signed")->verdict, Verdict::kFix);
}

TEST(Release, a_tag_that_names_another_recording_is_found) {
  TrackAudio audio;
  audio.track = "First Light";
  audio.file = "01.wav";
  audio.tag_isrcs = {"GB-EMI-26-00001"};
  EXPECT_EQ(find(check_codes(release(), {audio}), "isrc-tag"), nullptr);
  audio.tag_isrcs = {"GBEMI2600009"};
  EXPECT_NE(find(check_codes(release(), {audio}), "isrc-tag"), nullptr);
}

TEST(Release, the_template_reads_and_its_example_lines_do_too) {
  EXPECT_NO_THROW(release(release_template()));
  std::string filled;
  std::string text = release_template();
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    std::string line = text.substr(at, end - at);
    const bool example = line.starts_with("# [[") || line.starts_with("# [") ||
                         (line.starts_with("# ") && line.find(" = ") != std::string::npos);
    filled += (example ? line.substr(2) : line) + "\n";
    at = end + 1;
  }
  const ReleaseInfo r = release(filled);
  EXPECT_EQ(r.tracks.size(), 1U);
  ASSERT_TRUE(r.deal);
  EXPECT_NEAR(*recouped_off_the_top(*r.deal).streams, 1'833'333.3, 0.1);
  EXPECT_EQ(r.lead_days, 21);
}

TEST(Release, what_cannot_be_is_refused_with_its_line) {
  const std::pair<std::string, const char*> cases[] = {
      {with(kGood, "genre", "gender"), "release.toml:7: gender: this key is unknown"},
      {with(kGood, "done = []", "done = [\"party\"]"), "there is no step party"},
      {with(kGood, "2027-01-29", "\"2027-01-32\""), "there is no such day"},
      {with(kGood, "share_pct = 60.0", "share_pct = 160.0"), "between 0 and 100"},
      {with(kGood, "file = \"01.wav\"\n", ""), "track[0].file: this key is missing"},
      {kGood + "[deal]\nadvance = 1\nshare_pct = 0\n", "deal.share_pct"},
      {kGood + "[deal]\nadvance = 1\nshare_pct = 50\nper_stream = 0\n", "deal.per_stream"},
  };
  for (const auto& [text, complaint] : cases) try {
      release(text);
      ADD_FAILURE() << complaint;
    } catch (const Error& error) {
      EXPECT_NE(std::string(error.what()).find(complaint), std::string::npos) << error.what();
    }
}

TrackAudio audio(const std::string& name, double lufs, double rate_hz = 44100.0) {
  TrackAudio one;
  one.track = name;
  one.sha256 = "hash of " + name;
  one.source.sample_rate_hz = rate_hz;
  one.source.bits = 24;
  one.source.channels = 2;
  one.integrated_lufs = lufs;
  return one;
}

TEST(ReleaseAudio, a_track_far_from_the_middle_or_in_another_format_is_told) {
  const auto fine = check_audio({audio("a", -14.0), audio("b", -12.0), audio("c", -10.1)}, kRules);
  EXPECT_EQ(find(fine, "album-loudness"), nullptr);
  EXPECT_EQ(find(fine, "album-format"), nullptr);
  const auto quiet = check_audio({audio("a", -16.1), audio("b", -12.0), audio("c", -11.0)}, kRules);
  ASSERT_NE(find(quiet, "album-loudness"), nullptr);
  EXPECT_EQ(find(quiet, "album-loudness")->track, "a");
  const auto mixed = check_audio({audio("a", -12.0), audio("b", -12.0, 48000.0), audio("c", -12.0)}, kRules);
  ASSERT_NE(find(mixed, "album-format"), nullptr);
  EXPECT_EQ(find(mixed, "album-format")->track, "b");
  EXPECT_NE(find(mixed, "album-format")->what.find("24 bits at 48 kHz, stereo"), std::string::npos);
}

TEST(ReleaseAudio, silence_has_no_level_to_compare) {
  TrackAudio silent = audio("a", 0.0);
  silent.integrated_lufs.reset();
  EXPECT_EQ(find(check_audio({silent, audio("b", -12.0)}, kRules), "album-loudness"), nullptr);
}

TEST(ReleaseAudio, two_tracks_with_the_same_bytes_are_found) {
  TrackAudio copy = audio("b", -12.0);
  copy.sha256 = audio("a", 0.0).sha256;
  EXPECT_NE(find(check_audio({audio("a", -12.0), copy}, kRules), "same-audio"), nullptr);
}

TEST(ReleaseArtwork, each_demand_is_checked_at_its_limit) {
  const auto lines = [](int width, int height, ColourMode mode, double mb) {
    return check_artwork({"cover.jpg", static_cast<std::int64_t>(mb * 1e6),
                          PictureHeader{PictureFormat::kJpeg, width, height, mode, false}, true},
                         kRules);
  };
  EXPECT_EQ(lines(3000, 3000, ColourMode::kRgb, 10.0)[0].verdict, Verdict::kPass);
  EXPECT_EQ(find(lines(2999, 2999, ColourMode::kRgb, 1.0), "artwork-size")->verdict, Verdict::kLook);
  EXPECT_EQ(find(lines(1499, 1499, ColourMode::kRgb, 1.0), "artwork-size")->verdict, Verdict::kFix);
  EXPECT_EQ(find(lines(3000, 3001, ColourMode::kRgb, 1.0), "artwork-ratio")->verdict, Verdict::kFix);
  EXPECT_EQ(find(lines(3000, 3000, ColourMode::kCmyk, 1.0), "artwork-mode")->verdict, Verdict::kFix);
  EXPECT_EQ(find(lines(3000, 3000, ColourMode::kGrey, 1.0), "artwork-mode")->verdict, Verdict::kLook);
  EXPECT_EQ(find(lines(3000, 3000, ColourMode::kRgb, 10.1), "artwork-bytes")->verdict, Verdict::kLook);
  EXPECT_EQ(find(lines(3000, 3000, ColourMode::kRgb, 20.1), "artwork-bytes")->verdict, Verdict::kFix);
  EXPECT_NE(find(check_artwork({"cover.gif", 1000, std::nullopt, true}, kRules), "artwork-format"), nullptr);
}

}  // namespace
}  // namespace lacquer
