#include "audio_io/header.h"

#include <algorithm>
#include <string_view>

namespace lacquer {
namespace {

// RIFF and its relatives nest nothing that matters here, so a short walk along the top level is enough; a
// file with more chunks than this before its audio is not one that people make.
constexpr int kMaxChunks = 1000;

std::uint64_t number(std::string_view bytes, std::size_t at, int width, bool big_endian) {
  if (at + static_cast<std::size_t>(width) > bytes.size()) return 0;
  std::uint64_t value = 0;
  for (int i = 0; i < width; ++i) {
    const auto byte =
        static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(big_endian ? i : width - 1 - i)]);
    value = (value << 8U) | byte;
  }
  return value;
}

// An ID3v2 tag may stand before anything (id3.org, ID3v2.4 section 3.1: four 7-bit size bytes).
std::int64_t id3_bytes(const LocalFile& file) {
  const std::string head = file.bytes_at(0, 10);
  if (head.size() < 10 || head.compare(0, 3, "ID3") != 0) return 0;
  std::int64_t size = 0;
  for (std::size_t i = 6; i < 10; ++i) size = (size << 7) | (static_cast<unsigned char>(head[i]) & 0x7F);
  return size + 10;
}

struct Dialect {
  std::int64_t first_chunk;
  int id_width;
  int size_width;
  bool big_endian;
  bool size_counts_header;  // W64
  int alignment;
  std::string_view format_id;
  std::string_view data_id;
  int data_skip;  // bytes inside the data chunk before the samples
};

constexpr Dialect kRiff{12, 4, 4, false, false, 2, "fmt ", "data", 0};
constexpr Dialect kRifx{12, 4, 4, true, false, 2, "fmt ", "data", 0};
constexpr Dialect kAiff{12, 4, 4, true, false, 2, "COMM", "SSND", 8};
constexpr Dialect kCaf{8, 4, 8, true, false, 1, "desc", "data", 4};
constexpr Dialect kWave64{40, 16, 8, false, true, 8, "fmt ", "data", 0};

const Dialect* dialect_of(std::string_view head, std::string& container) {
  const auto is = [&](std::size_t at, std::string_view text) { return head.substr(at, text.size()) == text; };
  if (head.size() < 12) return nullptr;
  if (is(0, "RIFF") && is(8, "WAVE")) return container = "wav", &kRiff;
  if (is(0, "RIFX") && is(8, "WAVE")) return container = "wav", &kRifx;
  if ((is(0, "RF64") || is(0, "BW64")) && is(8, "WAVE")) return container = "rf64", &kRiff;
  if (is(0, "FORM") && (is(8, "AIFF") || is(8, "AIFC"))) return container = "aiff", &kAiff;
  if (is(0, "caff")) return container = "caf", &kCaf;
  if (is(0, "riff\x2E\x91\xCF\x11")) return container = "w64", &kWave64;
  return nullptr;
}

void read_wave_format(const LocalFile& file, std::int64_t at, bool big_endian, HeaderFacts& facts) {
  const std::string chunk = file.bytes_at(at, 26);
  facts.extensible = number(chunk, 0, 2, big_endian) == 0xFFFE;
  if (!facts.extensible || chunk.size() < 24) return;
  facts.valid_bits = static_cast<int>(number(chunk, 18, 2, big_endian));
  facts.channel_mask = number(chunk, 20, 4, big_endian);
}

bool chunks_follow(const LocalFile& file, std::int64_t at, const Dialect& dialect) {
  const std::string next = file.bytes_at(at, 8);
  const auto printable = [](char c) { return c >= ' ' && c <= '~'; };
  return dialect.size_width == 4 && next.size() == 8 &&
         std::all_of(next.begin(), next.begin() + 4, printable) &&
         at + 8 + static_cast<std::int64_t>(number(next, 4, 4, dialect.big_endian)) <= file.size_bytes();
}

void read_chunks(const LocalFile& file, const Dialect& dialect, std::int64_t start, HeaderFacts& facts) {
  const std::uint64_t all_ones = dialect.size_width == 4 ? 0xFFFFFFFFU : ~std::uint64_t{0};
  std::uint64_t size_in_ds64 = 0;
  std::int64_t at = start + dialect.first_chunk;
  for (int count = 0; count < kMaxChunks; ++count) {
    const int width = dialect.id_width + dialect.size_width;
    const std::string head = file.bytes_at(at, static_cast<std::size_t>(width));
    if (head.size() < static_cast<std::size_t>(width)) return;
    const std::string_view id = std::string_view(head).substr(0, 4);
    std::uint64_t size =
        number(head, static_cast<std::size_t>(dialect.id_width), dialect.size_width, dialect.big_endian);
    const std::int64_t body = at + width;
    const bool open_ended = size == all_ones || size == 0;
    if (dialect.size_counts_header && !open_ended) size = size < 24 ? 0 : size - 24;
    if (id == "ds64") size_in_ds64 = number(file.bytes_at(body, 16), 8, 8, false);
    if (id == dialect.format_id && id == "fmt ") read_wave_format(file, body, dialect.big_endian, facts);
    if (id == dialect.data_id) {
      facts.data_offset = body + dialect.data_skip;
      if (facts.container == "rf64" && size == all_ones && size_in_ds64 > 0)
        facts.data_bytes = static_cast<std::int64_t>(size_in_ds64);
      else if (!open_ended)
        facts.data_bytes = static_cast<std::int64_t>(size) - dialect.data_skip;
      facts.data_is_empty = size == 0 && chunks_follow(file, body, dialect);
      return;
    }
    if (size > static_cast<std::uint64_t>(file.size_bytes())) return;
    const auto step = static_cast<std::uint64_t>(dialect.alignment);
    at = body + static_cast<std::int64_t>((size + step - 1) / step * step);
  }
}

}  // namespace

HeaderFacts read_header(const LocalFile& file) {
  HeaderFacts facts;
  const std::int64_t start = id3_bytes(file);
  const std::string head = file.bytes_at(start, 16);
  if (head.compare(0, 4, "fLaC") == 0) {
    facts.container = "flac";
    return facts;
  }
  if (const Dialect* dialect = dialect_of(head, facts.container)) read_chunks(file, *dialect, start, facts);
  return facts;
}

bool ogg_is_cut_off(const LocalFile& file) {
  constexpr std::int64_t kLongestPage = 27 + 255 + 255 * 255;
  constexpr char kLastPage = 0x04;
  const std::int64_t from = std::max<std::int64_t>(0, file.size_bytes() - 2 * kLongestPage);
  const std::string end = file.bytes_at(from, static_cast<std::size_t>(2 * kLongestPage));
  const std::size_t page = end.rfind("OggS");
  return page == std::string::npos || page + 5 >= end.size() || (end[page + 5] & kLastPage) == 0;
}

}  // namespace lacquer
