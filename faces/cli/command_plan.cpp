#include "api/json.h"
#include "app/album.h"
#include "app/plan.h"
#include "faces/cli/batch.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/track_documents.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

class PlanCommand {
 public:
  explicit PlanCommand(const Arguments& arguments)
      : arguments_(arguments),
        bar_(!arguments.json),
        history_(history_for(arguments, [this] { bar_.clear(); })),
        past_(past_request(arguments, &history_)),
        request_(plan_request(arguments)),
        files_(files_to_master(arguments)),
        role_(role_request(arguments)),
        batch_(arguments.json),
        reports_(arguments, "plan") {}

  int run() {
    if (is_album(arguments_, files_)) {
      plan_together();
      return batch_.status();
    }
    for (const NamedFile& file : files_)
      batch_.attempt(file, [&] {
        show(file,
             plan_file(file.path, role_, past_, request_, arguments_.ceiling == "auto",
                       [&](std::string_view doing, double done) { return go_on(file.path, doing, done); }));
      });
    return batch_.status();
  }

 private:
  bool go_on(const std::filesystem::path& file, std::string_view doing, double done) {
    bar_.show(file.filename().string(), doing, done);
    return !interrupted();
  }

  void plan_together() {
    const std::vector<NamedFile> songs = batch_.without_errors(files_);
    const std::vector<PlannedSong> album =
        plan_album(paths_of(songs), role_, past_, request_,
                   [&](const std::filesystem::path& song, std::string_view doing, double done) {
                     return go_on(song, doing, done);
                   });
    std::optional<AlbumLevel> level;
    for (std::size_t i = 0; i < songs.size(); ++i)
      batch_.attempt(songs[i], [&] {
        if (album[i].error) std::rethrow_exception(album[i].error);
        level = album[i].planned->plan.album;
        show(songs[i], *album[i].planned);
      });
    batch_.close_album(level, files_.size());
  }

  void show(const NamedFile& file, const PlannedFile& planned) {
    bar_.clear();
    if (arguments_.json)
      for (const std::string& note : notes_on(planned.checked.source)) batch_.note(file, note);
    std::string written;
    if (!arguments_.output.empty())
      written = write_plan_file(planned.plan, arguments_.output, file.path, arguments_.overwrite).string();
    const PlanReport report = plan_report(planned);
    const std::vector<std::string> lines = reports_.write(file.path, plan_document(report));
    if (arguments_.json) return print(dump(planned_json(planned.plan, planned.curve)) + "\n");
    print(plan_text(report, text_style()));
    if (!written.empty()) print("\nPlan: " + terminal_text(written) + "\n");
    for (const std::string& line : lines) print("\n" + line + "\n");
    if (file.path != files_.back().path) print("\n");
  }

  const Arguments& arguments_;
  ProgressBar bar_;
  History history_;
  PastRequest past_;
  PlanRequest request_;
  std::vector<NamedFile> files_;
  RoleRequest role_;
  Batch batch_;
  Reports reports_;
};

}  // namespace

int run_plan(const Arguments& arguments) { return PlanCommand(arguments).run(); }

}  // namespace lacquer::cli
