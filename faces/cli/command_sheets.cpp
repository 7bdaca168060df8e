#include "api/sheets.h"
#include "app/sheets.h"
#include "faces/cli/commands.h"
#include "faces/cli/reports.h"
#include "faces/cli/requests.h"
#include "faces/cli/terminal.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer::cli {
namespace {

std::string list_text() {
  TextPage page(text_style());
  for (const Sheet& sheet : all_sheets()) {
    std::string lead = sheet.id;
    lead.resize(std::max<std::size_t>(lead.size() + 2, 12), ' ');
    page.paragraph(0, lead, sheet.title, Tone::kStrong, Tone::kStrong);
    page.paragraph(12, "", sheet.summary);
  }
  return page.take();
}

PrintedSheet asked_sheet(const Arguments& arguments) {
  std::optional<PrintedSheet> sheet = sheet_named(arguments.sheet);
  if (!sheet) throw WrongUsage("there is no sheet " + arguments.sheet + "; lacquer sheets lists them");
  return *std::move(sheet);
}

void fill(PrintedSheet& sheet, const Arguments& arguments) {
  if (arguments.file.empty()) return;
  const std::filesystem::path file = arguments.file;
  ProgressBar bar(!arguments.json);
  History history = history_for(arguments, [&] { bar.clear(); });
  fill_sheet(sheet, file, role_request(arguments), past_request(arguments, &history),
             [&](std::string_view doing, double done) {
               bar.show(file.filename().string(), doing, done);
               return !interrupted();
             });
}

// What was written, a line each; nothing where nothing was asked for.
std::string write_files(const PrintedSheet& sheet, const Arguments& arguments) {
  const Paper paper = paper_of(arguments);
  std::string text;
  if (arguments.pdf)
    text +=
        "Sheet: " + terminal_text(write_sheet_pdf(sheet, paper, *arguments.pdf, arguments.file).string()) +
        "\n";
  if (arguments.html)
    text +=
        "Sheet: " + terminal_text(write_sheet_html(sheet, paper, *arguments.html, arguments.file).string()) +
        "\n";
  if (!arguments.svg.empty())
    for (const std::filesystem::path& name : write_sheet_svgs(sheet, paper, arguments.svg, arguments.file))
      text += "Sheet: " + terminal_text(name.string()) + "\n";
  return text;
}

}  // namespace

int run_sheets(const Arguments& arguments) {
  if (arguments.sheet.empty()) {
    if (!arguments.file.empty() || arguments.pdf || !arguments.svg.empty() || arguments.html)
      throw WrongUsage("which sheet is not said; lacquer sheets lists them");
    print(arguments.json ? dump(sheets_json(all_sheets())) + "\n" : list_text());
    return 0;
  }
  PrintedSheet sheet = asked_sheet(arguments);
  fill(sheet, arguments);
  const std::string written = write_files(sheet, arguments);
  if (arguments.json)
    print(dump(sheet_json(sheet.sheet)) + "\n");
  else
    print(written.empty() ? sheet_text(sheet, text_style()) : written);
  return 0;
}

}  // namespace lacquer::cli
