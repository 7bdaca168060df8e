#include "app/mastering.h"

#include <algorithm>

#include "api/plan_toml.h"
#include "api/version.h"
#include "app/auto_ceiling.h"
#include "app/file_error.h"
#include "app/file_hash.h"
#include "app/item_changes.h"
#include "app/knowledge.h"
#include "app/listening_files.h"
#include "app/plan.h"
#include "app/workers.h"
#include "audio_io/atomic_file.h"
#include "audio_io/open.h"
#include "chain/mastering_chain.h"
#include "judge/prose.h"
#include "report/format.h"
#include "report/html.h"
#include "report/track_documents.h"
#include "session/telling_passage.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

int bits_of(const OutputFormat& samples) {
  switch (samples.bits) {
    case OutputFormat::Bits::k16:
      return 16;
    case OutputFormat::Bits::k24:
      return 24;
    case OutputFormat::Bits::kFloat32:
      break;
  }
  return 32;
}

// Reads back what was written, with the meters that measured the mix.
MasterFacts read_back(const fs::path& written, const ProgressCallback& progress) {
  const std::unique_ptr<FileSource> file = open_audio(written);
  MasterFacts facts;
  facts.measured = measure_source(*file, MeasureGroups::kAll, {workers(), progress});
  facts.file = file->info();
  return facts;
}

// Of the items that compare a mix with a master by what is heard; the others change by being mastered.
bool is_of_the_sound(const ItemChange& change) {
  return change.item == 3 || (change.item >= 5 && change.item <= 7);
}

void require_kept(const std::vector<VerifiedClaim>& claims) {
  for (const VerifiedClaim& claim : claims)
    if (!claim.holds)
      throw Error("the master does not hold what was promised (" + claim.claim +
                  "), so nothing was written; please report this with the mix");
}

// Files that get their names in the order in which they were added: all of them, or none.
class Together {
 public:
  void add(const fs::path& target, std::string_view text) {
    about(target, [&] {
      files_.push_back(std::make_unique<AtomicFile>(target, true));
      files_.back()->write(text);
      targets_.push_back(target);
    });
  }
  // `first` gives its own file its name, `target`.
  template <class Commit>
  void commit(const fs::path& target, const Commit& first) {
    about(target, first);
    std::vector<fs::path> named{target};
    for (std::size_t i = 0; i < files_.size(); ++i) try {
        about(targets_[i], [&] { files_[i]->commit(); });
        named.push_back(targets_[i]);
      } catch (...) {
        std::error_code ignored;
        for (const fs::path& one : named) fs::remove(one, ignored);
        throw;
      }
  }

 private:
  std::vector<std::unique_ptr<AtomicFile>> files_;
  std::vector<fs::path> targets_;
};

}  // namespace

Mastering::Mastering(Mix& mix, const SurveyedMix& surveyed, const MasterRequest& request,
                     const ProgressCallback& progress)
    : mix_(mix),
      surveyed_(surveyed),
      request_(request),
      progress_(progress),
      to_(master_places(mix.path(), request)) {}

void Mastering::make() {
  began_ = std::chrono::steady_clock::now();
  MasterResult result;
  if (request_.given_plan) {
    result.plan = given_plan();
    return make(std::move(result), PlanFrom::kPerson);
  }
  if (request_.auto_ceiling) {
    deliveries_ = deliveries_to_try({});
    result.plan = plan_under_solved_ceiling(mix_, surveyed_, request_.plan, *deliveries_, progress_);
  } else {
    result.plan = plan_for(mix_, surveyed_, request_.plan, progress_);
  }
  make(std::move(result), PlanFrom::kHere);
}

void Mastering::make(Plan of_album) {
  began_ = std::chrono::steady_clock::now();
  MasterResult result;
  result.plan = std::move(of_album);
  make(std::move(result), PlanFrom::kAlbum);
}

void Mastering::make(MasterResult result, PlanFrom from) {
  MasterFacts facts = render_and_judge(result);
  // Seldom more than once: each step is a render.
  constexpr int kMostStepsBack = 3;
  for (int step = 0; step < kMostStepsBack; ++step) {
    const auto back = taken_back(result, from);
    if (!back) break;
    MasterResult again;
    again.plan = back->plan;
    again.renders = result.renders;
    notes_.push_back(back->note);
    facts = render_and_judge(again);
    result = std::move(again);
  }
  for (const ItemChange& change : result.items)
    if (change.change == "worse" && is_of_the_sound(change))
      notes_.push_back("item " + std::to_string(change.item) + " (" + change.id +
                       ") is worse in the master than in the mix, by " + prose::db(change.worse_db));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
  result.realtime_factor = surveyed_.checked.measurements.duration_s / std::max(took.count(), 1e-6);
  result_ = std::move(result);
  written_ = facts.file;
}

Plan Mastering::given_plan() {
  Plan plan = *request_.given_plan;
  if (!plan.source_sha256.empty() && plan.source_sha256 != surveyed_.checked.sha256)
    notes_.emplace_back("the plan was made for another file, or for another version of this one");
  plan.source_path = surveyed_.checked.path.string();
  plan.source_sha256 = surveyed_.checked.sha256;
  plan.rendered.reset();
  return plan;
}

// Renders the plan of `result` into a fresh file, reads that back and judges it.
MasterFacts Mastering::render_and_judge(MasterResult& result) {
  MasterFacts facts = render_to_file(result);
  const VerifiedClaim decoded = lower_until_decoded_holds(result, facts);
  describe(result, facts);
  if (deliveries_) result.verified.push_back(decoded);
  require_kept(result.verified);
  return facts;
}

std::optional<StepBack> Mastering::taken_back(const MasterResult& result, PlanFrom from) const {
  if (from == PlanFrom::kPerson) return std::nullopt;
  const bool level_stands =
      from == PlanFrom::kAlbum || request_.plan.loudness.kind == LoudnessRequest::Kind::kNumber;
  Outcome outcome{result.items, result.after.loudness.integrated_lufs, std::nullopt};
  if (!shapes_the_sound(result.plan)) outcome.tone = largest_octave_shift(result.before, result.after);
  return step_back(result.plan, outcome, level_stands, knowledge().chain);
}

void Mastering::render(MasterResult& result) {
  const LimiterEnvelope& envelope = envelope_for(mix_, surveyed_, result.plan, progress_);
  Result<RenderedMaster> rendered =
      render_master(mix_.audio(), *sink_, result.plan, envelope, request_.samples, {workers(), progress_});
  if (!rendered) throw Error(rendered.why());
  result.limiter = rendered->limiter;
  result.renders += rendered->renders;
  as_rendered_ = std::move(rendered->after);
  // Beside reading back, which leaves the mix alone.
  curve_ = std::async(std::launch::async, [this, &envelope, plan = result.plan] {
    return curve_under(plan, envelope, mix_, surveyed_, {});
  });
}

WriteSettings Mastering::write_settings(const Plan& plan) {
  const StreamFormat format = mix_.audio().format();
  WriteSettings settings;
  settings.format = request_.format;
  settings.is_float = request_.samples.bits == OutputFormat::Bits::kFloat32;
  settings.bits = bits_of(request_.samples);
  settings.sample_rate_hz = format.sample_rate_hz;
  settings.channels = format.channels;
  settings.frames = mix_.audio().announced_frames();
  settings.overwrite = to_.replaces;
  settings.tags = read_tags(mix_.path());
  tag_as_worked(settings.tags, plan, format, settings.bits);
  return settings;
}

MasterFacts Mastering::render_to_file(MasterResult& result) {
  about(to_.master, [&] { sink_.emplace(to_.master, write_settings(result.plan)); });
  render(result);
  MasterFacts facts = about(to_.master, [&] { return finish(as_rendered_); });
  result.loudness_curve = curve_.get();
  return facts;
}

// With a solved ceiling: while a codec decodes the whole master above full scale, the ceiling comes down by
// the excess, and by a little more each time, because the drive that makes up for it adds excess.
VerifiedClaim Mastering::lower_until_decoded_holds(MasterResult& result, MasterFacts& facts) {
  constexpr int kMostRenders = 6;
  VerifiedClaim claim{"decoded true_peak <= 0.0 dBTP", 0.0, true};
  if (!deliveries_) return claim;
  const std::string why = result.plan.why;
  for (int renders = 1; renders <= kMostRenders; ++renders) {
    const auto highest = highest_decoded_dbtp(sink_->temporary_path(), deliveries_->all, progress_);
    claim.value = highest.value_or(claim.value);
    if (!highest || *highest <= 0.0) return claim;
    const double more_db = 0.1 * (renders - 1);
    result.plan.ceiling_dbtp = lowered_ceiling_dbtp(result.plan.ceiling_dbtp, *highest + more_db);
    result.plan.why = why + " The whole file asks for " + quantity(result.plan.ceiling_dbtp, "dBTP") + ".";
    facts = render_to_file(result);
  }
  throw Error(
      "at this loudness a codec passes full scale under every ceiling that was tried; ask for a lower "
      "--loudness, or name a --ceiling");
}

// A preview, which only passes on what was rendered, need not read the file again to know it.
MasterFacts Mastering::finish(const Measurements& as_rendered) {
  sink_->finish();
  const bool all_measured = as_rendered.spectrum && as_rendered.dynamics && as_rendered.source;
  if (request_.preview_s && all_measured) return {open_audio(sink_->temporary_path())->info(), as_rendered};
  return read_back(sink_->temporary_path(), progress_);
}

void Mastering::describe(MasterResult& result, const MasterFacts& facts) {
  const CheckedFile& mix = surveyed_.checked;
  // Against the same target, so that only the sound makes a difference.
  const RoleRequest role{Role::Kind::kMaster, mix.diagnosis->role.purpose, mix.diagnosis->target};
  result.before = mix.measurements;
  result.after = facts.measured;
  result.diagnosis_before = *mix.diagnosis;
  result.diagnosis_after = judge(facts.measured, facts.file, role, surveyed_.past);
  result.items = item_changes(result.diagnosis_before, result.diagnosis_after, result.plan);
  result.verified = verify(facts, result.plan, request_.samples, surveyed_.survey.envelope.frames,
                           mix_.audio().format().sample_rate_hz);
}

void Mastering::record(Plan& plan, const std::string& sha256) const {
  RenderRecord rendered;
  rendered.program = std::string(kMaker) + std::string(version());
  rendered.path = to_.master.string();
  rendered.sha256 = sha256;
  rendered.format = name_of(request_.format);
  rendered.bits = bits_of(request_.samples);
  rendered.dither = request_.samples.dither == OutputFormat::Dither::kShaped ? "shaped" : "plain";
  rendered.sample_rate_hz = written_.sample_rate_hz;
  plan.rendered = std::move(rendered);
}

MasterReport Mastering::report() const {
  MasterReport report;
  report.version = version();
  report.file_name = mix_.path().string();
  report.source = surveyed_.checked.source;
  report.platforms = platform_bars(result_.after);
  report.result = result_;
  report.output_path = to_.master.string();
  report.record_path = to_.record.string();
  report.output = written_;
  for (const auto& place : {to_.html, to_.pdf})
    if (place) report.report_paths.push_back(place->string());
  return report;
}

MasteredFile Mastering::commit() {
  FileHash hash(sink_->temporary_path());
  record(result_.plan, hash.get());
  MasteredFile mastered;
  mastered.mix = surveyed_.checked;
  mastered.output = {to_.master.string(), sink_->container(), written_.bits.value_or(0),
                     written_.sample_rate_hz, to_.record.string()};
  mastered.report = report();
  // All of it is on the disk before the master gets its name; after that only a rename can fail.
  Together beside;
  beside.add(to_.record, plan_to_toml(result_.plan));
  if (to_.html) beside.add(*to_.html, master_html(*mastered.report));
  if (to_.pdf) beside.add(*to_.pdf, document_pdf(master_document(*mastered.report), request_.paper));
  beside.commit(to_.master, [&] { sink_->commit(); });
  write_for_the_ear(result_);
  remember_master();
  mastered.notes = std::move(notes_);
  return mastered;
}

MasteredFile Mastering::preview(double seconds) {
  MasteredFile mastered;
  mastered.mix = surveyed_.checked;
  const TellingPassage passage = most_telling(result_, seconds);
  mastered.preview =
      write_preview(mix_, sink_->temporary_path(), passage,
                    request_.output.empty() ? mix_.path() : request_.output, request_.overwrite, progress_);
  mastered.output = {mastered.preview->passage.string(), "wav", written_.bits.value_or(0),
                     written_.sample_rate_hz, ""};
  mastered.report = report();
  mastered.report->output_path.clear();
  mastered.report->record_path.clear();
  mastered.report->report_paths.clear();
  mastered.report->preview_note = time_range(passage.when) + ": " + passage.why;
  mastered.report->preview_paths = {mastered.preview->passage.string(),
                                    mastered.preview->matched_mix.string(),
                                    mastered.preview->matched_master.string()};
  mastered.notes = std::move(notes_);
  return mastered;
}

void Mastering::write_for_the_ear(const MasterResult& result) {
  if (request_.steps) {
    const auto names = write_steps(mix_, result.plan, *request_.steps, request_.overwrite, progress_);
    notes_.push_back("the audio after " + std::to_string(names.size()) +
                     (names.size() == 1 ? " stage is in " : " stages is in ") + request_.steps->string());
  }
  if (request_.delta)
    notes_.push_back("what mastering changed is in " + write_delta(mix_, to_.master, result.before,
                                                                   result.after, *request_.delta,
                                                                   request_.overwrite, progress_)
                                                           .string());
}

void Mastering::remember_master() const {
  if (request_.past.history == nullptr) return;
  request_.past.history->remember(
      {known_path(mix_.path()), request_.past.song},
      MasterRecord{surveyed_.checked.sha256, known_path(to_.master), 0,
                   result_.after.loudness.integrated_lufs, result_.after.peak.true_dbtp});
}

}  // namespace lacquer
