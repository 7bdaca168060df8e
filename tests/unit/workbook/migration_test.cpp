#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <thread>

#include "core/error.h"
#include "support/temporary_folder.h"
#include "workbook/schema.h"
#include "workbook/tables.h"
#include "workbook/workbook.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A workbook as version 1 of the tables left it on a user's disk.
class MigrationTest : public ::testing::Test {
 protected:
  void SetUp() override { write_version_1(); }
  void write_version_1() const {
    for (const char* ending : {"", "-wal", "-shm"}) fs::remove(file().string() + ending);
    std::ofstream(file()).flush();
    Database(file()).run(read(fs::path(LACQUER_SOURCE_DIR) / "tests/unit/workbook/data/version_1.sql"));
  }
  fs::path file() const { return folder_.path() / "workbook.sqlite"; }
  fs::path backup() const { return workbook_backup(file(), 1); }

  std::int64_t count(const fs::path& database, const std::string& table) const {
    const Database opened(database);
    Statement rows(opened, "SELECT count(*) FROM " + table);
    return rows.step() ? rows.integer(0) : -1;
  }
  test::TemporaryFolder folder_;
};

constexpr std::array<std::pair<const char*, int>, 9> kKept = {{{"songs", 2},
                                                               {"paths", 3},
                                                               {"versions", 2},
                                                               {"checks", 2},
                                                               {"masters", 1},
                                                               {"findings", 24},
                                                               {"evidence", 91},
                                                               {"faults", 7},
                                                               {"words", 3}}};

TEST_F(MigrationTest, everything_of_version_1_is_kept) {
  Workbook workbook = Workbook::open(file());
  EXPECT_EQ(workbook.songs().size(), 2U);
  const auto blue = workbook.song({"", "Blue"});
  ASSERT_TRUE(blue);
  const auto check = workbook.last_check(blue->id);
  ASSERT_TRUE(check);
  EXPECT_EQ(check->findings.size(), 12U);
  workbook.add_answer({"three-anchors", 1, 1, "new"});
  for (const auto& [table, rows] : kKept) EXPECT_EQ(count(file(), table), rows) << table;
  EXPECT_EQ(Workbook::open(file()).answers().size(), 1U);
}

TEST_F(MigrationTest, a_copy_is_made_before_and_only_its_owner_may_read_it) {
  const mode_t before = ::umask(0);
  Workbook::open(file());
  ::umask(before);
  for (const auto& [table, rows] : kKept) EXPECT_EQ(count(backup(), table), rows) << table;
  const Database copy(backup());
  Statement version(copy, "PRAGMA user_version");
  ASSERT_TRUE(version.step());
  EXPECT_EQ(version.integer(0), 1);
  struct stat status = {};
  ASSERT_EQ(::stat(backup().c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
}

// A program that was killed leaves what it wrote last in the log, not in the file.
TEST_F(MigrationTest, the_copy_holds_what_still_lay_in_the_log) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    const Database database(file());
    database.run("PRAGMA journal_mode = WAL");
    database.run("INSERT INTO songs (name) VALUES ('Red')");
    ::raise(SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  ASSERT_GT(fs::file_size(file().string() + "-wal"), 0U);
  EXPECT_EQ(Workbook::open(file()).songs().size(), 3U);
  EXPECT_EQ(count(file(), "songs"), 3);
  EXPECT_EQ(count(backup(), "songs"), 3);
}

TEST_F(MigrationTest, a_new_or_current_workbook_makes_no_copy) {
  fs::remove(file());
  Workbook::create(file());
  Workbook::open(file());
  EXPECT_FALSE(fs::exists(backup()));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(MigrationTest, the_copy_put_back_migrates_again) {
  Workbook::open(file());
  fs::rename(backup(), file());
  EXPECT_EQ(Workbook::open(file()).songs().size(), 2U);
  EXPECT_TRUE(fs::exists(backup()));
}

TEST_F(MigrationTest, without_a_copy_nothing_is_changed) {
  fs::create_directories(backup() / "in the way");
  const std::string before = read(file());
  EXPECT_THROW(Workbook::open(file()), Error);
  EXPECT_EQ(read(file()), before);
}

TEST_F(MigrationTest, an_old_workbook_with_anything_added_is_refused_as_it_is) {
  Database(file()).run("CREATE TABLE bookmarks (url TEXT)");
  const std::string before = read(file());
  EXPECT_THROW(Workbook::open(file()), Error);
  EXPECT_EQ(read(file()), before);
  EXPECT_FALSE(fs::exists(backup()));
}

TEST_F(MigrationTest, tables_of_a_later_version_in_an_older_file_are_refused) {
  Workbook::open(file());
  Database(file()).run("PRAGMA user_version = 1");
  EXPECT_THROW(Workbook::open(file()), Error);
}

TEST_F(MigrationTest, several_at_once_migrate_it_once) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&, i] { Workbook::open(file()).add_note({0, i, "", "text"}); });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(Workbook::open(file()).notes().size(), 4U);
  EXPECT_EQ(count(backup(), "checks"), 2);
}

// Wherever in the copying and adding the process ends, the next one finds version 1 or version 2 with all
// data.
TEST_F(MigrationTest, a_kill_in_the_middle_loses_nothing) {
  for (int delay_us = 0; delay_us < 120'000; delay_us += 6'000) {
    write_version_1();
    fs::remove(backup());
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      Workbook::open(file());
      ::_exit(0);
    }
    ::usleep(static_cast<useconds_t>(delay_us));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    Workbook::open(file()).add_note({0, 1, "", "text"});
    for (const auto& [table, rows] : kKept) ASSERT_EQ(count(file(), table), rows) << table << delay_us;
    ASSERT_EQ(count(backup(), "checks"), 2) << delay_us;
  }
}

}  // namespace
}  // namespace lacquer
