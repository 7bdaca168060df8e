#include "app/find.h"
#include "app/history.h"
#include "faces/cli/commands.h"
#include "faces/cli/exit_status.h"
#include "faces/cli/terminal.h"
#include "report/format.h"

namespace lacquer::cli {

int run_find(const Arguments& a) {
  const std::string question = join(a.query, " ");
  const SearchAnswer answer = search_everything(question, {a.kind, a.topic, a.course, a.stage},
                                                a.no_history ? std::filesystem::path() : workbook_file());
  print(a.json ? dump(find_json(answer)) + "\n" : find_text(question, answer, text_style()));
  return kDone;
}

}  // namespace lacquer::cli
