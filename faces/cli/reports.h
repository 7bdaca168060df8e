#pragma once

#include <functional>
#include <optional>

#include "app/report_files.h"
#include "faces/cli/arguments.h"
#include "report/document.h"

namespace lacquer::cli {

Paper paper_of(const Arguments& arguments);

// What --html and --pdf ask for.
class Reports {
 public:
  // `kind` names them where they are to lie beside the audio: NAME.KIND.html.
  Reports(const Arguments& arguments, const std::string& kind);

  // Writes them about a file, and returns a line for each.
  std::vector<std::string> write(const std::filesystem::path& audio, const std::function<std::string()>& html,
                                 const std::function<Document()>& document);
  // The same, the page from the document too.
  std::vector<std::string> write(const std::filesystem::path& audio, const Document& document);

 private:
  std::optional<ReportFiles> html_;
  std::optional<ReportFiles> pdf_;
  Paper paper_;
};

}  // namespace lacquer::cli
