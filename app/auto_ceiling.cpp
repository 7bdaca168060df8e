#include "app/auto_ceiling.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/deliveries.h"
#include "app/workers.h"
#include "chain/mastering_chain.h"
#include "playback/ceiling_search.h"
#include "session/drive_solver.h"
#include "session/limited_source.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kPromisedLu = 0.1;
constexpr double kHighestDbtp = -1.0;  // what services ask for, whatever a codec would leave room for
// A codec that stays this far below the highest of them at the first ceiling will not pass it at a lower one.
constexpr double kOutOfQuestionDb = 1.0;

class CeilingSolver {
 public:
  CeilingSolver(Mix& mix, const SurveyedMix& surveyed, const Plan& plan,
                const std::vector<Delivery>& deliveries, const ProgressCallback& progress)
      : plan_(plan),
        deliveries_(deliveries),
        progress_(progress),
        envelope_(envelope_for(mix, surveyed, plan, progress)),
        excerpt_(
            cut_excerpt(mix.audio(), loudest_stretch(surveyed.survey.measurements.loudness.short_term_lufs,
                                                     surveyed.survey.measurements.duration_s))) {}

  std::optional<CeilingFound> run() {
    return search_ceiling({kHighestDbtp, 0.0, kLowestCeilingDbtp},
                          [this](double ceiling_dbtp) { return highest_at(ceiling_dbtp); });
  }

 private:
  std::optional<double> highest_at(double ceiling_dbtp) {
    const AudioBuffer mastered = master(ceiling_dbtp);
    std::vector<std::optional<double>> peaks(deliveries_.size());
    for_each_delivery(
        deliveries_,
        [&](std::size_t i, const ProgressCallback& told) {
          BufferSource audio(mastered, excerpt_.sample_rate_hz);
          peaks[i] = decoded_peak(audio, codec_of(deliveries_[i]), [&](std::string_view, double) {
            return told("solving the ceiling", -1.0);
          });
        },
        progress_);
    const auto highest = *std::max_element(peaks.begin(), peaks.end());
    keep_near(peaks, highest);
    return highest;
  }

  void keep_near(const std::vector<std::optional<double>>& peaks, const std::optional<double>& highest) {
    std::vector<Delivery> near;
    for (std::size_t i = 0; i < peaks.size(); ++i)
      if (peaks[i] && *peaks[i] >= *highest - kOutOfQuestionDb) near.push_back(deliveries_[i]);
    if (!near.empty()) deliveries_ = std::move(near);
  }

  double drive_db(double ceiling_dbtp) const {
    const DriveSolver solver(envelope_, ceiling_dbtp, limiter_params(plan_.at(Stage::kLimiting)), workers());
    if (!plan_.loudness_lufs) return std::min(0.0, solver.peak_drive_db().value_or(0.0));
    const auto outcome = solver.for_loudness(*plan_.loudness_lufs);
    if (!outcome) return 0.0;
    if (*plan_.loudness_lufs - outcome->integrated_lufs > kPromisedLu) refuse(ceiling_dbtp, *outcome);
    return outcome->drive_db;
  }

  // A lower ceiling would only need more drive, and that makes codecs overshoot more.
  [[noreturn]] void refuse(double ceiling_dbtp, const DriveOutcome& nearest) const {
    char text[240];
    std::snprintf(
        text, sizeof text,
        "%.1f LUFS is out of reach under a ceiling that every codec holds (%.1f dBTP was tried); the nearest "
        "is about --loudness %.1f, or name a --ceiling",
        *plan_.loudness_lufs, ceiling_dbtp, std::floor(nearest.integrated_lufs * 10.0) / 10.0);
    throw Error(text);
  }

  // The excerpt through the chain, late by the chain's latency, which no peak minds.
  AudioBuffer master(double ceiling_dbtp) const {
    AudioBuffer audio = excerpt_.audio;
    MasteringChain chain;
    chain.prepare({excerpt_.sample_rate_hz, audio.channels(), kBlockFrames}, plan_, drive_db(ceiling_dbtp),
                  ceiling_dbtp);
    for (int at = 0; at < audio.frames(); at += kBlockFrames)
      chain.process(audio.block().slice(at, std::min(kBlockFrames, audio.frames() - at)));
    return audio;
  }

  const Plan& plan_;
  std::vector<Delivery> deliveries_;  // those that are still in question
  const ProgressCallback& progress_;
  LimiterEnvelope envelope_;  // of what reaches the limiter
  Excerpt excerpt_;
};

}  // namespace

double lowered_ceiling_dbtp(double ceiling_dbtp, double excess_db) {
  constexpr double kTenth = 10.0;
  return std::floor((ceiling_dbtp - excess_db) * kTenth + 1e-6) / kTenth;
}

Plan plan_under_solved_ceiling(Mix& mix, const SurveyedMix& surveyed, PlanRequest request,
                               const std::vector<Delivery>& deliveries, const ProgressCallback& progress) {
  request.ceiling_dbtp = kHighestDbtp;
  const Plan plan = plan_for(mix, surveyed, request, progress);
  const auto found = CeilingSolver(mix, surveyed, plan, deliveries, progress).run();
  if (!found)
    throw Error(
        "no ceiling down to -12 dBTP keeps every codec below full scale at this loudness; ask for a lower "
        "--loudness, or name a --ceiling");
  request.ceiling_dbtp = lowered_ceiling_dbtp(found->ceiling_dbtp, 0.0);
  Plan solved = plan_for(mix, surveyed, request, progress);
  char text[160];
  std::snprintf(text, sizeof text,
                " The ceiling of \u2212%.1f dBTP was solved by encoding and decoding the loudest %.0f s.",
                -solved.ceiling_dbtp, std::min(kExcerptS, surveyed.survey.measurements.duration_s));
  solved.why += text;
  return solved;
}

}  // namespace lacquer
