#pragma once

#include <string>

namespace lacquer::prose {

// Numbers as people write them in a sentence: rounded, with their unit, and a real minus sign (U+2212).
// Values are finite.

std::string decimal(double value, int decimals = 1);  // "−6.1", "12.0"; never "−0.0"
std::string db(double value);                         // "−6.1 dB"
std::string change_db(double value);                  // "+2.0 dB", "−6.1 dB", "0.0 dB"
std::string dbfs(double value);
std::string dbtp(double value);
std::string lufs(double value);
std::string lu(double value);
std::string seconds(double value);                                                  // "1.5 s"
std::string clock(double seconds);                                                  // "0:48", "1:02:03"
std::string share(double value);                                                    // 0.123: "12 %"
std::string frequency(double hz);                                                   // "63 Hz", "2 kHz"
std::string sample_rate(double hz);                                                 // "44.1 kHz"
std::string amount(double value, const std::string& one, const std::string& many);  // "1 run", "1,204 runs"

}  // namespace lacquer::prose
