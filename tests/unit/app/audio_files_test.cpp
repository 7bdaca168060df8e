#include "app/audio_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_folder.h"

namespace lacquer {
namespace {

class AudioFiles : public ::testing::Test {
 protected:
  void make(const std::string& name) {
    const auto path = folder_.path() / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << "x";
  }
  std::vector<std::string> found(Masters masters = Masters::kKeep) {
    std::vector<std::string> names;
    for (const NamedFile& file : audio_files({folder_.path().string()}, masters))
      names.push_back(file.error ? "error: " + *file.error
                                 : file.path.lexically_relative(folder_.path()).string());
    return names;
  }
  test::TemporaryFolder folder_;
};

TEST_F(AudioFiles, AFolderStandsForTheAudioBelowItInOrder) {
  for (const char* name :
       {"b.WAV", "a.flac", "sub/c.mp3", "cover.jpg", "notes.txt", ".hidden.wav", ".git/d.wav"})
    make(name);
  EXPECT_EQ(found(), (std::vector<std::string>{"a.flac", "b.WAV", "sub/c.mp3"}));
}

TEST_F(AudioFiles, LinksToFoldersAreNotFollowed) {
  make("a.wav");
  std::filesystem::create_directory_symlink(folder_.path(), folder_.path() / "again");
  EXPECT_EQ(found(), (std::vector<std::string>{"a.wav"}));
}

TEST_F(AudioFiles, MastersAreLeftOutWhereMastersAreMade) {
  for (const char* name : {"a.wav", "a.master.wav", "a.master-2.wav", "a.master-x.wav", "b.mastered.wav"})
    make(name);
  EXPECT_EQ(found(Masters::kSkip), (std::vector<std::string>{"a.master-x.wav", "a.wav", "b.mastered.wav"}));
  EXPECT_EQ(found(Masters::kKeep).size(), 5U);
}

TEST_F(AudioFiles, PreviewsAreLeftOutWhereMastersAreMade) {
  for (const char* name : {"a.wav", "a.preview.wav", "a.preview-2.wav", "a.preview-a-mix.wav",
                           "a.preview-b-master.wav", "a.preview-of-b.wav"})
    make(name);
  EXPECT_EQ(found(Masters::kSkip), (std::vector<std::string>{"a.preview-of-b.wav", "a.wav"}));
}

TEST_F(AudioFiles, ASongKnowsWhenAnotherOneBesideItWasMastered) {
  for (const char* name : {"a.wav", "b.wav", "a.master.wav", "a.master-2.wav"}) make(name);
  EXPECT_FALSE(is_beside_another_master(folder_.path() / "a.wav")) << "that one is its own";
  EXPECT_TRUE(is_beside_another_master(folder_.path() / "b.wav"));
  EXPECT_FALSE(is_beside_another_master(folder_.path() / "none" / "c.wav"));
}

TEST_F(AudioFiles, AFolderWithoutAudioIsAnError) {
  make("notes.txt");
  ASSERT_EQ(found().size(), 1U);
  EXPECT_NE(found()[0].find("holds no audio files"), std::string::npos);
}

TEST_F(AudioFiles, FoldersWithoutEndAreAnError) {
  std::string deep;
  for (int i = 0; i < 40; ++i) deep += "d/";
  make(deep + "a.wav");
  EXPECT_NE(found()[0].find("more than 32 deep"), std::string::npos);
}

TEST_F(AudioFiles, AFileStandsForItselfEvenWhereThereIsNone) {
  const auto files = audio_files({"no such file.wav"}, Masters::kKeep);
  ASSERT_EQ(files.size(), 1U);
  EXPECT_EQ(files[0].path, "no such file.wav");
  EXPECT_FALSE(files[0].error);
}

}  // namespace
}  // namespace lacquer
