#include "app/target.h"

#include <gtest/gtest.h>

#include <fstream>

#include "app/file_error.h"
#include "library/target_content.h"
#include "support/temporary_folder.h"

namespace lacquer {
namespace {

NamedRecord usable(const std::string& path) {
  NamedRecord record{path, {}};
  record.record.shape.emplace();
  record.record.shape->level_db.fill(0.0);
  return record;
}

NamedRecord silent(const std::string& path) {
  NamedRecord record{path, {}};
  record.record.unusable = UnusableRecord{UnusableRecord::Reason::kSilent, "it is silent"};
  return record;
}

TEST(Target, AFileNamesItsTarget) {
  const auto name = [](const std::string& file) {
    return make_target({usable("a.wav")}, file).learned.curve.name;
  };
  EXPECT_EQ(name("folder/My Records (2).toml"), "my-records-2");
  EXPECT_EQ(name("mine"), "mine");
  EXPECT_EQ(name("\xC3\x9C.toml"), "learned");
  EXPECT_EQ(name(std::string(200, 'a') + ".toml").size(), 64U);
}

TEST(Target, RecordsThatSayNothingAreListedButNotCounted) {
  const TargetFile target = make_target({usable("a.wav"), silent("b.wav")}, "t.toml");
  EXPECT_EQ(target.learned.curve.label, "Learned from 1 record");
  ASSERT_EQ(target.records.size(), 2U);
  EXPECT_TRUE(target.records[0].used);
  EXPECT_FALSE(target.records[1].used);
  EXPECT_THROW(make_target({silent("b.wav")}, "t.toml"), Error);
  EXPECT_THROW(make_target({}, "t.toml"), Error);
}

TEST(Target, WhatIsWrittenCanBeNamed) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "mine.toml";
  const TargetFile target = make_target({usable("a.wav")}, file);
  EXPECT_EQ(write_target_file(target, file, false), file);
  EXPECT_EQ(write_target_file(target, file, false), folder.path() / "mine-2.toml");
  const ChosenTarget told = told_target(file.string());
  EXPECT_EQ(told.origin, ChosenTarget::Origin::kLearned);
  EXPECT_EQ(told.curve.name, "mine");
  EXPECT_NE(told.why.find("mine.toml"), std::string::npos);
}

TEST(Target, ABuiltInTargetGoesByItsName) {
  const ChosenTarget told = told_target("acoustic");
  EXPECT_EQ(told.origin, ChosenTarget::Origin::kNamed);
  EXPECT_EQ(told.curve.name, "acoustic");
  EXPECT_TRUE(is_target("modern"));
  EXPECT_FALSE(is_target("loud"));
}

TEST(Target, ARecordIsNeverWrittenOver) {
  const test::TemporaryFolder folder;
  const auto record = folder.path() / "a.wav";
  std::ofstream(record) << "audio";
  EXPECT_THROW(write_target_file(make_target({usable(record.string())}, record), record, true), FileError);
}

TEST(Target, WhatIsNoTargetIsRefusedBeforeItCanDoHarm) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "t.toml";
  const auto refusal = [&](const std::string& text) -> std::string {
    std::ofstream(file, std::ios::trunc) << text;
    try {
      told_target(file.string());
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  // The parser nests as deep as a key is long.
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "a.";
  EXPECT_NE(refusal(deep + "a = 1"), "");
  EXPECT_NE(refusal(std::string(2U << 20U, '#')), "");
  EXPECT_NE(refusal("schema = 1\nname = 3").find("t.toml:2: name: "), std::string::npos);
  EXPECT_THROW(told_target((folder.path() / "none.toml").string()), FileError);
  EXPECT_THROW(told_target(folder.path().string()), FileError);
}

}  // namespace
}  // namespace lacquer
