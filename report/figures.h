#pragma once

#include <optional>
#include <vector>

#include "report/document.h"
#include "report/reports.h"
#include "report/systems_report.h"

namespace lacquer {

// The charts with their words. Each draws from what it is given, which must outlive it.
Figure waveform_figure(const Measurements& measurements, const Diagnosis& diagnosis);
// The judged measurements' line is the last.
Figure spectrum_figure(const std::vector<SpectrumLine>& lines, const Measurements& measurements,
                       const Diagnosis& diagnosis);
Figure before_after_figure(const MasterResult& result);
// What loudness buys, where the piece has a loudness.
Figure loudness_curve_figure(const LoudnessCurve& curve, std::optional<double> landed_lufs);
Table loudness_curve_table(const LoudnessCurve& curve);  // the same in numbers
inline constexpr const char* kHowLoudnessWasFound =
    "Each point is one more decibel of drive into the limiter, as its envelope predicts it; crest, tone and "
    "intermodulation are those of the loudest 30 s. To the right of every reference (tinted) all services "
    "turn the file down again, so there more drive only costs.";
Figure platforms_figure(const std::vector<PlatformBar>& platforms);
Table platforms_table(const std::vector<PlatformBar>& platforms);  // the same in numbers
Figure codecs_figure(const std::vector<CodecEntry>& entries);
Figure systems_figure(const std::vector<SystemTranslation>& systems);

}  // namespace lacquer
