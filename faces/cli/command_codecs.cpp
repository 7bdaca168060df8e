#include "app/codecs.h"
#include "app/file_error.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/utf8.h"

namespace lacquer::cli {

int run_codecs(const Arguments& arguments) {
  const std::filesystem::path file = arguments.file;
  ProgressBar bar(!arguments.json);
  const CodecsFile tried = about(file, [&] {
    return try_codecs(file, {arguments.codecs, arguments.render, arguments.overwrite},
                      [&](std::string_view doing, double done) {
                        bar.show(file.filename().string(), doing, done);
                        return !interrupted();
                      });
  });
  bar.clear();
  for (const std::string& note : notes_on(tried.source)) print_error(arguments.file, note);
  const CodecsReport report = codecs_report(file, tried);
  print(arguments.json ? dump(codecs_json(tried.result)) + "\n" : codecs_text(report, text_style()));
  const std::vector<std::string> written = Reports(arguments, "codecs").write(file, codecs_document(report));
  if (arguments.json) return 0;
  if (!arguments.render.empty()) print("\nTo listen to: " + terminal_text(arguments.render) + "\n");
  for (const std::string& line : written) print("\n" + line + "\n");
  return 0;
}

}  // namespace lacquer::cli
