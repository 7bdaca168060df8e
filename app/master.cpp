#include "app/master.h"

#include <chrono>
#include <cmath>
#include <future>

#include "api/version.h"
#include "app/auto_ceiling.h"
#include "app/deliveries.h"
#include "app/file_error.h"
#include "app/item_changes.h"
#include "app/knowledge.h"
#include "app/listening_files.h"
#include "app/mix.h"
#include "app/names.h"
#include "app/plan.h"
#include "app/verify.h"
#include "app/workers.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"
#include "audio_io/open.h"
#include "chain/mastering_chain.h"
#include "judge/diagnose.h"
#include "judge/prose.h"
#include "report/format.h"
#include "report/html.h"
#include "report/track_documents.h"
#include "session/step_back.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

const char* extension(FileFormat format) {
  switch (format) {
    case FileFormat::flac:
      return "flac";
    case FileFormat::aiff:
      return "aiff";
    case FileFormat::wav:
      break;
  }
  return "wav";
}

// Where the master and its reports go.
struct Places {
  fs::path master;
  std::optional<fs::path> html;
  std::optional<fs::path> pdf;
};

std::optional<fs::path> report_place(const std::optional<fs::path>& asked, const std::string& ending,
                                     const fs::path& mix, const fs::path& master) {
  if (!asked) return std::nullopt;
  fs::path place = *asked;
  if (place.empty())
    place = beside(master, ending);
  else if (fs::is_directory(place))
    place /= beside(master.filename(), ending);
  if (same_file(place, mix) || place.lexically_normal() == master.lexically_normal())
    throw FileError(place, Error("the report would replace audio; choose another name"));
  return place;
}

constexpr std::string_view kMaker = "Lacquer ";

// What is there is kept, unless it is told otherwise, or is an earlier master of ours under the very name
// that is asked for now.
bool may_replace(const fs::path& wanted, const MasterRequest& request) {
  return request.overwrite || (!request.output.empty() && made_by(wanted).starts_with(kMaker));
}

Places places(const fs::path& mix, const MasterRequest& request) {
  const fs::path wanted = request.output.empty()
                              ? beside(mix, std::string(".master.") + extension(request.format))
                              : request.output;
  if (same_file(wanted, mix))
    throw FileError(wanted, Error("this is the mix itself; choose another name with -o"));
  const fs::path master = may_replace(wanted, request) ? wanted : free_name(wanted);
  return {master, report_place(request.html, ".html", mix, master),
          report_place(request.pdf, ".pdf", mix, master)};
}

WriteSettings write_settings(const Mix& mix, AudioSource& audio, const MasterRequest& request,
                             const fs::path& master) {
  WriteSettings settings;
  settings.format = request.format;
  settings.is_float = request.samples.bits == OutputFormat::Bits::kFloat32;
  settings.bits = settings.is_float ? 32 : request.samples.bits == OutputFormat::Bits::k16 ? 16 : 24;
  settings.sample_rate_hz = audio.format().sample_rate_hz;
  settings.channels = audio.format().channels;
  settings.frames = audio.announced_frames();
  settings.overwrite = may_replace(master, request);
  settings.tags = read_tags(mix.path());
  settings.tags.fields["ENCODEDBY"] = {std::string(kMaker) + std::string(version())};
  return settings;
}

Plan plan_to_render(Mix& mix, const SurveyedMix& surveyed, const MasterRequest& request,
                    const ProgressCallback& progress, std::vector<std::string>& notes) {
  if (!request.given_plan) return plan_for(mix, surveyed, request.plan, progress);
  Plan plan = *request.given_plan;
  if (!plan.source_sha256.empty() && plan.source_sha256 != surveyed.checked.sha256)
    notes.emplace_back("the plan was made for another file, or for another version of this one");
  plan.source_path = surveyed.checked.path.string();
  plan.source_sha256 = surveyed.checked.sha256;
  return plan;
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

// The master as a file of its own name, with the report about it.
class Mastering {
 public:
  Mastering(Mix& mix, const SurveyedMix& surveyed, const MasterRequest& request,
            const ProgressCallback& progress)
      : mix_(mix),
        surveyed_(surveyed),
        request_(request),
        progress_(progress),
        to_(places(mix.path(), request)) {}

  MasteredFile run() {
    const auto began = std::chrono::steady_clock::now();
    MasteredFile mastered;
    mastered.mix = surveyed_.checked;
    MasterResult result;
    if (request_.auto_ceiling) {
      deliveries_ = deliveries_to_try({});
      result.plan = plan_under_solved_ceiling(mix_, surveyed_, request_.plan, *deliveries_, progress_);
    } else {
      result.plan = plan_to_render(mix_, surveyed_, request_, progress_, mastered.notes);
    }
    MasterFacts facts = make(result);
    // Seldom more than once: each step is a render.
    constexpr int kMostStepsBack = 3;
    for (int step = 0; step < kMostStepsBack; ++step) {
      const auto back = taken_back(result);
      if (!back) break;
      MasterResult again;
      again.plan = back->plan;
      again.renders = result.renders;
      mastered.notes.push_back(back->note);
      facts = make(again);
      result = std::move(again);
    }
    for (const ItemChange& change : result.items)
      if (change.change == "worse" && is_of_the_sound(change))
        mastered.notes.push_back("item " + std::to_string(change.item) + " (" + change.id +
                                 ") is worse in the master than in the mix, by " +
                                 prose::db(change.worse_db));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    result.realtime_factor = surveyed_.checked.measurements.duration_s / std::max(took.count(), 1e-6);
    mastered.output = {to_.master.string(), sink_->container(), facts.file.bits.value_or(0),
                       facts.file.sample_rate_hz};
    mastered.report = report(std::move(result), facts.file);
    commit(*mastered.report);
    write_for_the_ear(mastered.report->result, mastered.notes);
    remember_master(mastered.report->result.after);
    return mastered;
  }

 private:
  // Renders the plan of `result` into a fresh file, reads that back and judges it.
  MasterFacts make(MasterResult& result) {
    MasterFacts facts = render_to_file(result);
    const VerifiedClaim decoded = lower_until_decoded_holds(result, facts);
    describe(result, facts);
    if (deliveries_) result.verified.push_back(decoded);
    require_kept(result.verified);
    return facts;
  }

  // A plan that was written by a person is theirs: nothing of it is taken back.
  std::optional<StepBack> taken_back(const MasterResult& result) const {
    if (request_.given_plan) return std::nullopt;
    Outcome outcome{result.items, result.after.loudness.integrated_lufs, std::nullopt};
    if (!shapes_the_sound(result.plan)) outcome.tone = largest_octave_shift(result.before, result.after);
    return step_back(result.plan, outcome, request_.plan.loudness.kind == LoudnessRequest::Kind::kNumber,
                     knowledge().chain);
  }

  void render(MasterResult& result) {
    const LimiterEnvelope& envelope = envelope_for(mix_, surveyed_, result.plan, progress_);
    Result<RenderedMaster> rendered =
        render_master(mix_.audio(), *sink_, result.plan, envelope, request_.samples, {workers(), progress_});
    if (!rendered) throw Error(rendered.why());
    result.limiter = rendered->limiter;
    result.renders += rendered->renders;
    // Beside reading back: it takes one thread, that the others.
    curve_ = std::async(std::launch::async, [&envelope, plan = result.plan] {
      return loudness_curve(envelope, plan, knowledge().loudness, knowledge().platforms);
    });
  }

  MasterFacts render_to_file(MasterResult& result) {
    about(to_.master,
          [&] { sink_.emplace(to_.master, write_settings(mix_, mix_.audio(), request_, to_.master)); });
    render(result);
    MasterFacts facts = about(to_.master, [&] { return finish(); });
    result.loudness_curve = curve_.get();
    return facts;
  }

  // With a solved ceiling: while a codec decodes the whole master above full scale, the ceiling comes down by
  // the excess, and by a little more each time, because the drive that makes up for it adds excess.
  VerifiedClaim lower_until_decoded_holds(MasterResult& result, MasterFacts& facts) {
    constexpr int kMostRenders = 6;
    VerifiedClaim claim{"decoded true_peak <= 0.0 dBTP", 0.0, true};
    if (!deliveries_) return claim;
    for (int renders = 1; renders <= kMostRenders; ++renders) {
      const auto highest = highest_decoded_dbtp(sink_->temporary_path(), deliveries_->all, progress_);
      claim.value = highest.value_or(claim.value);
      if (!highest || *highest <= 0.0) {
        if (renders > 1)
          result.plan.why += " The whole file asks for " + quantity(result.plan.ceiling_dbtp, "dBTP") + ".";
        return claim;
      }
      const double more_db = 0.1 * (renders - 1);
      result.plan.ceiling_dbtp = lowered_ceiling_dbtp(result.plan.ceiling_dbtp, *highest + more_db);
      facts = render_to_file(result);
    }
    throw Error(
        "at this loudness a codec passes full scale under every ceiling that was tried; ask for a lower "
        "--loudness, or name a --ceiling");
  }

  MasterFacts finish() {
    sink_->finish();
    return read_back(sink_->temporary_path(), progress_);
  }

  void describe(MasterResult& result, const MasterFacts& facts) {
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

  MasterReport report(MasterResult result, const SourceInfo& output) {
    MasterReport report;
    report.version = version();
    report.file_name = mix_.path().string();
    report.source = surveyed_.checked.source;
    report.platforms = platform_bars(result.after);
    report.result = std::move(result);
    report.output_path = to_.master.string();
    report.output = output;
    for (const auto& place : {to_.html, to_.pdf})
      if (place) report.report_paths.push_back(place->string());
    return report;
  }

  // The reports are on the disk before the master gets its name; after that only renames can fail.
  void commit(const MasterReport& report) {
    std::vector<std::unique_ptr<AtomicFile>> pages;
    const auto write = [&](const std::optional<fs::path>& place, const auto& bytes) {
      if (!place) return;
      about(*place, [&] {
        pages.push_back(std::make_unique<AtomicFile>(*place, true));
        pages.back()->write(bytes());
      });
    };
    write(to_.html, [&] { return master_html(report); });
    write(to_.pdf, [&] { return document_pdf(master_document(report), request_.paper); });
    about(to_.master, [&] { sink_->commit(); });
    try {
      for (const auto& page : pages) page->commit();
    } catch (const Error&) {
      std::error_code ignored;
      fs::remove(to_.master, ignored);
      throw;
    }
  }

  void write_for_the_ear(const MasterResult& result, std::vector<std::string>& notes) {
    if (request_.steps) {
      const auto names = write_steps(mix_, result.plan, *request_.steps, request_.overwrite, progress_);
      notes.push_back("the audio after " + std::to_string(names.size()) +
                      (names.size() == 1 ? " stage is in " : " stages is in ") + request_.steps->string());
    }
    if (request_.delta)
      notes.push_back("what mastering changed is in " + write_delta(mix_, to_.master, result.before,
                                                                    result.after, *request_.delta,
                                                                    request_.overwrite, progress_)
                                                            .string());
  }

  void remember_master(const Measurements& after) {
    if (request_.past.history == nullptr) return;
    request_.past.history->remember({known_path(mix_.path()), request_.past.song},
                                    MasterRecord{surveyed_.checked.sha256, known_path(to_.master), 0,
                                                 after.loudness.integrated_lufs, after.peak.true_dbtp});
  }

  Mix& mix_;
  const SurveyedMix& surveyed_;
  const MasterRequest& request_;
  const ProgressCallback& progress_;
  Places to_;
  std::optional<FileSink> sink_;
  std::future<LoudnessCurve> curve_;
  std::optional<Deliveries> deliveries_;  // with a solved ceiling: what it is solved for
};

}  // namespace

MasteredFile master_file(const fs::path& path, const MasterRequest& request, const OnChecked& on_checked,
                         const ProgressCallback& progress) {
  Mix mix(path, request.rate_hz);
  SurveyedMix surveyed = survey(mix, request.role, request.past, progress);
  remember(request.past, surveyed.checked);
  on_checked(surveyed.checked);
  if (mix_must_be_fixed(*surveyed.checked.diagnosis) && !request.anyway) {
    MasteredFile stopped;
    stopped.mix = surveyed.checked;
    return stopped;
  }
  return Mastering(mix, surveyed, request, progress).run();
}

}  // namespace lacquer
