#pragma once

#include <cstdint>
#include <vector>

#include "core/audio_block.h"

namespace lacquer::test {

// Test signals. Levels are peak levels in dBFS, angles in degrees, lengths in seconds.

std::vector<float> sine(double sample_rate_hz, double hz, double level_dbfs, double seconds,
                        double phase_deg = 0);
std::vector<float> white_noise(double sample_rate_hz, double level_dbfs, double seconds, std::uint64_t seed);
std::vector<float> silence(double sample_rate_hz, double seconds);
void append(std::vector<float>& to, const std::vector<float>& more);
// Raised-cosine fades at both ends, in place.
void fade(std::vector<float>& signal, double sample_rate_hz, double seconds);
// The same signal on every channel.
AudioBuffer on_channels(const std::vector<float>& signal, int channels);
AudioBuffer stereo(const std::vector<float>& left, const std::vector<float>& right);

// Lengths to cut a stream of `frames` into, each 1 to max_block (sometimes 0), the same for the same seed.
std::vector<int> random_blocks(int frames, int max_block, std::uint64_t seed);

// A seed for tests with random input: LACQUER_TEST_SEED when set, else `fallback`; printed on failure by the
// test.
std::uint64_t test_seed(std::uint64_t fallback);

}  // namespace lacquer::test
