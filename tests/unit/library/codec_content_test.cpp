#include "library/codec_content.h"

#include <gtest/gtest.h>

#include "core/error.h"
#include "library/content.h"

namespace lacquer {
namespace {

std::string complaint(const std::string& text) {
  try {
    parse_codecs("schema = 1\n" + text, "codecs.toml");
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

TEST(CodecContent, every_delivery_is_one_that_a_platform_sends) {
  const auto platforms = load_platforms();
  const auto codecs = load_codecs();
  EXPECT_EQ(codecs.size(), 9U);
  for (const PlatformCodec& codec : codecs) {
    const bool sent = std::any_of(platforms.begin(), platforms.end(), [&](const PlatformRule& rule) {
      return std::find(rule.codecs.begin(), rule.codecs.end(), codec) != rule.codecs.end();
    });
    EXPECT_TRUE(sent) << codec.codec << " " << *codec.bitrate_kbps;
  }
}

TEST(CodecContent, what_is_wrong_is_named_with_its_line_and_field) {
  EXPECT_NE(complaint("[[delivery]]\ncodec = \"wax\"\nbitrate_kbps = 96\n").find("codecs.toml:3"),
            std::string::npos);
  EXPECT_NE(complaint("[[delivery]]\ncodec = \"mp3\"\nbitrate_kbps = 0\n").find("bitrate_kbps"),
            std::string::npos);
  EXPECT_NE(complaint("[[delivery]]\ncodec = \"mp3\"\n").find("bitrate_kbps"), std::string::npos);
  EXPECT_NE(complaint("[[delivery]]\ncodec = \"mp3\"\nbitrate_kbps = 96\nspeed = 1\n").find("speed"),
            std::string::npos);
  const std::string one = "[[delivery]]\ncodec = \"mp3\"\nbitrate_kbps = 96\n";
  EXPECT_EQ(complaint(one), "");
  EXPECT_NE(complaint(one + one).find("twice"), std::string::npos);
}

}  // namespace
}  // namespace lacquer
