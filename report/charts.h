#pragma once

#include <optional>
#include <string>
#include <vector>

#include "measure/measurements.h"
#include "report/canvas.h"
#include "session/master.h"

namespace lacquer {

// The charts. Each is a pure drawing that fills the canvas it is given: about 880 x 300 points for a page, or
// 340 points wide for a telephone. Missing data leaves its part of the chart empty and says so.

// Times worth finding again, one lane below the waveform for each name.
struct TimeMarks {
  std::string name;  // "clipped"
  std::vector<TimeRange> when;
  bool warning = false;
};

// Loudness over time above the waveform.
void draw_waveform(Canvas& canvas, const Measurements& measurements, const std::vector<TimeMarks>& marks);

// What a third-octave spectrum is held against; levels as in ThirdOctave.
struct TargetBand {
  double hz = 0.0;
  double target_db = 0.0;
  double tolerance_db = 0.0;
};
struct TargetLine {
  std::string name;
  std::vector<TargetBand> bands;
};
struct SpectrumLine {
  std::string name;  // "mix"
  std::vector<ThirdOctave> bands;
};
// One line is solid; of two, the first is the dashed one it is compared with.
void draw_spectrum(Canvas& canvas, const std::vector<SpectrumLine>& lines,
                   const std::optional<TargetLine>& target);

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
};
// One bar for each platform, from its loudness to its peak after that platform's gain. Those that play the
// file as it is stand apart.
void draw_platforms(Canvas& canvas, const std::vector<PlatformBar>& platforms);
// The height that so many platforms ask for on a canvas this wide.
double platforms_height(const std::vector<PlatformBar>& platforms, double width_pt);

}  // namespace lacquer
