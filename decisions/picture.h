#pragma once

#include <optional>
#include <string_view>

namespace lacquer {

// What the header of a picture file says of it. Nothing is decoded.
enum class PictureFormat { kJpeg, kPng };
enum class ColourMode { kRgb, kGrey, kCmyk, kPalette };

struct PictureHeader {
  PictureFormat format = PictureFormat::kJpeg;
  int width_px = 0;
  int height_px = 0;
  ColourMode mode = ColourMode::kRgb;
  bool transparent = false;  // has an alpha channel or a transparent colour
};

// How much of a file's beginning read_picture() needs: profiles and thumbnails come before a JPEG's size.
inline constexpr std::size_t kPictureHead = 4U << 20U;

// `head` is the beginning of the file; nothing where it is neither JPEG (ITU-T T.81) nor PNG (ISO 15948), or
// ends before its size. Any bytes are safe.
std::optional<PictureHeader> read_picture(std::string_view head);

// Whether the file ends as its format does; a copy that was cut off does not. `tail`: at least its last
// kPictureTail bytes. Some programs add bytes behind the end, which is looked for in all of `tail`.
inline constexpr std::size_t kPictureTail = 4096;
bool picture_is_whole(PictureFormat format, std::string_view tail);

std::string_view to_string(ColourMode mode);  // "RGB", "greyscale", "CMYK", "palette"

}  // namespace lacquer
