#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace lacquer {

// Names of files are bytes; JSON and TOML want text.

// Each byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7) becomes U+FFFD.
std::string well_formed_utf8(std::string_view bytes);

// Every byte but letters, digits and "-._~/" as %XX (RFC 3986, section 2.1).
std::string percent_encoded(std::string_view bytes);
// The bytes again; nothing where a % is not followed by two hexadecimal digits.
std::optional<std::string> percent_decoded(std::string_view text);

}  // namespace lacquer
