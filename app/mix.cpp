#include "app/mix.h"

#include "app/file_hash.h"
#include "app/knowledge.h"
#include "app/read_ahead.h"
#include "audio_io/resample.h"
#include "session/codec_study.h"

namespace lacquer {

Mix::Mix(std::filesystem::path path, std::optional<double> rate_hz)
    : path_(std::move(path)), file_(open_audio(path_)) {
  const int channels = file_->info().channels;
  if (channels > 2)
    throw Error("it has " + std::to_string(channels) +
                " channels; a master is made of mono or stereo, so mix it down to two first");
  if (rate_hz && *rate_hz != file_->format().sample_rate_hz) converted_ = resample(*file_, *rate_hz);
}

namespace {

Measurements measured_ahead(AudioSource& source, const ProgressCallback& progress) {
  ReadAhead ahead(source);
  return measure_source(ahead, MeasureGroups::kAll, progress);
}

Survey surveyed_ahead(AudioSource& source, const ProgressCallback& progress,
                      MeasureGroups groups = MeasureGroups::kAll) {
  ReadAhead ahead(source);
  return survey_source(ahead, progress, groups);
}

}  // namespace

Surveyor surveyor_ahead(const ProgressCallback& progress) {
  return [progress](AudioSource& source, MeasureGroups groups) {
    return surveyed_ahead(source, progress, groups);
  };
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
    checked.measurements = measured_ahead(mix.file(), progress);
    mix.file().rewind();
    checked.source = mix.file().info();
    surveyed.survey = surveyed_ahead(mix.audio(), progress);
  } else {
    surveyed.survey = surveyed_ahead(mix.audio(), progress);
    checked.measurements = surveyed.survey.measurements;
    checked.source = mix.file().info();
  }
  checked.sha256 = hash.get();
  surveyed.past = recall(past, mix.path(), checked.sha256);
  checked.diagnosis = judge(checked.measurements, checked.source, role, surveyed.past);
  return surveyed;
}

}  // namespace lacquer
