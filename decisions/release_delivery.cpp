#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "decisions/release_checks.h"

namespace lacquer {
namespace {

constexpr std::string_view kPart = "delivery";
constexpr double kMegabyte = 1e6;

std::string one_decimal(double value) {
  std::array<char, 64> text = {};
  std::snprintf(text.data(), text.size(), "%.1f", value);
  return text.data();
}

// A true minus sign, as everywhere.
std::string lufs(double value) {
  return (value < 0.0 ? "\u2212" : "") + one_decimal(std::abs(value)) + " LUFS";
}

std::string pixels(const PictureHeader& picture) {
  return std::to_string(picture.width_px) + " × " + std::to_string(picture.height_px) + " pixels";
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

std::string format_of(const SourceInfo& source) {
  const std::string rate = one_decimal(source.sample_rate_hz / 1000.0);
  return (source.lossy  ? source.codec
          : source.bits ? std::to_string(*source.bits) + " bits"
                        : source.codec) +
         " at " + (rate.ends_with(".0") ? rate.substr(0, rate.size() - 2) : rate) + " kHz, " +
         (source.channels == 1   ? "mono"
          : source.channels == 2 ? "stereo"
                                 : std::to_string(source.channels) + " channels");
}

void check_formats(const std::vector<TrackAudio>& audio, ReleaseLines& lines) {
  std::map<std::string, std::vector<std::string>> formats;
  for (const TrackAudio& one : audio) formats[format_of(one.source)].push_back(one.track);
  if (formats.size() == 1) {
    lines.push_back({kPart, "album-format", "", Verdict::kPass,
                     (audio.size() == 1 ? "It is " : "All tracks are ") + formats.begin()->first + ".", ""});
    return;
  }
  const auto most = std::max_element(formats.begin(), formats.end(), [](const auto& a, const auto& b) {
    return a.second.size() < b.second.size();
  });
  for (const auto& [format, tracks] : formats) {
    if (format == most->first) continue;
    for (const std::string& track : tracks)
      lines.push_back({kPart, "album-format", track, Verdict::kLook,
                       "It is " + format + ", and most of the release is " + most->first + ".",
                       "Bounce all tracks in one format."});
  }
}

void check_levels(const std::vector<TrackAudio>& audio, const ReleaseRules& rules, ReleaseLines& lines) {
  std::vector<double> levels;
  for (const TrackAudio& one : audio)
    if (one.integrated_lufs && std::isfinite(*one.integrated_lufs)) levels.push_back(*one.integrated_lufs);
  if (levels.size() < 2) return;
  const double middle = median(levels);
  const std::size_t before = lines.size();
  for (const TrackAudio& one : audio) {
    if (!one.integrated_lufs || !std::isfinite(*one.integrated_lufs)) continue;
    const double step = *one.integrated_lufs - middle;
    if (std::abs(step) <= rules.loudness_step_lu) continue;
    lines.push_back({kPart, "album-loudness", one.track, Verdict::kLook,
                     "At " + lufs(*one.integrated_lufs) + " it is " + one_decimal(std::abs(step)) + " LU " +
                         (step > 0.0 ? "louder" : "quieter") + " than the middle of the release.",
                     "Play it between its neighbours, and decide whether the step is meant."});
  }
  if (lines.size() > before) return;
  const auto [low, high] = std::minmax_element(levels.begin(), levels.end());
  lines.push_back({kPart, "album-loudness", "", Verdict::kPass,
                   "The tracks lie between " + lufs(*low) + " and " + lufs(*high) + ", all within " +
                       one_decimal(rules.loudness_step_lu) + " LU of the middle.",
                   ""});
}

void check_same_audio(const std::vector<TrackAudio>& audio, ReleaseLines& lines) {
  std::map<std::string, std::string> first;
  for (const TrackAudio& one : audio) {
    if (one.sha256.empty()) continue;
    const auto [found, is_new] = first.try_emplace(one.sha256, one.track);
    if (!is_new)
      lines.push_back({kPart, "same-audio", one.track, Verdict::kFix,
                       "The file is the same, bit for bit, as that of " + found->second + ".",
                       "One of the two names leads to the wrong file."});
  }
}

// One line for each of the items 9 to 12 that does not pass, one for all that do.
void check_items(const TrackAudio& one, ReleaseLines& lines) {
  std::string passed;
  for (const Finding& finding : one.findings) {
    if (finding.verdict == Verdict::kPass) {
      passed += (passed.empty() ? "" : ", ") + finding.title;
      continue;
    }
    lines.push_back({kPart, "audio-item", one.track, finding.verdict, finding.title + ": " + finding.why,
                     finding.action});
  }
  if (!passed.empty()) lines.push_back({kPart, "audio-item", one.track, Verdict::kPass, passed + ".", ""});
}

}  // namespace

ReleaseLines check_audio(const std::vector<TrackAudio>& audio, const ReleaseRules& rules) {
  ReleaseLines lines;
  if (audio.empty()) return lines;
  check_formats(audio, lines);
  check_levels(audio, rules, lines);
  check_same_audio(audio, lines);
  for (const TrackAudio& one : audio) check_items(one, lines);
  return lines;
}

ReleaseLines check_artwork(const Artwork& artwork, const ReleaseRules& rules) {
  ReleaseLines lines;
  const auto add = [&](std::string_view id, Verdict verdict, const std::string& what,
                       const std::string& action) {
    lines.push_back({kPart, id, artwork.file, verdict, what, action});
  };
  if (!artwork.picture) {
    add("artwork-format", Verdict::kFix, "The artwork is neither JPEG nor PNG, or its header is damaged.",
        "Export it as JPEG, or as PNG without transparency.");
    return lines;
  }
  const PictureHeader& picture = *artwork.picture;
  const std::string wanted = std::to_string(rules.artwork_wanted_px);
  const int side = std::min(picture.width_px, picture.height_px);
  if (!artwork.is_whole)
    add("artwork-whole", Verdict::kFix, "The artwork ends early, as a copy does that was cut off.",
        "Copy it again.");
  if (picture.width_px != picture.height_px)
    add("artwork-ratio", Verdict::kFix, "The artwork is not square: " + pixels(picture) + ".",
        "Export it as a square of " + wanted + " pixels or more; do not stretch it.");
  if (side < rules.artwork_wanted_px)
    add("artwork-size", side < rules.artwork_least_px ? Verdict::kFix : Verdict::kLook,
        "The artwork has " + pixels(picture) + "; " + wanted + " × " + wanted + " are asked for.",
        "Export it again from the original; enlarging makes it blurred.");
  if (picture.mode == ColourMode::kCmyk)
    add("artwork-mode", Verdict::kFix, "The artwork is CMYK, which is for print.", "Export it as RGB.");
  if (picture.mode == ColourMode::kGrey || picture.mode == ColourMode::kPalette)
    add("artwork-mode", Verdict::kLook,
        "The artwork is stored as " + std::string(to_string(picture.mode)) + ".",
        "Export it as RGB; the colours stay as they are.");
  if (picture.transparent)
    add("artwork-transparent", Verdict::kLook, "The artwork has transparent parts.",
        "Export it on a plain background.");
  const double size_mb = static_cast<double>(artwork.size_bytes) / kMegabyte;
  if (size_mb > rules.artwork_look_mb)
    add("artwork-bytes", size_mb > rules.artwork_most_mb ? Verdict::kFix : Verdict::kLook,
        "The artwork takes " + one_decimal(size_mb) + " MB.",
        "Export it as JPEG below " + one_decimal(rules.artwork_look_mb) + " MB.");
  if (lines.empty())
    add("artwork", Verdict::kPass,
        pixels(picture) + ", " + std::string(to_string(picture.mode)) + ", " +
            (picture.format == PictureFormat::kPng ? "PNG, " : "JPEG, ") + one_decimal(size_mb) + " MB.",
        "");
  add("artwork-content", Verdict::kListen, "What the artwork shows cannot be measured.",
      "Look for addresses, handles, prices, shop names and blur; shops refuse them.");
  return lines;
}

}  // namespace lacquer
