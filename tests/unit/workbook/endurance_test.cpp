#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "core/error.h"
#include "support/temporary_folder.h"
#include "workbook/schema.h"
#include "workbook/workbook.h"

// What a disk and other processes do to a workbook.

namespace lacquer {
namespace {

namespace fs = std::filesystem;

constexpr uid_t kNobody = 65534;

class EnduranceTest : public ::testing::Test {
 protected:
  fs::path file() const { return folder_.path() / "workbook.sqlite"; }
  std::string bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  test::TemporaryFolder folder_;
};

// The wait status of a process of its own that does `work`; 0 when it came to its end.
pid_t begin(const std::function<void()>& work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  try {
    work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    ::_exit(1);
  }
  ::_exit(0);
}

int end_of(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

// What `work` is refused with; throws, which a child process turns into its failure, when it is not refused.
std::string refusal(const std::function<void()>& work) {
  try {
    work();
  } catch (const Error& error) {
    return error.what();
  }
  throw std::runtime_error("nothing was refused");
}

void require(bool holds, const std::string& what) {
  if (!holds) throw std::runtime_error("does not hold: " + what);
}

TEST_F(EnduranceTest, what_was_said_to_be_kept_survives_a_kill_at_any_moment) {
  Workbook::create(file());
  std::int64_t promised = 0;
  for (int round = 0; round < 12; ++round) {
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const pid_t child = begin([&] {
      Workbook workbook = Workbook::open(file());
      for (std::int64_t i = promised + 1;; ++i) {
        workbook.add_answer({"a", 1, i, std::string(20'000, 'x')});
        if (::write(pipe_ends[1], &i, sizeof i) != sizeof i) ::_exit(2);
      }
    });
    ::close(pipe_ends[1]);
    ::usleep(static_cast<useconds_t>(20'000 + 3'700 * round));
    ::kill(child, SIGKILL);
    EXPECT_EQ(end_of(child), SIGKILL);
    for (std::int64_t i = 0; ::read(pipe_ends[0], &i, sizeof i) == sizeof i;) promised = i;
    ::close(pipe_ends[0]);
    const std::vector<Answer> answers = Workbook::open(file()).answers();
    // One more may have been written than the child came to say.
    ASSERT_GE(answers.size(), static_cast<std::size_t>(promised));
    ASSERT_LE(answers.size(), static_cast<std::size_t>(promised) + 1);
    promised = static_cast<std::int64_t>(answers.size());
  }
  EXPECT_GT(promised, 0);
}

TEST_F(EnduranceTest, two_processes_at_once_lose_nothing) {
  Workbook::create(file());
  std::vector<pid_t> children;
  for (int process = 0; process < 2; ++process)
    children.push_back(begin([&] {
      Workbook workbook = Workbook::open(file());
      for (int i = 0; i < 20; ++i) {
        workbook.add_note({0, process, "", std::to_string(i)});
        require(!workbook.notes().empty(), "notes can be read in between");
      }
    }));
  for (const pid_t child : children) EXPECT_EQ(end_of(child), 0);
  EXPECT_EQ(Workbook::open(file()).notes().size(), 40U);
}

// The superuser may write anywhere: a process of somebody else tries it.
TEST_F(EnduranceTest, what_may_only_be_read_is_read_and_never_changed) {
  Workbook::create(file()).add_note({0, 1, "", "text"});
  const std::string before = bytes();
  ::chmod(file().c_str(), 0444);
  ::chmod(folder_.path().c_str(), 0555);
  EXPECT_EQ(end_of(begin([&] {
              if (::geteuid() == 0) require(::setuid(kNobody) == 0, "another user");
              Workbook workbook = Workbook::open(file());
              require(workbook.notes().size() == 1, "it can be read");
              const std::string says = refusal([&] { workbook.add_note({0, 2, "", "more"}); });
              require(says.find("cannot be written") != std::string::npos, says);
            })),
            0);
  ::chmod(folder_.path().c_str(), 0700);
  EXPECT_EQ(bytes(), before);
}

TEST_F(EnduranceTest, a_file_that_may_be_written_in_a_folder_that_may_not_is_never_changed) {
  Workbook::create(file()).add_note({0, 1, "", "text"});
  const std::string before = bytes();
  ::chmod(file().c_str(), 0666);
  ::chmod(folder_.path().c_str(), 0555);
  EXPECT_EQ(end_of(begin([&] {
              if (::geteuid() == 0) require(::setuid(kNobody) == 0, "another user");
              Workbook workbook = Workbook::open(file());
              refusal([&] { workbook.add_note({0, 2, "", "more"}); });  // there is no room for a journal
            })),
            0);
  ::chmod(folder_.path().c_str(), 0700);
  EXPECT_EQ(bytes(), before);
}

// SQLite says the same of a file at its own limit as of a full disk.
TEST_F(EnduranceTest, a_full_disk_keeps_what_was_there_and_says_so) {
  std::size_t kept = 0;
  {
    Database database = create_workbook(file());
    database.run("PRAGMA max_page_count = 60");
    Workbook workbook{std::move(database)};
    const std::string says = refusal([&] {
      for (;; ++kept) workbook.add_note({0, 1, "", std::string(20'000, 'x')});
    });
    EXPECT_NE(says.find("the disk is full"), std::string::npos) << says;
    EXPECT_EQ(workbook.notes().size(), kept);
  }
  EXPECT_GT(kept, 0U);
  Workbook again = Workbook::open(file());
  EXPECT_EQ(again.notes().size(), kept);
  again.add_note({0, 1, "", std::string(20'000, 'x')});  // there is room now
}

TEST_F(EnduranceTest, a_disk_that_stops_in_the_middle_of_writing_keeps_what_was_there) {
  Workbook::create(file()).add_note({0, 1, "", "text"});
  EXPECT_EQ(end_of(begin([&] {
              ::signal(SIGXFSZ, SIG_IGN);
              const rlim_t most = fs::file_size(file()) + 4096;
              const struct rlimit limit = {most, most};
              require(::setrlimit(RLIMIT_FSIZE, &limit) == 0, "a limit");
              Workbook workbook = Workbook::open(file());
              refusal([&] { workbook.add_note({0, 2, "", std::string(90'000, 'x')}); });
              require(workbook.notes().size() == 1, "the same process can still read it");
            })),
            0);
  EXPECT_EQ(Workbook::open(file()).notes().size(), 1U);
}

TEST_F(EnduranceTest, it_keeps_a_log_and_one_of_an_earlier_version_gets_it) {
  const auto mode = [&](const Database& database) {
    Statement asked(database, "PRAGMA journal_mode");
    return asked.step() ? asked.text(0) : "";
  };
  Workbook::create(file());
  EXPECT_EQ(mode(Database(file())), "wal");
  Database(file()).run("PRAGMA journal_mode = DELETE");
  EXPECT_EQ(mode(Database(file())), "delete");
  Workbook::open(file());
  EXPECT_EQ(mode(Database(file())), "wal");
  // With nothing at work there is one file to copy or to delete.
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path()), fs::directory_iterator()), 1);
}

TEST_F(EnduranceTest, a_reader_and_a_writer_do_not_wait_for_each_other) {
  Workbook::create(file()).add_note({0, 1, "", "text"});
  const Database writer(file());
  const Transaction writing(writer);
  writer.run("DELETE FROM notes");
  EXPECT_EQ(Workbook::open(file()).notes().size(), 1U);
}

// What a killed program left in the log is read along, also where the log can be made into nothing.
TEST_F(EnduranceTest, the_log_of_a_killed_program_is_read_where_nothing_may_be_written) {
  Workbook::create(file());
  EXPECT_EQ(end_of(begin([&] {
              Workbook workbook = Workbook::open(file());
              workbook.add_note({0, 1, "", "text"});
              ::raise(SIGKILL);
            })),
            SIGKILL);
  ASSERT_GT(fs::file_size(file().string() + "-wal"), 0U);
  for (const char* ending : {"", "-wal", "-shm"}) ::chmod((file().string() + ending).c_str(), 0444);
  ::chmod(folder_.path().c_str(), 0555);
  EXPECT_EQ(end_of(begin([&] {
              if (::geteuid() == 0) require(::setuid(kNobody) == 0, "another user");
              require(Workbook::open(file()).notes().size() == 1, "it is read");
            })),
            0);
  // Where the log itself may not be read, old notes are not shown for new ones.
  ::chmod((file().string() + "-wal").c_str(), 0000);
  EXPECT_EQ(end_of(begin([&] {
              if (::geteuid() == 0) require(::setuid(kNobody) == 0, "another user");
              const std::string says = refusal([&] { Workbook::open(file()); });
              require(says.find("check the permissions") != std::string::npos, says);
            })),
            0);
  ::chmod(folder_.path().c_str(), 0700);
}

TEST_F(EnduranceTest, a_disk_without_room_for_a_byte_is_still_read) {
  const fs::path odd = folder_.path() / "100% #1?.sqlite";  // as an address it would need care
  Workbook::create(odd).add_note({0, 1, "", "text"});
  EXPECT_EQ(end_of(begin([&] {
              ::signal(SIGXFSZ, SIG_IGN);
              const struct rlimit none = {0, 0};
              require(::setrlimit(RLIMIT_FSIZE, &none) == 0, "a limit");
              Workbook workbook = Workbook::open(odd);
              require(workbook.notes().size() == 1, "it is read");
              refusal([&] { workbook.add_note({0, 2, "", "more"}); });
            })),
            0);
  EXPECT_EQ(Workbook::open(odd).notes().size(), 1U);
}

TEST_F(EnduranceTest, damage_is_met_on_opening) {
  {
    Workbook workbook = Workbook::create(file());
    for (int i = 0; i < 40; ++i) workbook.add_note({0, i, "", std::string(2'000, 'x')});
  }
  const auto size = static_cast<std::streamoff>(fs::file_size(file()));
  {
    std::fstream torn(file(), std::ios::in | std::ios::out | std::ios::binary);
    torn.seekp(size / 8192 * 4096);
    torn << std::string(4096, '\xA5') << std::flush;
  }
  const std::string says = refusal([&] { Workbook::open(file()); });
  EXPECT_NE(says.find("damaged"), std::string::npos) << says;
}

}  // namespace
}  // namespace lacquer
