#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "app/check.h"
#include "app/kept_audio.h"
#include "audio_io/open.h"
#include "session/loudness_curve.h"
#include "session/plan_master.h"
#include "session/survey.h"

namespace lacquer {

// A mono or stereo file opened for mastering, at the rate the master shall have.
class Mix {
 public:
  // Throws Error for what cannot be read, has more than two channels, or cannot be had at that rate.
  Mix(std::filesystem::path path, std::optional<double> rate_hz);

  const std::filesystem::path& path() const { return path_; }
  FileSource& file() { return *file_; }
  // At the master's rate. Decoded and converted once, however often it is read; file() may be read only
  // before this was, or after it came to its end.
  AudioSource& audio() { return kept_ ? static_cast<AudioSource&>(*kept_) : *file_; }
  bool is_converted() const { return converted_ != nullptr; }

  // Frees what was kept of the audio; the next read of audio() decodes anew.
  void let_go_of_audio();

  struct KnownEnvelope {
    Plan plan;
    LimiterEnvelope envelope;
  };
  std::optional<KnownEnvelope> known_envelope;

 private:
  std::filesystem::path path_;
  std::unique_ptr<FileSource> file_;
  std::unique_ptr<AudioSource> converted_;
  std::unique_ptr<KeptAudio> kept_;  // where reading the file costs more than its bytes
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

// What reaches the limiter under a plan (envelope_under()), read anew only where it is not known from before.
const LimiterEnvelope& envelope_for(Mix& mix, const SurveyedMix& surveyed, const Plan& plan,
                                    const ProgressCallback& progress);
// For envelope_for(): what planning has shown.
void know_envelope(Mix& mix, const Plan& plan, LimiterEnvelope envelope);

// What loudness buys under a plan, its loudest 30 s taken band by band. `envelope` is what reaches the
// limiter.
LoudnessCurve curve_under(const Plan& plan, const LimiterEnvelope& envelope, Mix& mix,
                          const SurveyedMix& surveyed, const ProgressCallback& progress);

}  // namespace lacquer
