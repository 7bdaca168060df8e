#pragma once

#include <string>
#include <string_view>

namespace lacquer {

// TOML 1.0 as a person would write it: the few pieces that a plan needs.

// A basic string in quotes, everything that may not stand in one escaped; bytes that are no UTF-8 become
// U+FFFD.
std::string toml_string(std::string_view text);
// The shortest decimal that reads back as the same number, always with a point or an exponent.
std::string toml_number(double value);

// The longest key, counted in its dotted parts ("a.b.c" is 3), that stands anywhere in a TOML text. The
// parser nests as deep as a key is long; whoever reads hostile text asks first.
int longest_toml_key(std::string_view text);

}  // namespace lacquer
