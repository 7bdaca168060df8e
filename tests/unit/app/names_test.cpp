#include "app/names.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>

#include "support/temporary_folder.h"

namespace lacquer {
namespace {

// What a POSIX shell makes of the word.
std::string through_shell(const std::string& word) {
  std::FILE* pipe = ::popen(("printf %s " + word).c_str(), "r");
  std::string out;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) out += static_cast<char>(c);
  ::pclose(pipe);
  return out;
}

TEST(Names, TheMasterStandsBesideTheMix) {
  EXPECT_EQ(beside("songs/mix.wav", ".master.wav"), "songs/mix.master.wav");
  EXPECT_EQ(beside("song.v2.wav", ".master.wav"), "song.v2.master.wav");
  EXPECT_EQ(beside("noending", ".master.wav"), "noending.master.wav");
}

TEST(Names, ATakenNameGetsTheFirstFreeNumber) {
  const test::TemporaryFolder folder;
  const auto wanted = folder.path() / "a.master.wav";
  EXPECT_EQ(free_name(wanted), wanted);
  std::ofstream(wanted) << "x";
  std::ofstream(folder.path() / "a.master-2.wav") << "x";
  EXPECT_EQ(free_name(wanted), folder.path() / "a.master-3.wav");
}

TEST(Names, ADanglingLinkTakesItsName) {
  const test::TemporaryFolder folder;
  const auto wanted = folder.path() / "a.wav";
  std::filesystem::create_symlink("nowhere", wanted);
  EXPECT_EQ(free_name(wanted), folder.path() / "a-2.wav");
}

TEST(Names, AShellReadsEveryWordBackAsItWas) {
  for (const std::string word :
       {"plain.wav", "two words", "it's \"quoted\"", "$HOME `id` \\n %s", "new\nline", "bell\x07 esc\x1b[31m",
        "\xFFraw\xC3", "Größe", "-option", "", "'", "a\n"})
    EXPECT_EQ(through_shell(shell_word(word)), word);
}

TEST(Names, AShellWordCannotMoveTheCursor) {
  EXPECT_EQ(shell_word("a\x1b[2J").find('\x1b'), std::string::npos);
  EXPECT_EQ(shell_word("\xFF").find('\xFF'), std::string::npos);
  EXPECT_EQ(shell_word("plain-1.wav"), "plain-1.wav");
}

}  // namespace
}  // namespace lacquer
