#include "app/history.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <thread>

#include "app/moment.h"
#include "app/song_history.h"
#include "support/temporary_folder.h"

namespace lacquer {
namespace {

constexpr std::int64_t kHourMs = 3'600'000;

// An environment variable for the length of a test; empty: unset.
class Surroundings {
 public:
  Surroundings(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  Surroundings(const Surroundings&) = delete;
  Surroundings& operator=(const Surroundings&) = delete;
  ~Surroundings() { set(before_); }

 private:
  void set(const std::string& value) {
    if (value.empty())
      ::unsetenv(name_);
    else
      ::setenv(name_, value.c_str(), 1);
  }
  const char* name_;
  std::string before_;
};

TEST(DataFolder, follows_the_surroundings_in_order) {
  const Surroundings home("HOME", "/home/anyone");
  {
    const Surroundings lacquer("LACQUER_DATA", "/data");
    const Surroundings data("XDG_DATA_HOME", "/xdg");
    EXPECT_EQ(data_folder(), "/data");
  }
  const Surroundings lacquer("LACQUER_DATA", "");
  {
    const Surroundings data("XDG_DATA_HOME", "/xdg");
    EXPECT_EQ(data_folder(), "/xdg/lacquer");
  }
  {
    const Surroundings data("XDG_DATA_HOME", "relative");
    EXPECT_EQ(data_folder(), "/home/anyone/.local/share/lacquer");
  }
  const Surroundings data("XDG_DATA_HOME", "");
  EXPECT_EQ(data_folder(), "/home/anyone/.local/share/lacquer");
  const Surroundings nobody("HOME", "");
  EXPECT_THROW(data_folder(), Error);
}

TEST(Moment, is_written_for_people_and_programs) {
  const Surroundings zone("TZ", "UTC");
  ::tzset();
  const std::int64_t now = 1'795'356'605'000;  // Sunday, 2026-11-22 14:10:05 UTC
  EXPECT_EQ(iso_time(now), "2026-11-22T14:10:05Z");
  EXPECT_EQ(told_time(now - 2 * kHourMs, now), "today 12:10");
  EXPECT_EQ(told_time(now - 20 * kHourMs, now), "Saturday 18:10");
  EXPECT_EQ(told_time(now - 5 * 24 * kHourMs, now), "Tuesday 14:10");
  EXPECT_EQ(told_time(now - 6 * 24 * kHourMs, now), "2026-11-16 14:10");
  EXPECT_EQ(told_time(now + kHourMs, now), "2026-11-22 15:10");
  EXPECT_EQ(iso_time(INT64_MAX), "");
  EXPECT_EQ(iso_time(-1'000'000'000'000), "");
}

class HistoryTest : public ::testing::Test {
 protected:
  std::filesystem::path file() const { return folder_.path() / "data" / "workbook.sqlite"; }
  History history() {
    return {file(), [this] { return now_ms_; },
            [this](const std::string&, const std::string& why) { warnings_.push_back(why); }};
  }
  static CheckRecord version(const std::string& sha256, double loudness_lufs = -14.0) {
    CheckRecord check;
    check.sha256 = sha256;
    check.readings.integrated_lufs = loudness_lufs;
    return check;
  }

  test::TemporaryFolder folder_;
  std::int64_t now_ms_ = 1'000'000'000'000;
  std::vector<std::string> warnings_;
};

TEST_F(HistoryTest, tells_how_many_hours_ago) {
  History history = this->history();
  history.remember({"/a", ""}, version("v1"));
  now_ms_ += 5 * kHourMs;
  const auto past = history.recall({"/a", ""}, "v1");
  ASSERT_TRUE(past);
  EXPECT_DOUBLE_EQ(past->this_version_first_seen_h.value(), 5.0);
  EXPECT_DOUBLE_EQ(past->this_song_last_heard_h.value(), 5.0);
  EXPECT_EQ(past->versions, 1);
  EXPECT_FALSE(history.recall({"/a", ""}, "v2")->this_version_first_seen_h);
}

TEST_F(HistoryTest, asking_makes_no_file) {
  EXPECT_TRUE(history().recall({"/a", ""}, "v1"));
  EXPECT_FALSE(std::filesystem::exists(file().parent_path()));
}

TEST_F(HistoryTest, tells_what_changed_since_the_last_other_version) {
  History history = this->history();
  EXPECT_FALSE(history.remember({"/a", ""}, version("v1")));
  EXPECT_FALSE(history.remember({"/a", ""}, version("v1")));
  const auto since = history.remember({"/a", ""}, version("v2", -12.0));
  ASSERT_TRUE(since);
  EXPECT_EQ(since->checked_ms, now_ms_);
  EXPECT_EQ(changes_text(since->changes, 9), "loudness \u221214.0 \u2192 \u221212.0 LUFS");
}

TEST_F(HistoryTest, trouble_is_told_once_and_nothing_is_known_from_then_on) {
  std::filesystem::create_directories(file());
  History history = this->history();
  EXPECT_FALSE(history.recall({"/a", ""}, "v1"));
  EXPECT_FALSE(history.remember({"/a", ""}, version("v1")));
  EXPECT_FALSE(history.recall({"/a", ""}, "v1"));
  ASSERT_EQ(warnings_.size(), 1U);
  EXPECT_NE(warnings_[0].find("goes on without it"), std::string::npos);
}

TEST_F(HistoryTest, that_is_off_touches_nothing) {
  History off;
  EXPECT_FALSE(off.recall({"/a", ""}, "v1"));
  EXPECT_FALSE(off.remember({"/a", ""}, version("v1")));
  off.remember({"/a", ""}, MasterRecord{});
}

TEST_F(HistoryTest, what_the_user_says_needs_no_history) {
  const PastRequest request{nullptr, "", 14.0};
  EXPECT_EQ(recall(request, "/a", "").value().rested_h, 14.0);
  EXPECT_FALSE(recall({}, "/a", ""));
}

TEST_F(HistoryTest, may_be_used_by_several_threads) {
  History history = this->history();
  std::vector<std::thread> threads;
  for (int t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 5; ++i) {
        const std::string id = std::to_string(t * 10 + i);
        history.recall({"/" + id, ""}, id);
        history.remember({"/" + id, ""}, version(id));
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_TRUE(warnings_.empty());
  EXPECT_EQ(known_songs(file()).size(), 15U);
}

TEST_F(HistoryTest, a_link_and_its_file_are_one_song) {
  const auto real = folder_.path() / "real.wav";
  std::ofstream(real).put('x');
  std::filesystem::create_symlink(real, folder_.path() / "link.wav");
  EXPECT_EQ(known_path(folder_.path() / "link.wav"), known_path(real));
  EXPECT_EQ(known_path(folder_.path() / "." / "gone.wav"), known_path(folder_.path() / "gone.wav"));
}

}  // namespace
}  // namespace lacquer
