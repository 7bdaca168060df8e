#include "report/html_parts.h"
#include "report/sheet.h"
#include "report/svg.h"

namespace lacquer {
namespace {

// The words of the drawings, for whoever cannot see them or wants to copy them.
std::string words_html(const PrintedSheet& sheet) {
  const std::string text = sheet_text(sheet, {false, true, 90});
  std::string body = "<pre>";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    body += escape_html(std::string_view(text).substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return html::section("words", "The same in words", body + "</pre>\n");
}

}  // namespace

std::string sheet_html(const PrintedSheet& sheet, const std::string& version, Paper paper) {
  const std::string& title = sheet.sheet.title;
  std::string body;
  std::size_t number = 0;
  for (const std::string& svg : sheet_svgs(sheet, paper)) {
    const std::string id = "page-" + std::to_string(++number);
    body += "<figure>" +
            inline_svg(svg, id, "", title + ", page " + std::to_string(number), sheet.sheet.summary) +
            "</figure>\n";
  }
  const html::PageHead head{"Sheet", sheet.track ? sheet.track->file_name : title, sheet.sheet.summary,
                            version};
  return html::page(head, body + words_html(sheet));
}

}  // namespace lacquer
