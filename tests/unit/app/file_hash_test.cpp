#include "app/file_hash.h"

#include <gtest/gtest.h>

#include <fstream>

#include "audio_io/hash.h"
#include "core/error.h"
#include "support/temporary_folder.h"

namespace lacquer {
namespace {

TEST(FileHash, is_the_sum_that_the_standard_gives) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "abc";
  std::ofstream(file) << "abc";
  // FIPS 180-4, first example.
  EXPECT_EQ(FileHash(file).get(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(FileHash, of_more_than_one_block_does_not_depend_on_where_blocks_end) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "million";
  std::ofstream(file) << std::string(1'000'000, 'a');
  EXPECT_EQ(sha256_of_file(file), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(FileHash, stops_when_it_is_no_longer_wanted) {
  const test::TemporaryFolder folder;
  const auto file = folder.path() / "abc";
  std::ofstream(file) << "abc";
  EXPECT_THROW(sha256_of_file(file, [] { return false; }), Cancelled);
}

TEST(FileHash, of_a_file_that_is_not_there_is_an_error) {
  FileHash hash("/nothing/here.wav");
  EXPECT_THROW(hash.get(), Error);
}

}  // namespace
}  // namespace lacquer
