#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "audio_io/atomic_file.h"
#include "core/error.h"
#include "support/temporary_folder.h"

namespace lacquer {
namespace {

std::string content(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(Document, TakesTheOlderOnesPlaceAndAnEmptyFiles) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "report.pdf";
  write_document(file, "%PDF-1.5 first");
  write_document(file, "%PDF-1.7 second");
  EXPECT_EQ(content(file), "%PDF-1.7 second");
  std::ofstream(file, std::ios::trunc).close();
  write_document(file, "<!doctype html>");
  EXPECT_EQ(content(file), "<!doctype html>");
}

TEST(Document, LeavesEveryFileOfAnotherKindAsItIs) {
  const test::TemporaryFolder folder;
  const auto song = folder.path() / "song.wav";
  for (const std::string kept : {"RIFF....WAVEfmt ", "fLaC", "x", "<?xml version"}) {
    std::ofstream(song, std::ios::binary) << kept;
    EXPECT_THROW(write_document(song, "<!doctype html>"), Error) << kept;
    EXPECT_EQ(content(song), kept);
  }
}

}  // namespace
}  // namespace lacquer
