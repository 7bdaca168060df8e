#include "app/auto_ceiling.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/workers.h"
#include "chain/mastering_chain.h"
#include "playback/ceiling_search.h"
#include "report/format.h"
#include "session/drive_solver.h"
#include "session/limited_source.h"

namespace lacquer {
namespace {

constexpr int kBlockFrames = 4096;
constexpr double kPromisedLu = 0.1;
constexpr double kHighestDbtp = -1.0;  // what services ask for, whatever a codec would leave room for
// A codec that stays this far below the highest of them at the first ceiling will not pass it at a lower one.
constexpr double kOutOfQuestionDb = 1.0;
constexpr double kHeadS = 0.5;  // of the piece: how an encoder begins
// The beginning decides the ceiling where it decodes this much higher than the loudest part.
constexpr double kDecidesDb = 0.3;

class CeilingSolver {
 public:
  CeilingSolver(Mix& mix, const SurveyedMix& surveyed, const Plan& plan,
                const std::vector<Delivery>& deliveries, const ProgressCallback& progress)
      : plan_(plan),
        deliveries_(deliveries),
        progress_(progress),
        envelope_(envelope_for(mix, surveyed, plan, progress)),
        loudest_(
            cut_excerpt(mix.audio(), loudest_stretch(surveyed.survey.measurements.loudness.short_term_lufs,
                                                     surveyed.survey.measurements.duration_s))) {
    if (loudest_.when.from_s > 0.0) head_ = cut_excerpt(mix.audio(), {0.0, kHeadS});
  }

  std::optional<CeilingFound> run() {
    return search_ceiling({kHighestDbtp, 0.0, kLowestCeilingDbtp},
                          [this](double ceiling_dbtp) { return highest_at(ceiling_dbtp); });
  }

  // Whether it is the piece's first moment that asks for so low a ceiling.
  bool beginning_decides() const { return beginning_decides_; }

 private:
  std::optional<double> highest_at(double ceiling_dbtp) {
    const double drive = drive_db(ceiling_dbtp);
    const AudioBuffer loudest = master(loudest_, drive, ceiling_dbtp);
    const AudioBuffer head = head_ ? master(*head_, drive, ceiling_dbtp) : AudioBuffer();
    std::vector<std::optional<double>> peaks(deliveries_.size());
    std::vector<std::optional<double>> beginnings(deliveries_.size());
    for_each_delivery(
        deliveries_,
        [&](std::size_t i, const ProgressCallback& told) {
          const auto ask = [&](std::string_view, double) { return told("solving the ceiling", -1.0); };
          const auto peak_of = [&](const AudioBuffer& audio) {
            BufferSource source(audio, loudest_.sample_rate_hz);
            return decoded_peak(source, codec_of(deliveries_[i]), ask);
          };
          peaks[i] = peak_of(loudest);
          if (head_) beginnings[i] = peak_of(head);
        },
        progress_);
    const auto beginning = *std::max_element(beginnings.begin(), beginnings.end());
    const auto rest = *std::max_element(peaks.begin(), peaks.end());
    beginning_decides_ = beginning && (!rest || *beginning > *rest + kDecidesDb);
    for (std::size_t i = 0; i < peaks.size(); ++i) peaks[i] = std::max(peaks[i], beginnings[i]);
    const auto highest = std::max(beginning, rest);
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
    char text[480];
    std::snprintf(
        text, sizeof text,
        "%.1f LUFS is out of reach under a ceiling that every codec holds (%.1f dBTP was tried); the nearest "
        "is about --loudness %.1f, or name a --ceiling%s",
        *plan_.loudness_lufs, ceiling_dbtp, DriveSolver::nearest_to_name_lufs(nearest),
        beginning_decides_ ? ". It is the first moment of the piece that asks for so low a ceiling: FFmpeg's "
                             "AAC encoder overshoots where a file begins in full sound; 0.1 s of silence "
                             "before it would mend that"
                           : "");
    throw Error(text);
  }

  // An excerpt through the chain, in step with it: how an encoder begins depends on the very frame at which
  // the sound does.
  AudioBuffer master(const Excerpt& excerpt, double drive_db, double ceiling_dbtp) const {
    MasteringChain chain;
    chain.prepare({excerpt.sample_rate_hz, excerpt.audio.channels(), kBlockFrames}, plan_, drive_db,
                  ceiling_dbtp);
    const int late = chain.latency_frames();
    const int frames = excerpt.audio.frames();
    AudioBuffer audio(excerpt.audio.channels(), frames + late);
    for (int c = 0; c < audio.channels(); ++c)
      std::copy_n(excerpt.audio.channel(c).begin(), frames, audio.channel(c).begin());
    for (int at = 0; at < audio.frames(); at += kBlockFrames)
      chain.process(audio.block().slice(at, std::min(kBlockFrames, audio.frames() - at)));
    AudioBuffer in_step(audio.channels(), frames);
    for (int c = 0; c < audio.channels(); ++c)
      std::copy_n(audio.channel(c).begin() + late, frames, in_step.channel(c).begin());
    return in_step;
  }

  const Plan& plan_;
  std::vector<Delivery> deliveries_;  // those that are still in question
  const ProgressCallback& progress_;
  LimiterEnvelope envelope_;  // of what reaches the limiter
  Excerpt loudest_;
  std::optional<Excerpt> head_;  // where the loudest part is not the beginning
  bool beginning_decides_ = false;
};

}  // namespace

double lowered_ceiling_dbtp(double ceiling_dbtp, double excess_db) {
  constexpr double kTenth = 10.0;
  return std::floor((ceiling_dbtp - excess_db) * kTenth + 1e-6) / kTenth;
}

Plan plan_under_solved_ceiling(Mix& mix, const SurveyedMix& surveyed, PlanRequest request,
                               const Deliveries& deliveries, const ProgressCallback& progress) {
  request.ceiling_dbtp = kHighestDbtp;
  const Plan plan = plan_for(mix, surveyed, request, progress);
  CeilingSolver solver(mix, surveyed, plan, deliveries.all, progress);
  const auto found = solver.run();
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
  if (solver.beginning_decides())
    solved.why +=
        " The first moment of the piece decides it: FFmpeg's AAC encoder overshoots where a file begins in "
        "full "
        "sound; 0.1 s of silence before it would allow a higher ceiling.";
  if (!deliveries.missing.empty())
    solved.why += " Left out of it, because the FFmpeg libraries here cannot encode them: " +
                  join(deliveries.missing, ", ") + ".";
  return solved;
}

}  // namespace lacquer
