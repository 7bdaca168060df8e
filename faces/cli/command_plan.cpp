#include "api/json.h"
#include "app/plan.h"
#include "faces/cli/batch.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/track_documents.h"
#include "report/utf8.h"

namespace lacquer::cli {

int run_plan(const Arguments& arguments) {
  const RoleRequest role = role_request(arguments);
  const PlanRequest request = plan_request(arguments);
  const std::vector<NamedFile> files = files_to_master(arguments);
  Reports reports(arguments, "plan");
  Batch batch(arguments.json);
  ProgressBar bar(!arguments.json);
  History history = history_for(arguments, [&] { bar.clear(); });
  for (const NamedFile& file : files) {
    batch.attempt(file, [&] {
      const PlannedFile planned =
          plan_file(file.path, role, past_request(arguments, &history), request, arguments.ceiling == "auto",
                    [&](std::string_view doing, double done) {
                      bar.show(file.path.filename().string(), doing, done);
                      return !interrupted();
                    });
      bar.clear();
      if (arguments.json)
        for (const std::string& note : notes_on(planned.checked.source)) batch.note(file, note);
      std::string written;
      if (!arguments.output.empty())
        written = write_plan_file(planned.plan, arguments.output, file.path, arguments.overwrite).string();
      const PlanReport report = plan_report(planned);
      const std::vector<std::string> lines = reports.write(file.path, plan_document(report));
      if (arguments.json) return print(dump(plan_json(planned.plan)) + "\n");
      print(plan_text(report, text_style()));
      if (!written.empty()) print("\nPlan: " + terminal_text(written) + "\n");
      for (const std::string& line : lines) print("\n" + line + "\n");
      if (&file != &files.back()) print("\n");
    });
  }
  return batch.status();
}

}  // namespace lacquer::cli
