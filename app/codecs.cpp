#include "app/codecs.h"

#include <algorithm>
#include <cmath>

#include "api/version.h"
#include "app/deliveries.h"
#include "app/knowledge.h"
#include "app/render_codecs.h"
#include "app/workers.h"
#include "audio_io/open.h"
#include "session/drive_solver.h"
#include "session/limited_source.h"
#include "session/survey.h"

namespace lacquer {
namespace {

constexpr int kMostChecks = 4;
// Codecs whose own ceiling lies this near to the lowest are tried again on the whole file.
constexpr double kNearDb = 0.3;

class Trying {
 public:
  Trying(const std::filesystem::path& path, const std::vector<Delivery>& deliveries,
         const ProgressCallback& progress)
      : path_(path), deliveries_(deliveries), progress_(progress) {}

  CodecsFile run() {
    CodecsFile tried;
    survey(tried);
    study(tried.result);
    tried.result.ceiling = answer(tried.result);
    return tried;
  }

 private:
  void survey(CodecsFile& tried) {
    const auto file = open_audio(path_);
    if (file->info().channels > 2)
      throw Error("it has " + std::to_string(file->info().channels) +
                  " channels; codecs are tried on mono and stereo, so mix it down to two first");
    survey_ = survey_source(*file, MeasureGroups::kLoudness, {workers(), progress_});
    tried.source = file->info();
    tried.result.levels = levels_of(survey_.measurements);
    tried.result.duration_s = survey_.measurements.duration_s;
    excerpt_ = cut_excerpt(*file, loudest_stretch(survey_.measurements.loudness.short_term_lufs,
                                                  survey_.measurements.duration_s));
  }

  void study(CodecsResult& result) const {
    const auto& levels = result.levels;
    result.entries.resize(deliveries_.size());
    for_each_delivery(
        deliveries_,
        [&](std::size_t i, const ProgressCallback& told) {
          const auto source = open_audio(path_);
          CodecEntry& entry = result.entries[i];
          entry.delivery = deliveries_[i];
          entry.study = study_codec(*source, excerpt_, levels.true_dbtp, codec_of(deliveries_[i]), told);
          const auto& after = entry.study.as_it_is.integrated_lufs;
          if (after && levels.integrated_lufs) entry.loudness_change_lu = *after - *levels.integrated_lufs;
          if (levels.integrated_lufs && levels.true_dbtp)
            entry.turn_down_db = least_turn_down_db(deliveries_[i], knowledge().platforms,
                                                    *levels.integrated_lufs, *levels.true_dbtp);
        },
        progress_);
  }

  std::optional<CeilingAnswer> answer(const CodecsResult& result) const {
    std::optional<double> needed;
    std::optional<double> decoded;
    for (const CodecEntry& entry : result.entries) {
      const auto& own = entry.study.ceiling_needed_dbtp;
      if (!own) return std::nullopt;
      needed = std::min(needed.value_or(*own), *own);
      decoded = std::max(decoded, entry.study.as_it_is.true_dbtp);
    }
    if (!needed) return std::nullopt;
    if (decoded <= 0.0) return CeilingAnswer{*needed, true, 0.0, decoded};
    CeilingAnswer answer{*needed, false, std::nullopt, std::nullopt};
    const std::vector<Delivery> deciding = near_to(*needed, result);
    for (int check = 0; check < kMostChecks; ++check) {
      answer.decoded_dbtp = whole_file_at(answer.ceiling_dbtp, deciding);
      if (!answer.decoded_dbtp || *answer.decoded_dbtp <= 0.0) {
        answer.cost_lu = cost_lu(answer.ceiling_dbtp, result.levels);
        return answer;
      }
      answer.ceiling_dbtp -= *answer.decoded_dbtp + 0.02;
    }
    return std::nullopt;
  }

  static std::vector<Delivery> near_to(double ceiling_dbtp, const CodecsResult& result) {
    std::vector<Delivery> near;
    for (const CodecEntry& entry : result.entries)
      if (*entry.study.ceiling_needed_dbtp <= ceiling_dbtp + kNearDb) near.push_back(entry.delivery);
    return near;
  }

  std::optional<double> whole_file_at(double ceiling_dbtp, const std::vector<Delivery>& deliveries) const {
    std::vector<std::optional<double>> peaks(deliveries.size());
    for_each_delivery(
        deliveries,
        [&](std::size_t i, const ProgressCallback& told) {
          const auto source = open_audio(path_);
          LimitedSource limited(*source, ceiling_dbtp);
          peaks[i] = decoded_peak(limited, codec_of(deliveries[i]), [&](std::string_view, double done) {
            return told("checking the ceiling", done);
          });
        },
        progress_);
    return *std::max_element(peaks.begin(), peaks.end());
  }

  std::optional<double> cost_lu(double ceiling_dbtp, const TrackLevels& levels) const {
    const auto outcome = DriveSolver(survey_.envelope, ceiling_dbtp, LimiterParams{}, workers()).at(0.0);
    if (!outcome || !levels.integrated_lufs) return std::nullopt;
    return std::max(0.0, *levels.integrated_lufs - outcome->integrated_lufs);
  }

  const std::filesystem::path& path_;
  const std::vector<Delivery>& deliveries_;
  const ProgressCallback& progress_;
  Survey survey_;
  Excerpt excerpt_;
};

}  // namespace

CodecsFile try_codecs(const std::filesystem::path& path, const CodecsRequest& request,
                      const ProgressCallback& progress) {
  const Deliveries deliveries = deliveries_to_try(request.chosen);
  CodecsFile tried = Trying(path, deliveries.all, progress).run();
  tried.result.missing = deliveries.missing;
  if (!request.render.empty())
    render_codecs(path, request.render, request.overwrite, tried.result.entries, progress);
  return tried;
}

CodecsReport codecs_report(const std::filesystem::path& path, const CodecsFile& tried) {
  CodecsReport report;
  report.version = version();
  report.file_name = path.string();
  report.source = tried.source;
  report.result = tried.result;
  return report;
}

}  // namespace lacquer
