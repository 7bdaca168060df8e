#pragma once

#include <string>
#include <string_view>

namespace lacquer {

// A code as it is stored, and what is wrong with it; nothing wrong: `problem` is empty.
struct CheckedCode {
  std::string code;
  std::string problem;
};

// International Standard Recording Code (ISO 3901): two letters, three letters or digits, seven digits. As
// the International ISRC Agency advises (Bulletin 2015/01), hyphens, spaces and a leading "ISRC" are no part
// of it, and lower case counts as upper.
CheckedCode check_isrc(std::string_view text);

// UPC (12 digits) or EAN (13), whose last digit is the GS1 check digit:
// https://www.gs1.org/services/how-calculate-check-digit-manually. Hyphens and spaces are no part of it.
CheckedCode check_barcode(std::string_view text);

}  // namespace lacquer
