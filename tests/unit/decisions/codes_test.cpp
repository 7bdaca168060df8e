#include "decisions/codes.h"

#include <gtest/gtest.h>

namespace lacquer {
namespace {

// Published codes: the examples of the ISRC agencies and of GS1's own page.
TEST(Isrc, is_read_as_printed_or_stored_in_either_case) {
  for (const char* text :
       {"GBEMI0300013", "GB-EMI-03-00013", "ISRC GB-EMI-03-00013", "gbemi0300013", " GBEMI0300013 "}) {
    const CheckedCode code = check_isrc(text);
    EXPECT_EQ(code.problem, "") << text;
    EXPECT_EQ(code.code, "GBEMI0300013") << text;
  }
  EXPECT_EQ(check_isrc("FRZ039800212").problem, "") << "digits may stand in the registrant";
}

TEST(Isrc, tells_what_is_wrong_and_where) {
  EXPECT_EQ(check_isrc("GBEMI030001").problem, "an ISRC has 12 characters, this one 11");
  EXPECT_EQ(check_isrc("").problem, "an ISRC has 12 characters, this one 0");
  EXPECT_EQ(check_isrc("G1EMI0300013").problem, "character 2 must be a letter");
  EXPECT_EQ(check_isrc("GBEMI03O0013").problem,
            "character 8 must be a digit (the letter O is not the digit 0)");
  EXPECT_EQ(check_isrc("GBE!I0300013").problem, "character 4 must be a letter or digit");
  EXPECT_NE(check_isrc(std::string(1'000'000, 'A')).problem, "");
  EXPECT_NE(check_isrc("GBEMI03000\xC3\xA4").problem, "") << "letters of other alphabets";
}

TEST(Barcode, knows_published_codes) {
  for (const char* text :
       {"036000291452", "4006381333931", "5901234123457", "0 36000 29145 2", "629104150021-3"})
    EXPECT_EQ(check_barcode(text).problem, "") << text;
}

TEST(Barcode, finds_every_wrong_digit_and_most_swaps) {
  const std::string good = "4006381333931";
  for (std::size_t i = 0; i < good.size(); ++i)
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = good;
      if (wrong[i] == digit) continue;
      wrong[i] = digit;
      EXPECT_NE(check_barcode(wrong).problem, "") << wrong;
    }
  EXPECT_EQ(check_barcode("4006381333932").problem, "its last digit is 2, and the others ask for 1");
  EXPECT_EQ(check_barcode("40063813339").problem, "a UPC has 12 digits and an EAN 13, this one 11");
  EXPECT_EQ(check_barcode("40063813339A1").problem, "a UPC or EAN holds digits only");
}

}  // namespace
}  // namespace lacquer
