#include "app/check_lines.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

CheckedFile checked(const std::string& path, double lufs) {
  CheckedFile file;
  file.path = path;
  file.measurements.loudness.integrated_lufs = lufs;
  return file;
}

TEST(CheckLines, show_names_from_the_folder_that_all_files_share) {
  CheckLines lines({{"/album/disc/a.wav", {}}, {"/album/b.wav", {}}}, {});
  EXPECT_EQ(lines.add(checked("/album/disc/a.wav", -14.0)).find("disc/a.wav"), 0U);
  EXPECT_EQ(lines.add(checked("/album/b.wav", -14.0)).find("b.wav "), 0U);
}

TEST(CheckLines, keep_names_that_share_no_folder) {
  CheckLines lines({{"x/a.wav", {}}, {"y/a.wav", {}}}, {});
  EXPECT_EQ(lines.add(checked("x/a.wav", -14.0)).find("x/a.wav"), 0U);
}

TEST(CheckLines, count_what_failed) {
  CheckLines lines({{"a.wav", {}}, {"b.wav", {}}}, {});
  lines.add(checked("a.wav", -14.0));
  EXPECT_NE(lines.summary(1).find("2 files: 1 could not be checked."), std::string::npos);
}

}  // namespace
}  // namespace lacquer
