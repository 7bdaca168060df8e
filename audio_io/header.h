#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audio_io/local_file.h"

namespace lacquer {

// What the chunk headers of a file say, for the containers whose audio lies in one data chunk. The decoding
// libraries repair these values silently; the user is told the truth instead.
struct HeaderFacts {
  std::string container;    // "wav", "rf64", "w64", "aiff", "caf", "flac"; empty when it is none of these
  bool extensible = false;  // WAV format code 0xFFFE
  std::optional<int> valid_bits;   // WAV extensible: bits used of each sample
  std::uint64_t channel_mask = 0;  // WAV extensible; 0 when not given
  // The length of the audio data as announced; empty when unknown or when the streaming convention
  // (0 or all ones: the writer could not go back) leaves it open.
  std::optional<std::int64_t> data_bytes;
  std::int64_t data_offset = 0;  // 0: no data chunk was found
  bool data_is_empty = false;    // a data chunk of length 0 that other chunks follow
};

HeaderFacts read_header(const LocalFile& file);

// Whether an Ogg file lacks its last page, the one marked as the end of the stream (RFC 3533, section 6).
bool ogg_is_cut_off(const LocalFile& file);

}  // namespace lacquer
