#pragma once

#include <string>
#include <vector>

#include "core/source_info.h"
#include "playback/release.h"
#include "report/document.h"
#include "report/terminal.h"
#include "session/codecs_result.h"

namespace lacquer {

// What platforms do to a track, or to several as an album. Names are shown as they are, made safe.
struct PlatformsReport {
  std::string version;
  std::vector<std::string> file_names;  // of the tracks, in their order
  Release release;
  std::vector<PlatformPlay> plays;
};

std::string platforms_text(const PlatformsReport& report, const TextStyle& style);
// Its page; `report` must outlive it.
Document platforms_document(const PlatformsReport& report);

// The table of the rules with their sources, without a track.
std::string platform_rules_text(const std::vector<PlatformRule>& rules, const TextStyle& style);

// "down to −14.0 LUFS, never up"
std::string rule_words(const PlatformRule& rule);
// What kept the gain from being more: "its true peak", …; empty for nothing.
std::string_view held_words(LimitedBy limit);
// "−9.2 LUFS, true peak −1.0 dBTP, range 5.1 LU, PLR 8.2 dB"
std::string levels_words(const TrackLevels& levels);

// What lossy delivery does to a file.
struct CodecsReport {
  std::string version;
  std::string file_name;
  SourceInfo source;
  CodecsResult result;
};

std::string codecs_text(const CodecsReport& report, const TextStyle& style);
Document codecs_document(const CodecsReport& report);  // which `report` must outlive
// What the ceiling that was solved means, in a sentence or two.
std::string ceiling_words(const CodecsResult& result);
// Where some deliveries are over in the file's first moment alone, which is how FFmpeg's AAC encoder begins:
// says so, and what mends it. Else empty.
std::string beginning_words(const CodecsResult& result);

inline constexpr const char* kWhichEncoders =
    "Encoded with FFmpeg's libvorbis, aac, libopus and libmp3lame at the services' rates; the services' own "
    "encoders "
    "are not all public and may differ by a few tenths of a dB.";
inline constexpr const char* kNotTargets =
    "These levels are what the services do to a file, not targets to master to. A louder file is turned down "
    "and "
    "keeps the sound it paid for its loudness; a quieter one keeps its peaks.";

}  // namespace lacquer
