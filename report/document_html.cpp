#include "report/document.h"
#include "report/html_parts.h"
#include "report/svg.h"

namespace lacquer {
namespace {

struct PartHtml {
  std::string operator()(const Paragraph& paragraph) const {
    const bool is_name = paragraph.kind == Paragraph::Kind::kName;
    return html::element(is_name ? "h3" : "p", css_class(paragraph.kind),
                         (paragraph.mark.empty() ? "" : paragraph.mark + " ") + paragraph.text);
  }
  std::string operator()(const WritingLines&) const { return {}; }
  std::string operator()(const Judgement& judged) const {
    return "<h3>" + html::verdict_mark(judged.verdict, to_string(judged.verdict)) + " " +
           escape_html(judged.text) + "</h3>\n" +
           (judged.sure.empty() ? "" : html::element("p", "meta", judged.sure));
  }
  std::string operator()(const Table& table) const { return html::table(table); }
  std::string operator()(const Figure& figure) const { return html::figure(figure); }
  std::string operator()(const TimeStrip& strip) const {
    return html::time_strip(strip.when, strip.sections, strip.duration_s, "look");
  }

  static std::string_view css_class(Paragraph::Kind kind) {
    switch (kind) {
      case Paragraph::Kind::kLead:
        return "lead";
      case Paragraph::Kind::kNote:
        return "note";
      case Paragraph::Kind::kText:
      case Paragraph::Kind::kName:
        return "";
      case Paragraph::Kind::kMeta:
        return "meta";
      case Paragraph::Kind::kWhen:
        return "when";
      case Paragraph::Kind::kWhy:
        return "why";
      case Paragraph::Kind::kDo:
        return "do";
    }
    return "";
  }
};

}  // namespace

std::string document_html(const Document& document) {
  std::string body;
  for (const DocumentSection& section : document.sections) {
    std::string parts;
    for (const DocumentPart& part : section.parts) parts += std::visit(PartHtml{}, part);
    body += section.heading.empty() ? parts : html::section(section.id, section.heading, parts);
  }
  return html::page({document.kind, document.name, document.meta, document.version}, body);
}

}  // namespace lacquer
