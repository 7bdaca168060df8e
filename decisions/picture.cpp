#include "decisions/picture.h"

#include <cstdint>

namespace lacquer {
namespace {

std::uint32_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0U;
}
std::uint32_t two_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) << 8U | byte_at(bytes, at + 1);
}
std::uint32_t four_at(std::string_view bytes, std::size_t at) {
  return two_at(bytes, at) << 16U | two_at(bytes, at + 2);
}

constexpr std::string_view kPngMark = "\x89PNG\r\n\x1a\n";
constexpr std::uint32_t kMostPixels = 1U << 30U;

// Chunks until the first image data: tRNS stands before it.
bool png_has_transparent_colour(std::string_view head) {
  std::size_t at = kPngMark.size();
  while (at + 8 <= head.size()) {
    const std::string_view kind = head.substr(at + 4, 4);
    if (kind == "tRNS") return true;
    if (kind == "IDAT" || kind == "IEND") return false;
    const std::size_t length = four_at(head, at);
    if (length > head.size()) return false;
    at += 12 + length;
  }
  return false;
}

std::optional<PictureHeader> read_png(std::string_view head) {
  if (head.size() < 33 || head.substr(12, 4) != "IHDR") return std::nullopt;
  const std::uint32_t width = four_at(head, 16);
  const std::uint32_t height = four_at(head, 20);
  const std::uint32_t type = byte_at(head, 25);
  if (width == 0 || height == 0 || width > kMostPixels || height > kMostPixels) return std::nullopt;
  PictureHeader picture{PictureFormat::kPng, static_cast<int>(width), static_cast<int>(height)};
  switch (type) {
    case 0:
    case 4:
      picture.mode = ColourMode::kGrey;
      break;
    case 2:
    case 6:
      break;
    case 3:
      picture.mode = ColourMode::kPalette;
      break;
    default:
      return std::nullopt;
  }
  picture.transparent = type == 4 || type == 6 || png_has_transparent_colour(head);
  return picture;
}

// Start of frame: C0 to CF but for C4 (tables), C8 (reserved) and CC (arithmetic conditioning).
bool is_frame(std::uint32_t marker) {
  return marker >= 0xC0U && marker <= 0xCFU && marker != 0xC4U && marker != 0xC8U && marker != 0xCCU;
}

std::optional<PictureHeader> frame(std::string_view head, std::size_t at) {
  if (at + 8 > head.size()) return std::nullopt;
  const std::uint32_t height = two_at(head, at + 3);
  const std::uint32_t width = two_at(head, at + 5);
  const std::uint32_t components = byte_at(head, at + 7);
  if (width == 0 || height == 0) return std::nullopt;
  PictureHeader picture{PictureFormat::kJpeg, static_cast<int>(width), static_cast<int>(height)};
  if (components == 1)
    picture.mode = ColourMode::kGrey;
  else if (components == 4)
    picture.mode = ColourMode::kCmyk;
  else if (components != 3)
    return std::nullopt;
  return picture;
}

std::optional<PictureHeader> read_jpeg(std::string_view head) {
  std::size_t at = 2;
  while (at + 4 <= head.size()) {
    if (byte_at(head, at) != 0xFFU) return std::nullopt;
    const std::uint32_t marker = byte_at(head, at + 1);
    if (marker == 0xFFU) {  // fill byte
      ++at;
      continue;
    }
    at += 2;
    if (marker == 0x01U || (marker >= 0xD0U && marker <= 0xD8U)) continue;  // stand alone
    if (marker == 0xD9U || marker == 0xDAU) return std::nullopt;            // the image before its size
    if (is_frame(marker)) return frame(head, at);
    const std::uint32_t length = two_at(head, at);
    if (length < 2) return std::nullopt;
    at += length;
  }
  return std::nullopt;
}

}  // namespace

std::optional<PictureHeader> read_picture(std::string_view head) {
  if (head.starts_with(kPngMark)) return read_png(head);
  if (head.starts_with("\xFF\xD8\xFF")) return read_jpeg(head);
  return std::nullopt;
}

bool picture_is_whole(PictureFormat format, std::string_view tail) {
  const std::string_view end = format == PictureFormat::kPng ? "IEND" : "\xFF\xD9";
  return tail.rfind(end) != std::string_view::npos;
}

std::string_view to_string(ColourMode mode) {
  switch (mode) {
    case ColourMode::kRgb:
      return "RGB";
    case ColourMode::kGrey:
      return "greyscale";
    case ColourMode::kCmyk:
      return "CMYK";
    case ColourMode::kPalette:
      return "palette";
  }
  return "";
}

}  // namespace lacquer
