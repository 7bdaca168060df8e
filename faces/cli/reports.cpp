#include "faces/cli/reports.h"

#include "report/utf8.h"

namespace lacquer::cli {

Paper paper_of(const Arguments& arguments) {
  return arguments.paper == "letter" ? Paper::kLetter : Paper::kA4;
}

Reports::Reports(const Arguments& arguments, const std::string& kind) : paper_(paper_of(arguments)) {
  if (arguments.html) html_.emplace(*arguments.html, "." + kind + ".html");
  if (arguments.pdf) pdf_.emplace(*arguments.pdf, "." + kind + ".pdf");
}

std::vector<std::string> Reports::write(const std::filesystem::path& audio,
                                        const std::function<std::string()>& html,
                                        const std::function<Document()>& document) {
  std::vector<std::string> lines;
  if (html_) lines.push_back("Report: " + terminal_text(html_->write(audio, html()).string()));
  if (pdf_)
    lines.push_back("Report: " +
                    terminal_text(pdf_->write(audio, document_pdf(document(), paper_)).string()));
  return lines;
}

std::vector<std::string> Reports::write(const std::filesystem::path& audio, const Document& document) {
  return write(
      audio, [&] { return document_html(document); }, [&] { return document; });
}

}  // namespace lacquer::cli
