#pragma once

#include <chrono>
#include <future>
#include <optional>
#include <vector>

#include "app/as_worked.h"
#include "app/deliveries.h"
#include "app/master.h"
#include "app/master_places.h"
#include "app/mix.h"
#include "app/verify.h"
#include "audio_io/write.h"
#include "session/step_back.h"

namespace lacquer {

// One song on its way to a master: rendered into a file that gets its name with commit() and vanishes
// otherwise. All arguments must outlive it.
class Mastering {
 public:
  // Whose plan it is decides what may be taken back where the master came out worse: of one that a person
  // wrote nothing, of an album's all but the level.
  enum class PlanFrom { kHere, kAlbum, kPerson };

  Mastering(Mix& mix, const SurveyedMix& surveyed, const MasterRequest& request,
            const ProgressCallback& progress);

  const std::filesystem::path& master() const { return to_.master; }

  // Renders the request's plan, or one made here; reads what was written back and judges it.
  void make();
  // The same with a plan whose level was solved with those of the album's other songs.
  void make(Plan of_album);

  // Gives the master, its record and its report their names; then writes what was asked for besides.
  MasteredFile commit();
  // Instead of commit(): writes the most telling seconds, and gives nothing its name.
  MasteredFile preview(double seconds);

 private:
  void make(MasterResult result, PlanFrom from);
  MasterFacts render_and_judge(MasterResult& result);
  MasterFacts render_to_file(MasterResult& result);
  void render(MasterResult& result);
  MasterFacts finish(const Measurements& as_rendered);
  VerifiedClaim lower_until_decoded_holds(MasterResult& result, MasterFacts& facts);
  void describe(MasterResult& result, const MasterFacts& facts);
  std::optional<StepBack> taken_back(const MasterResult& result, PlanFrom from) const;
  Plan given_plan();
  WriteSettings write_settings(const Plan& plan);
  void record(Plan& plan, const std::string& sha256) const;
  MasterReport report() const;
  void write_for_the_ear(const MasterResult& result);
  void remember_master() const;

  Mix& mix_;
  const SurveyedMix& surveyed_;
  const MasterRequest& request_;
  const ProgressCallback& progress_;
  MasterPlaces to_;
  std::optional<FileSink> sink_;
  std::optional<Deliveries> deliveries_;  // with a solved ceiling: what it is solved for
  Measurements as_rendered_;
  MasterResult result_;
  SourceInfo written_;
  std::vector<std::string> notes_;
  std::chrono::steady_clock::time_point began_{};
  std::future<LoudnessCurve> curve_;  // last: it reads the mix while it is being made
};

}  // namespace lacquer
