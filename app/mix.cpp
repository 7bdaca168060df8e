#include "app/mix.h"

#include "app/file_hash.h"
#include "app/knowledge.h"
#include "app/workers.h"
#include "audio_io/resample.h"
#include "chain/mastering_chain.h"
#include "session/codec_study.h"

namespace lacquer {

Mix::Mix(std::filesystem::path path, std::optional<double> rate_hz)
    : path_(std::move(path)), file_(open_audio(path_)) {
  const int channels = file_->info().channels;
  if (channels > 2)
    throw Error("it has " + std::to_string(channels) +
                " channels; a master is made of mono or stereo, so mix it down to two first");
  if (rate_hz && *rate_hz != file_->format().sample_rate_hz) converted_ = resample(*file_, *rate_hz);
  if (converted_)
    kept_ = std::make_unique<KeptAudio>(*converted_);
  else if (!file_->info().codec.starts_with("pcm_"))
    kept_ = std::make_unique<KeptAudio>(*file_);
}

void Mix::let_go_of_audio() {
  if (!kept_) return;
  AudioSource& source = converted_ ? *converted_ : static_cast<AudioSource&>(*file_);
  source.rewind();
  kept_ = std::make_unique<KeptAudio>(source);
}

const LimiterEnvelope& envelope_for(Mix& mix, const SurveyedMix& surveyed, const Plan& plan,
                                    const ProgressCallback& progress) {
  if (!shapes_the_sound(plan)) return surveyed.survey.envelope;
  auto& known = mix.known_envelope;
  if (!known || !shape_alike(known->plan, plan))
    known =
        Mix::KnownEnvelope{plan, envelope_under(plan, mix.audio(), surveyed.survey, {workers(), progress})};
  return known->envelope;
}

void know_envelope(Mix& mix, const Plan& plan, LimiterEnvelope envelope) {
  if (shapes_the_sound(plan)) mix.known_envelope = Mix::KnownEnvelope{plan, std::move(envelope)};
}

LoudnessCurve curve_under(const Plan& plan, const LimiterEnvelope& envelope, Mix& mix,
                          const SurveyedMix& surveyed, const ProgressCallback& progress) {
  const Measurements& measured = surveyed.survey.measurements;
  const BandEnvelope loudest = band_envelope(
      mix.audio(), plan, loudest_stretch(measured.loudness.short_term_lufs, measured.duration_s), progress);
  return loudness_curve(envelope, loudest, plan, knowledge().loudness, knowledge().platforms);
}

SurveyedMix survey(Mix& mix, const RoleRequest& role, const PastRequest& past,
                   const ProgressCallback& progress) {
  FileHash hash(mix.path());
  SurveyedMix surveyed;
  CheckedFile& checked = surveyed.checked;
  checked.path = mix.path();
  if (mix.is_converted()) {
    checked.measurements = measure_source(mix.file(), MeasureGroups::kAll, {workers(), progress});
    mix.file().rewind();
    checked.source = mix.file().info();
    surveyed.survey = survey_source(mix.audio(), MeasureGroups::kAll, {workers(), progress});
  } else {
    surveyed.survey = survey_source(mix.audio(), MeasureGroups::kAll, {workers(), progress});
    checked.measurements = surveyed.survey.measurements;
    checked.source = mix.file().info();
  }
  checked.sha256 = hash.get();
  surveyed.past = recall(past, mix.path(), checked.sha256);
  checked.diagnosis = judge(checked.measurements, checked.source, role, surveyed.past);
  return surveyed;
}

}  // namespace lacquer
