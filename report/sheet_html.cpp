#include "report/sheet.h"
#include "report/sheet_pages.h"
#include "report/svg.h"

namespace lacquer {
namespace {

// The words of the drawings, for whoever cannot see them or wants to copy them.
std::string words_html(const std::string& text) {
  std::string body = "<pre>";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    body += escape_html(std::string_view(text).substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return html::section("words", "The same in words", body + "</pre>\n");
}

// Addresses of the web are links; books have none.
std::string sources_html(const std::vector<SheetSource>& sources) {
  if (sources.empty()) return {};
  std::string body = "<ul>";
  for (const SheetSource& source : sources) {
    const bool is_link = source.url.starts_with("https://") || source.url.starts_with("http://");
    body += "<li>" +
            (is_link ? "<a href=\"" + escape_html(source.url) + "\" rel=\"noopener\">" +
                           escape_html(source.title) + "</a>"
                     : escape_html(source.title)) +
            "</li>\n";
  }
  return html::section("sources", "Sources", body + "</ul>\n");
}

}  // namespace

std::string pages_html(const html::PageHead& head, const std::vector<std::string>& svgs,
                       const std::string& title, const std::string& text, const std::string& after) {
  std::string body;
  std::size_t number = 0;
  for (const std::string& svg : svgs) {
    const std::string id = "page-" + std::to_string(++number);
    body += "<figure>" + inline_svg(svg, id, "", title + ", page " + std::to_string(number), head.meta) +
            "</figure>\n";
  }
  return html::page(head, body + words_html(text) + after);
}

std::string sheet_html(const PrintedSheet& sheet, const std::string& version, Paper paper) {
  const std::string& title = sheet.sheet.title;
  const html::PageHead head{"Sheet", sheet.track ? sheet.track->file_name : title, sheet.sheet.summary,
                            version};
  return pages_html(head, sheet_svgs(sheet, paper), title, sheet_text(sheet, {false, true, 90}),
                    sources_html(sheet.sheet.sources));
}

}  // namespace lacquer
