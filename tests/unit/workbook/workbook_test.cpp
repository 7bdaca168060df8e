#include "workbook/workbook.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "core/error.h"
#include "support/temporary_folder.h"
#include "workbook/schema.h"

namespace lacquer {
namespace {

CheckRecord a_check(const std::string& sha256, const std::string& path, std::int64_t at_ms) {
  CheckRecord check;
  check.sha256 = sha256;
  check.path = path;
  check.checked_ms = at_ms;
  check.role = "mix";
  check.purpose = "streaming";
  check.readings = {180.0, -16.5, 7.0, -3.2, std::nullopt, 1.2};
  Finding mono;
  mono.item = 3;
  mono.id = "mono-compatibility";
  mono.verdict = Verdict::kLook;
  mono.confidence = 0.9;
  mono.evidence = {{"mono_loss", 2.0, "dB", 1.5, -0.5}, {"correlation", 0.4, "", {}, {}}};
  check.findings = {mono};
  check.faults = {{"boxy", Severity::kFix, 0.8, {}, {}}};
  check.words = {{"boxy", WordState::kExcess, 300.0, 800.0, 3.1, {}, {}}};
  return check;
}

class WorkbookTest : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "deep" / "lacquer" / "workbook.sqlite"; }
  test::TemporaryFolder folder_;
};

TEST_F(WorkbookTest, is_made_for_its_owner_alone) {
  const mode_t before = ::umask(0);
  Workbook::create(file());
  ::umask(before);
  struct stat status = {};
  ASSERT_EQ(::stat(file().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  ASSERT_EQ(::stat(file().parent_path().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0700U);
}

TEST_F(WorkbookTest, gives_back_what_was_recorded) {
  const CheckRecord check = a_check("aa", "/music/song.wav", 1000);
  {
    Workbook workbook = Workbook::create(file());
    workbook.record({"/music/song.wav", ""}, check);
  }
  const Workbook workbook = Workbook::open(file());
  const auto song = workbook.song({"/music/song.wav", ""});
  ASSERT_TRUE(song);
  EXPECT_EQ(song->path, "/music/song.wav");
  EXPECT_EQ(song->versions, 1);
  EXPECT_EQ(song->first_seen_ms, 1000);
  const auto read = workbook.last_check(song->id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->sha256, "aa");
  EXPECT_EQ(read->readings.integrated_lufs, -16.5);
  EXPECT_FALSE(read->readings.plr_db);
  ASSERT_EQ(read->findings.size(), 1U);
  EXPECT_EQ(read->findings[0].verdict, Verdict::kLook);
  ASSERT_EQ(read->findings[0].evidence.size(), 2U);
  EXPECT_EQ(read->findings[0].evidence[0].threshold, 1.5);
  EXPECT_FALSE(read->findings[0].evidence[1].threshold);
  ASSERT_EQ(read->faults.size(), 1U);
  EXPECT_EQ(read->faults[0].severity, Severity::kFix);
  ASSERT_EQ(read->words.size(), 1U);
  EXPECT_EQ(read->words[0].high_hz, 800.0);
}

TEST_F(WorkbookTest, knows_a_version_by_its_content_and_a_song_by_its_path) {
  Workbook workbook = Workbook::create(file());
  workbook.record({"/a.wav", ""}, a_check("aa", "/a.wav", 1000));
  const PastTimes copy = workbook.past({"/copy.wav", ""}, "aa");
  EXPECT_EQ(copy.version_first_seen_ms, 1000);
  EXPECT_FALSE(copy.song_last_met_ms);
  const PastTimes next = workbook.past({"/a.wav", ""}, "bb");
  EXPECT_FALSE(next.version_first_seen_ms);
  EXPECT_EQ(next.song_last_met_ms, 1000);
  EXPECT_EQ(next.versions, 1);
}

TEST_F(WorkbookTest, keeps_when_a_version_was_first_seen_and_its_last_check_alone) {
  Workbook workbook = Workbook::create(file());
  for (const std::int64_t at : {1000, 2000, 3000})
    workbook.record({"/a.wav", ""}, a_check("aa", "/a.wav", at));
  const PastTimes past = workbook.past({"/a.wav", ""}, "aa");
  EXPECT_EQ(past.version_first_seen_ms, 1000);
  EXPECT_EQ(past.song_last_met_ms, 3000);
  EXPECT_EQ(past.versions, 1);
  EXPECT_FALSE(workbook.last_other_version({"/a.wav", ""}, "aa"));
}

TEST_F(WorkbookTest, the_last_other_version_is_the_one_checked_last) {
  Workbook workbook = Workbook::create(file());
  workbook.record({"/a.wav", ""}, a_check("v1", "/a.wav", 1000));
  workbook.record({"/a.wav", ""}, a_check("v2", "/a.wav", 2000));
  workbook.record({"/a.wav", ""}, a_check("v1", "/a.wav", 3000));
  EXPECT_EQ(workbook.last_other_version({"/a.wav", ""}, "v2")->sha256, "v1");
  EXPECT_EQ(workbook.last_other_version({"/a.wav", ""}, "v3")->sha256, "v1");
  const auto versions = workbook.versions(workbook.song({"/a.wav", ""})->id);
  ASSERT_EQ(versions.size(), 2U);
  EXPECT_EQ(versions[0].sha256, "v1");  // in the order they were made
  EXPECT_EQ(versions[1].sha256, "v2");
}

TEST_F(WorkbookTest, a_name_joins_files_and_stays_with_them) {
  Workbook workbook = Workbook::create(file());
  workbook.record({"/one.wav", ""}, a_check("v1", "/one.wav", 1000));
  workbook.record({"/one.wav", "Blue"},
                  a_check("v1", "/one.wav", 2000));  // the same version: its checks move along
  workbook.record({"/two.wav", "Blue"}, a_check("v2", "/two.wav", 3000));
  EXPECT_EQ(workbook.songs().size(), 1U);
  for (const SongKey& key : {SongKey{"/one.wav", ""}, SongKey{"/two.wav", ""}, SongKey{"/x.wav", "Blue"}}) {
    const auto song = workbook.song(key);
    ASSERT_TRUE(song) << key.path;
    EXPECT_EQ(song->name, "Blue");
    EXPECT_EQ(song->versions, 2);
  }
  workbook.record({"/two.wav", "Red"},
                  a_check("v3", "/two.wav", 4000));  // named again: another song from here on
  EXPECT_EQ(workbook.song({"/two.wav", ""})->name, "Red");
  EXPECT_EQ(workbook.song({"/one.wav", ""})->versions, 2);
}

TEST_F(WorkbookTest, a_first_name_is_told_the_past_of_its_path) {
  Workbook workbook = Workbook::create(file());
  workbook.record({"/one.wav", ""}, a_check("v1", "/one.wav", 1000));
  EXPECT_EQ(workbook.past({"/one.wav", "Blue"}, "v2").song_last_met_ms, 1000);
}

TEST_F(WorkbookTest, masters_count_as_having_met_the_song) {
  Workbook workbook = Workbook::create(file());
  workbook.record({"/a.wav", ""}, a_check("v1", "/a.wav", 1000));
  workbook.record({"/a.wav", ""}, MasterRecord{"v1", "/a.master.wav", 5000, -12.0, -1.0});
  EXPECT_EQ(workbook.past({"/a.wav", ""}, "v1").song_last_met_ms, 5000);
  const auto song = workbook.song({"/a.wav", ""});
  EXPECT_EQ(song->masters, 1);
  const auto masters = workbook.masters(song->id);
  ASSERT_EQ(masters.size(), 1U);
  EXPECT_EQ(masters[0].path, "/a.master.wav");
  EXPECT_EQ(masters[0].mix_sha256, "v1");
}

TEST_F(WorkbookTest, counts_what_the_latest_checks_said) {
  Workbook workbook = Workbook::create(file());
  EXPECT_EQ(workbook.findings_of_last(9).checks, 0);
  for (int i = 0; i < 5; ++i) {
    CheckRecord check = a_check("v" + std::to_string(i), "/" + std::to_string(i), 1000 + i);
    if (i == 4) check.faults = {{"hum", Severity::kLook, 0.8, {}, {}}, {"hum", Severity::kLook, 0.7, {}, {}}};
    workbook.record({check.path, ""}, check);
  }
  const auto of_last = [&](int most, const std::string& kind, const std::string& id,
                           const std::string& said) {
    for (const FindingCount& one : workbook.findings_of_last(most).counts)
      if (one.kind == kind && one.id == id && one.said == said) return one.checks;
    return 0;
  };
  EXPECT_EQ(workbook.findings_of_last(3).checks, 3);
  EXPECT_EQ(workbook.findings_of_last(100).checks, 5);
  EXPECT_EQ(of_last(3, "item", "mono-compatibility", "look"), 3);
  EXPECT_EQ(of_last(3, "fault", "boxy", "fix"), 2);
  EXPECT_EQ(of_last(3, "fault", "hum", "look"), 1);  // said twice of one song
  EXPECT_EQ(of_last(9, "word", "boxy", "excess"), 5);
  EXPECT_EQ(of_last(9, "item", "mono-compatibility", "fix"), 0);
}

TEST_F(WorkbookTest, text_is_never_sql) {
  Workbook workbook = Workbook::create(file());
  const std::string evil = "'; DROP TABLE checks; --";
  CheckRecord check = a_check(evil, evil, 1000);
  check.faults[0].id = evil;
  check.target = evil;
  workbook.record({evil, evil}, check);
  workbook.record({std::string("/a\0b\xff", 5), "\"; DELETE FROM songs"}, a_check("x", "/y", 2000));
  EXPECT_EQ(workbook.songs().size(), 2U);
  const auto read = workbook.last_check(workbook.song({"", evil})->id);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->faults[0].id, evil);
  EXPECT_EQ(read->target, evil);
}

TEST_F(WorkbookTest, values_that_are_no_numbers_are_unknown) {
  Workbook workbook = Workbook::create(file());
  CheckRecord check = a_check("v", "/a", 1000);
  check.readings.true_dbtp = -INFINITY;
  check.readings.plr_db = NAN;
  check.findings[0].evidence[0].distance = INFINITY;
  workbook.record({"/a", ""}, check);
  const auto read = workbook.last_check(workbook.song({"/a", ""})->id);
  EXPECT_FALSE(read->readings.true_dbtp);
  EXPECT_FALSE(read->readings.plr_db);
  EXPECT_FALSE(read->findings[0].evidence[0].distance);
}

TEST_F(WorkbookTest, old_versions_lose_their_findings_first) {
  Workbook workbook = Workbook::create(file());
  for (int i = 0; i < kMostDetailed + 3; ++i)
    workbook.record({"/a", ""}, a_check("v" + std::to_string(i), "/a", 1000 + i));
  const auto versions = workbook.versions(workbook.song({"/a", ""})->id);
  ASSERT_EQ(versions.size(), static_cast<std::size_t>(kMostDetailed + 3));
  EXPECT_TRUE(versions[2].findings.empty());
  EXPECT_TRUE(versions[2].faults.empty());
  EXPECT_TRUE(versions[2].readings.integrated_lufs);
  EXPECT_FALSE(versions[3].findings.empty());
}

TEST_F(WorkbookTest, stays_within_its_bounds) {
  {
    // As if so many songs had been checked: one below the limit.
    const Database database = create_workbook(file());
    database.run("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " +
                 std::to_string(kMostChecks) + ") INSERT INTO songs SELECT i, NULL FROM n");
    database.run("INSERT INTO versions SELECT id, 'v' || id, id FROM songs");
    database.run("INSERT INTO paths SELECT '/' || id, id FROM songs");
    database.run(
        "INSERT INTO checks SELECT id, id, id, '/' || id, id, 'mix', '', '', 1, 1, 1, 1, 1, 1 FROM songs");
  }
  Workbook workbook = Workbook::open(file());
  workbook.record({"/new", ""}, a_check("new", "/new", 99999));
  workbook.record({"/new", ""}, a_check("newer", "/new", 99999));
  const Database database = open_workbook(file());
  const auto count = [&](const std::string& table) {
    Statement rows(database, "SELECT count(*) FROM " + table);
    rows.step();
    return rows.integer(0);
  };
  EXPECT_EQ(count("checks"), kMostChecks);
  EXPECT_EQ(count("songs"), kMostChecks - 1);  // the new one has two
  EXPECT_EQ(count("paths"), kMostChecks - 1);
  EXPECT_EQ(count("versions"), kMostChecks);
  EXPECT_EQ(count("findings"), 2);
}

void expect_refused(const std::filesystem::path& file, const std::string& says) {
  try {
    Workbook::create(file);
    FAIL() << "was opened";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find(says), std::string::npos) << error.what();
  }
}

TEST_F(WorkbookTest, what_is_no_workbook_is_refused_and_left_alone) {
  std::filesystem::create_directories(file().parent_path());
  const std::string text(5000, 'x');
  std::ofstream(file()) << text;
  expect_refused(file(), "damaged");
  std::ifstream in(file());
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(in), {}), text);
}

TEST_F(WorkbookTest, another_programs_database_is_refused) {
  std::filesystem::create_directories(file().parent_path());
  std::ofstream(file()).flush();
  Database(file()).run("CREATE TABLE bookmarks (url TEXT)");
  expect_refused(file(), "another program");
}

TEST_F(WorkbookTest, a_database_with_anything_added_is_refused) {
  create_workbook(file()).run(
      "CREATE VIEW evil AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT * FROM n");
  expect_refused(file(), "another program");
}

TEST_F(WorkbookTest, a_newer_schema_is_refused) {
  create_workbook(file()).run("PRAGMA user_version = 3");
  expect_refused(file(), "newer version");
}

TEST_F(WorkbookTest, a_folder_in_its_place_is_refused) {
  std::filesystem::create_directories(file());
  expect_refused(file(), "plain file");
}

TEST_F(WorkbookTest, a_torn_database_is_refused_when_it_is_read) {
  {
    Workbook workbook = Workbook::create(file());
    for (int i = 0; i < 40; ++i)
      workbook.record({"/" + std::to_string(i), ""}, a_check("v" + std::to_string(i), "/", i));
  }
  std::fstream torn(file(), std::ios::in | std::ios::out | std::ios::binary);
  torn.seekp(4096);
  torn << std::string(20000, '\xA5') << std::flush;
  EXPECT_THROW(
      {
        const Workbook workbook = Workbook::open(file());
        for (const SongSummary& song : workbook.songs()) workbook.last_check(song.id);
      },
      Error);
}

TEST_F(WorkbookTest, an_empty_file_is_a_workbook_that_was_never_begun) {
  std::filesystem::create_directories(file().parent_path());
  std::ofstream(file()).flush();
  EXPECT_TRUE(Workbook::open(file()).songs().empty());
}

TEST_F(WorkbookTest, several_writers_at_once_lose_nothing) {
  constexpr int kWriters = 4;
  constexpr int kEach = 10;
  std::vector<std::thread> writers;
  for (int w = 0; w < kWriters; ++w)
    writers.emplace_back([&, w] {
      for (int i = 0; i < kEach; ++i) {
        const std::string id = std::to_string(w) + "-" + std::to_string(i);
        Workbook::create(file()).record({"/" + id, ""}, a_check(id, "/" + id, i));
      }
    });
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(Workbook::open(file()).songs().size(), static_cast<std::size_t>(kWriters * kEach));
}

}  // namespace
}  // namespace lacquer
