#include "decisions/picture.h"

#include <gtest/gtest.h>

#include <string>

namespace lacquer {
namespace {

std::string two(int value) { return {static_cast<char>(value >> 8), static_cast<char>(value & 0xFF)}; }
std::string four(int value) { return two(value >> 16) + two(value & 0xFFFF); }

// Checksums are not looked at: a header is read, no picture decoded.
std::string chunk(const std::string& kind, const std::string& bytes) {
  return four(static_cast<int>(bytes.size())) + kind + bytes + four(0);
}

std::string png(int width, int height, int type, const std::string& more = "") {
  return std::string("\x89PNG\r\n\x1a\n") +
         chunk("IHDR", four(width) + four(height) + std::string{8, static_cast<char>(type), 0, 0, 0}) + more +
         chunk("IDAT", "x") + chunk("IEND", "");
}

std::string segment(int marker, const std::string& bytes) {
  return std::string("\xFF") + static_cast<char>(marker) + two(static_cast<int>(bytes.size()) + 2) + bytes;
}

std::string jpeg(int width, int height, int components, int frame = 0xC0, const std::string& before = "") {
  std::string bytes = "\x08" + two(height) + two(width) + std::string(1, static_cast<char>(components)) +
                      std::string(static_cast<std::size_t>(components) * 3, '\x01');
  return "\xFF\xD8" + segment(0xE0, std::string("JFIF\0", 5)) + before + segment(frame, bytes) +
         segment(0xDA, "scan") + "data\xFF\xD9";
}

TEST(Picture, reads_size_and_colours_of_png) {
  const auto rgb = read_picture(png(3000, 2000, 2));
  ASSERT_TRUE(rgb);
  EXPECT_EQ(rgb->width_px, 3000);
  EXPECT_EQ(rgb->height_px, 2000);
  EXPECT_EQ(rgb->mode, ColourMode::kRgb);
  EXPECT_FALSE(rgb->transparent);
  EXPECT_EQ(read_picture(png(9, 9, 0))->mode, ColourMode::kGrey);
  EXPECT_EQ(read_picture(png(9, 9, 3))->mode, ColourMode::kPalette);
  EXPECT_TRUE(read_picture(png(9, 9, 6))->transparent);
  EXPECT_TRUE(read_picture(png(9, 9, 3, chunk("tRNS", "abc")))->transparent);
  EXPECT_FALSE(read_picture(png(9, 9, 3, chunk("tEXt", "tRNS")))->transparent);
}

TEST(Picture, reads_size_and_colours_of_jpeg_behind_large_profiles) {
  std::string profiles;
  for (int i = 0; i < 20; ++i) profiles += segment(0xE2, std::string(65'000, '\xFF'));
  for (const int frame : {0xC0, 0xC1, 0xC2}) {
    const auto picture = read_picture(jpeg(3001, 2999, 3, frame, profiles + segment(0xC4, "tables")));
    ASSERT_TRUE(picture) << frame;
    EXPECT_EQ(picture->width_px, 3001);
    EXPECT_EQ(picture->height_px, 2999);
    EXPECT_EQ(picture->mode, ColourMode::kRgb);
  }
  EXPECT_EQ(read_picture(jpeg(10, 10, 4))->mode, ColourMode::kCmyk);
  EXPECT_EQ(read_picture(jpeg(10, 10, 1))->mode, ColourMode::kGrey);
}

TEST(Picture, any_bytes_are_safe_and_no_beginning_of_a_picture_is_taken_for_more_than_it_says) {
  for (const std::string& whole : {jpeg(3000, 3000, 3), png(3000, 3000, 6)}) {
    for (std::size_t size = 0; size < whole.size(); ++size) {
      const auto picture = read_picture(whole.substr(0, size));
      if (picture) {
        EXPECT_EQ(picture->width_px, 3000);
      }
    }
    for (std::size_t at = 0; at < whole.size(); ++at)
      for (const char c : {'\0', '\xFF', '\x7F'}) {
        std::string wrong = whole;
        wrong[at] = c;
        (void)read_picture(wrong);
      }
  }
  for (const char* other : {"", "GIF89a", "RIFF....WEBP", "\xFF\xD8", "%PDF-1.4", "\x89PNG\r\n\x1a\n"})
    EXPECT_FALSE(read_picture(other)) << other;
  EXPECT_FALSE(read_picture(png(0, 10, 2))) << "no width";
  EXPECT_FALSE(read_picture(png(10, 10, 7))) << "no such colours";
}

TEST(Picture, a_copy_that_was_cut_off_is_noticed) {
  for (const std::string& whole : {jpeg(10, 10, 3), png(10, 10, 2)}) {
    const PictureFormat format = read_picture(whole)->format;
    EXPECT_TRUE(picture_is_whole(format, whole));
    EXPECT_TRUE(picture_is_whole(format, whole + "trailer")) << "bytes that a camera put behind";
    EXPECT_FALSE(picture_is_whole(format, whole.substr(0, whole.size() - 9)));
  }
}

}  // namespace
}  // namespace lacquer
