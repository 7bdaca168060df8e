#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "app/check.h"
#include "audio_io/open.h"
#include "session/loudness_curve.h"
#include "session/survey.h"
#include "session/trial.h"

namespace lacquer {

// A mono or stereo file opened for mastering, at the rate the master shall have.
class Mix {
 public:
  // Throws Error for what cannot be read, has more than two channels, or cannot be had at that rate.
  Mix(std::filesystem::path path, std::optional<double> rate_hz);

  const std::filesystem::path& path() const { return path_; }
  FileSource& file() { return *file_; }
  // At the master's rate.
  AudioSource& audio() { return converted_ ? *converted_ : *file_; }
  bool is_converted() const { return converted_ != nullptr; }

 private:
  std::filesystem::path path_;
  std::unique_ptr<FileSource> file_;
  std::unique_ptr<AudioSource> converted_;
};

// A mix that was read through: what was measured and judged of the file itself, and the survey at the
// master's rate.
struct SurveyedMix {
  CheckedFile checked;  // with its hash
  Survey survey;
  std::optional<PastChecks> past;
};
SurveyedMix survey(Mix& mix, const RoleRequest& role, const PastRequest& past,
                   const ProgressCallback& progress);

// What loudness buys under a plan, its loudest 30 s taken band by band. `envelope` is what reaches the
// limiter.
LoudnessCurve curve_under(const Plan& plan, const LimiterEnvelope& envelope, Mix& mix,
                          const SurveyedMix& surveyed, const ProgressCallback& progress);

// Surveys with decoding, and whatever the source does besides, on a thread of its own.
Surveyor surveyor_ahead(const ProgressCallback& progress);

}  // namespace lacquer
