#include "audio_io/tags.h"

#include <gtest/gtest.h>

#include <cstring>

#include "audio_io/open.h"
#include "files.h"

namespace lacquer {
namespace {

using namespace test;

Tags some_tags() {
  Tags tags;
  tags.fields["TITLE"] = {"Łódź – a “title”"};
  tags.fields["ARTIST"] = {"Somebody"};
  tags.fields["ALBUM"] = {"Demos"};
  tags.fields["TRACKNUMBER"] = {"3"};
  tags.fields["ISRC"] = {"QZABC2500001"};
  tags.cover = Picture{"image/png", "front", 3, std::string("\x89PNG\0\1\2\3", 8) + std::string(300000, 'p')};
  BroadcastInfo broadcast;
  broadcast.description = "Reel 4";
  broadcast.originator = "Desk";
  broadcast.origination_date = "2024-05-06";
  broadcast.origination_time = "07:08:09";
  broadcast.time_reference_s = 3600.0;
  broadcast.coding_history = "A=PCM,F=96000,W=24,M=stereo,T=tape\r\n";
  tags.broadcast = broadcast;
  return tags;
}

WriteSettings settings(FileFormat format, Tags tags) {
  WriteSettings made;
  made.format = format;
  made.tags = std::move(tags);
  return made;
}

TEST(Tags, FlacAndAiffCarryEveryFieldAndThePicture) {
  const TemporaryFolder folder;
  for (const FileFormat format : {FileFormat::flac, FileFormat::aiff}) {
    const Tags tags = some_tags();
    const auto path = folder / std::to_string(static_cast<int>(format));
    write_audio(path, noise(2, 20000, 24), settings(format, tags));
    const Tags read = read_tags(path);
    EXPECT_EQ(read.fields, tags.fields);
    ASSERT_TRUE(read.cover);
    EXPECT_EQ(read.cover->bytes, tags.cover->bytes);
    EXPECT_EQ(read.cover->mime_type, "image/png");
    const auto source = open_audio(path);
    EXPECT_TRUE(same_samples(read_all(*source), noise(2, 20000, 24)));
    EXPECT_FALSE(source->info().truncated);
  }
}

TEST(Tags, AWavCarriesItsTagsInFrontOfTheAudio) {
  const TemporaryFolder folder;
  const Tags tags = some_tags();
  const auto path = write_audio(folder / "a.wav", noise(2, 20000, 24), settings(FileFormat::wav, tags));
  const Tags read = read_tags(path);
  EXPECT_EQ(read.fields.at("TITLE"), tags.fields.at("TITLE"));
  EXPECT_EQ(read.fields.at("ARTIST"), tags.fields.at("ARTIST"));
  ASSERT_TRUE(read.broadcast);
  EXPECT_EQ(read.broadcast->description, "Reel 4");
  EXPECT_EQ(read.broadcast->origination_date, "2024-05-06");
  EXPECT_DOUBLE_EQ(read.broadcast->time_reference_s, 3600.0);
  EXPECT_EQ(read.broadcast->coding_history.find("A=PCM,F=96000"), 0U);
  const std::string bytes = bytes_of(path);
  const std::size_t data = bytes.find("data");
  EXPECT_LT(bytes.find("LIST"), data);
  EXPECT_LT(bytes.find("bext"), data);
  EXPECT_EQ(bytes.size(), data + 8 + 20000 * 6);
  EXPECT_FALSE(open_audio(path)->info().extensible_header);
  EXPECT_TRUE(same_samples(read_all(*open_audio(path)), noise(2, 20000, 24)));
}

TEST(Tags, LoudnessOfTheMixIsNotTheMasters) {
  const TemporaryFolder folder;
  Tags tags = some_tags();
  for (const char* name : {"REPLAYGAIN_TRACK_GAIN", "REPLAYGAIN_TRACK_PEAK", "R128_TRACK_GAIN", "ITUNNORM",
                           "COMMENT:ITUNNORM", "ENCODER"})
    tags.fields[name] = {"-6.00 dB"};
  for (const FileFormat format : {FileFormat::flac, FileFormat::aiff}) {
    const auto path = folder / std::to_string(static_cast<int>(format));
    write_audio(path, noise(2, 2000, 24), settings(format, tags));
    EXPECT_NE(bytes_of(path).find("-6.00 dB"), std::string::npos) << "the test file lacks what it is about";
    EXPECT_EQ(read_tags(path).fields, some_tags().fields);
  }
}

TEST(Tags, HostileTagsAreBounded) {
  const TemporaryFolder folder;
  Tags tags;
  tags.fields["TITLE"] = {std::string(100000, 'x')};
  for (int i = 0; i < 500; ++i) tags.fields["FIELD" + std::to_string(i)] = {"v"};
  tags.cover = Picture{"image/png", "", 3, std::string((16U << 20U) + 1, 'p')};
  const auto path = folder / "a.flac";
  // The cover is too large to be read back, and so is said not to have arrived.
  EXPECT_ANY_THROW(write_audio(path, noise(2, 2000, 24), settings(FileFormat::flac, tags)));
  EXPECT_EQ(folder.entries(), 0U);
  tags.cover.reset();
  write_audio(path, noise(2, 2000, 24), settings(FileFormat::flac, tags));
  const Tags read = read_tags(path);
  std::size_t values = 0;
  for (const auto& [name, list] : read.fields) {
    values += list.size();
    for (const std::string& value : list) EXPECT_LE(value.size(), 4096U);
  }
  EXPECT_LE(values, 200U);
}

TEST(Tags, AFileOfRubbishHasNone) {
  const TemporaryFolder folder;
  put_bytes(folder / "a.mp3", std::string(5000, '\xff'));
  const Tags tags = read_tags(folder / "a.mp3");
  EXPECT_TRUE(tags.fields.empty());
  EXPECT_FALSE(tags.cover || tags.broadcast);
}

}  // namespace
}  // namespace lacquer
