#include "app/data_file.h"
#include "app/file_error.h"
#include "app/systems.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/systems_report.h"

namespace lacquer::cli {

int run_systems(const Arguments& arguments) {
  const std::filesystem::path file = arguments.file;
  const SystemsRequest request{role_request(arguments), systems_of(arguments.data), arguments.render,
                               arguments.overwrite};
  ProgressBar bar(!arguments.json);
  const SystemsResult result = about(file, [&] {
    return play_on_systems(file, request, [&](std::string_view doing, double done) {
      bar.show(file.filename().string(), doing, done);
      return !interrupted();
    });
  });
  bar.clear();
  for (const std::string& note : notes_on(result.checked.source)) print_error(arguments.file, note);
  const SystemsReport report = systems_report(result);
  const std::vector<std::string> written =
      Reports(arguments, "systems").write(file, systems_document(report));
  const auto& target = result.checked.diagnosis->target;
  if (arguments.json) {
    print(dump(systems_json(file.string(), result.systems, target ? &*target : nullptr, result.rendered)) +
          "\n");
    return 0;
  }
  print(systems_text(report, text_style()));
  for (const std::string& line : written) print("\n" + line + "\n");
  return 0;
}

}  // namespace lacquer::cli
