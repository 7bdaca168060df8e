#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/finding.h"
#include "measure/measurements.h"
#include "playback/release.h"
#include "report/canvas.h"
#include "session/codecs_result.h"
#include "session/master.h"

namespace lacquer {

// The charts. Each is a pure drawing that fills the canvas it is given: about 880 x 300 points for a page, or
// 340 points wide for a telephone. Missing data leaves its part of the chart empty and says so.

// Times worth finding again, one lane below the waveform for each name.
struct TimeMarks {
  enum class Kind { kFix, kLook, kListen };
  std::string name;  // "2 Peak level"
  std::vector<TimeRange> when;
  Kind kind = Kind::kLook;
  std::vector<std::string> labels{};  // beside each time where there is room; may be shorter
};
struct WaveformNotes {
  std::vector<TimeMarks> marks;  // the most pressing first; lanes there is no room for are left out
  std::vector<Section> sections;
};

// Loudness over time above the waveform, the sections between, the marks below.
void draw_waveform(Canvas& canvas, const Measurements& measurements, const WaveformNotes& notes);
// The height that so many lanes ask for on a canvas this wide.
double waveform_height(const WaveformNotes& notes, double width_pt);

struct SpectrumLine {
  std::string name;  // "mix"
  std::vector<ThirdOctave> bands;
};
struct SpectrumNotes {
  std::optional<TargetCurve> target;  // drawn with its tolerance
  std::vector<Word> words;            // those that stand out are drawn, the strongest first
};
// One line is solid; of two, the first is the dashed one it is compared with. Where the last line leaves the
// tolerance, the area between is tinted and named. Below lie the fixed zones of the vocabulary.
void draw_spectrum(Canvas& canvas, const std::vector<SpectrumLine>& lines, const SpectrumNotes& notes);
// The height that the words ask for on a canvas this wide.
double spectrum_height(const SpectrumNotes& notes, double width_pt);

// The mix above, the master below, and between them what the limiter took away, drawn from the top.
void draw_before_after(Canvas& canvas, const Measurements& before, const Measurements& after,
                       const LimiterWork& limiter);

// What one platform does to the track.
struct PlatformBar {
  std::string name;
  double gain_db = 0.0;
  std::optional<double> playback_lufs;
  std::optional<double> playback_dbtp;
  std::string limited_by;                // "none", "peak", "rule", "limiter"
  std::optional<double> reference_lufs;  // empty: it normalizes nothing
  std::optional<LoudnessSpan> span{};    // the loudness range, shifted by the gain
};
// The bar of a track of these levels, or of an album.
PlatformBar platform_bar(const PlatformPlay& play, const TrackLevels& levels);
// One bar for each platform: loudness, loudness range, peak and headroom as blocks, shifted by that
// platform's gain. Those that play the file as it is stand apart.
void draw_platforms(Canvas& canvas, const std::vector<PlatformBar>& platforms);
// The height that so many platforms ask for on a canvas this wide.
double platforms_height(const std::vector<PlatformBar>& platforms, double width_pt);

// A row for each codec: in each third octave, how much of it the codec changed, from nothing (-40 dB and
// less) to all of it.
void draw_codecs(Canvas& canvas, const std::vector<CodecEntry>& entries);
double codecs_height(const std::vector<CodecEntry>& entries);
// What loudness buys, against the loudness each drive reaches. Above: what every platform leaves of it, one
// line for those that leave the same. Below: what it costs (gain reduction, PSR and crest lost, tone moved,
// bass intermodulation), with the platforms' references. The range louder than every reference is tinted:
// there more drive only costs. `landed_lufs`: where this master stands.
void draw_loudness_curve(Canvas& canvas, const LoudnessCurve& curve, std::optional<double> landed_lufs);

}  // namespace lacquer
