#include "report/html_parts.h"

#include "report/format.h"
#include "report/summary.h"
#include "report/svg.h"
#include "report/track_tables.h"

namespace lacquer::html {
namespace {

// One drawing of each verdict's mark: the shape tells it apart without its colour.
constexpr std::string_view kMarks =
    R"svg(<svg width="0" height="0" style="position:absolute" aria-hidden="true"><defs>
<symbol id="m-pass" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.75" style="fill:none;stroke:var(--accent);stroke-width:1.5"/><path d="M6 10.4l2.8 2.8L14.2 7.4" style="fill:none;stroke:var(--accent);stroke-width:2"/></symbol>
<symbol id="m-look" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.75" style="fill:none;stroke:var(--ink);stroke-width:1.5"/><circle cx="10" cy="10" r="3.5" style="fill:var(--ink)"/></symbol>
<symbol id="m-fix" viewBox="0 0 20 20"><path d="M10 0L20 10L10 20L0 10Z" style="fill:var(--warning)"/><path d="M10 5v6.2M10 13.2v2" style="fill:none;stroke:var(--paper);stroke-width:2"/></symbol>
<symbol id="m-listen" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.75" style="fill:none;stroke:var(--ink);stroke-width:1.5"/><ellipse cx="8.4" cy="13" rx="2.3" ry="1.8" style="fill:var(--ink)"/><path d="M10.1 13V5.2c.5 1.700 2.900 1.800 3.200 4.200" style="fill:none;stroke:var(--ink);stroke-width:1.300"/></symbol>
<symbol id="m-n-a" viewBox="0 0 20 20"><circle cx="10" cy="10" r="8.75" style="fill:none;stroke:var(--muted);stroke-width:1.5;stroke-dasharray:2 2"/><path d="M6.500 10h7" style="stroke:var(--muted);stroke-width:1.5"/></symbol>
</defs></svg>
)svg";

constexpr std::size_t kMostStripMarks = 200;  // more cannot be told apart

std::string css_class_of(Verdict verdict) {
  return verdict == Verdict::kNotApplicable ? "n-a" : std::string(to_string(verdict));
}

std::string evidence_table(const Finding& finding) {
  std::vector<std::vector<std::string>> rows;
  for (const Evidence& e : finding.evidence) {
    rows.push_back({label(e.metric), value_text(e), threshold_text(e), distance_text(e)});
  }
  if (rows.empty()) return {};
  return table("Evidence for item " + std::to_string(finding.item), "evidence",
               {{"Measured"}, {"Value", true}, {"Limit", true}, {"Distance", true}}, rows);
}

std::string labelled(std::string_view css_class, std::string_view name, std::string_view text) {
  if (text.empty()) return {};
  std::string out("<p class=\"");
  out.append(css_class).append("\"><b>").append(name).append("</b> ").append(escape_html(text));
  return out.append("</p>\n");
}

// "Do, in the mix:", unless the action says so itself.
std::string do_words(const Finding& finding) {
  const std::string where(where_words(finding.where));
  const bool acts = finding.verdict == Verdict::kFix || finding.verdict == Verdict::kLook;
  const bool said = where.empty() || finding.action.find(where.substr(1)) != std::string::npos;
  return acts && !said ? "Do, " + where + ":" : "Do:";
}

std::string finding_body(const Finding& finding, const Diagnosis& diagnosis, double duration_s) {
  std::string out = "<div>" + element("h3", "", finding.title.empty() ? label(finding.id) : finding.title);
  if (!finding.when.empty()) {
    out += element("p", "when", "At " + times(finding.when, 8)) +
           time_strip(finding.when, diagnosis.sections, duration_s, css_class_of(finding.verdict));
  }
  if (!finding.why.empty()) out += element("p", "why", finding.why);
  if (!finding.action.empty()) out += labelled("do", do_words(finding), finding.action);
  if (finding.listen) {
    out += labelled("listen", "Play", listen_text(*finding.listen));
    const bool most_of_it = !(finding.listen->to_s - finding.listen->from_s < 0.5 * duration_s);
    if (finding.when.empty() && !most_of_it)
      out += time_strip({{finding.listen->from_s, finding.listen->to_s}}, diagnosis.sections, duration_s,
                        "play");
  }
  return out + "</div>\n";
}

// The verdict, and how sure it is.
std::string judgement(Verdict verdict, std::string_view confidence) {
  std::string out = "<div class=\"judgement\">" + verdict_mark(verdict, to_string(verdict));
  if (!confidence.empty()) out += element("span", "sure", confidence);
  return out + "</div>\n";
}

std::string finding_article(const Finding& finding, const Diagnosis& diagnosis, double duration_s) {
  const bool judged = finding.verdict != Verdict::kNotApplicable;
  const std::string n = std::to_string(finding.item);
  std::string out = "<article class=\"item " + css_class_of(finding.verdict) + "\" id=\"item-" + n + "\">";
  out += element("span", "n", n);
  out += judgement(finding.verdict, judged ? confidence_words(finding.confidence) : std::string_view());
  return out + finding_body(finding, diagnosis, duration_s) + evidence_table(finding) + "</article>\n";
}

// Keeps a number and the word behind it on one line.
std::string with_kept_units(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool after_digit = !out.empty() && out.back() >= '0' && out.back() <= '9';
    if (c == ' ' && after_digit) {
      out += "\u00a0";
    } else {
      out += c;
    }
  }
  return out;
}

}  // namespace

std::string page(const PageHead& head, const std::string& body) {
  std::string out = "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n";
  out += "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n";
  out += "<meta name=\"color-scheme\" content=\"light dark\">\n";
  out += element("title", "", head.name + " \u2013 " + head.kind);
  out += "<style>\n" + style_sheet() + "</style>\n</head>\n<body>\n";
  out.append(kMarks);
  out += "<div class=\"page\">\n<header>\n<div class=\"masthead\"><span><b>Lacquer</b></span>" +
         element("span", "", head.kind) + "</div>\n";
  out += "<h1><bdi>" + escape_html(head.name) + "</bdi></h1>\n" + element("p", "meta", head.meta) +
         "</header>\n";
  out += "<main>\n" + body + "</main>\n<footer>\n";
  out += "<p>What the verdicts mean:</p>\n<ul class=\"key\">";
  const std::vector<std::pair<Verdict, std::string>> meanings = {
      {Verdict::kPass, "nothing to do"},
      {Verdict::kLook, "listen here and decide"},
      {Verdict::kFix, "do something before going on"},
      {Verdict::kListen, "only ears can tell"},
      {Verdict::kNotApplicable, "does not apply, or was not measured"}};
  for (const auto& [verdict, meaning] : meanings) {
    out += "<li>" + verdict_mark(verdict, to_string(verdict)) + element("span", "", meaning) + "</li>";
  }
  out += "</ul>\n" + element("p", "note", "Made by Lacquer " + head.version + ".");
  return out + "</footer>\n</div>\n</body>\n</html>\n";
}

std::string element(std::string_view tag, std::string_view css_class, std::string_view text) {
  std::string out("<");
  out.append(tag);
  if (!css_class.empty()) out.append(" class=\"").append(css_class).append("\"");
  out.append(">").append(escape_html(text)).append("</").append(tag).append(">\n");
  return out;
}

std::string section(std::string_view id, std::string_view heading, const std::string& body) {
  std::string out("<section aria-labelledby=\"");
  out.append(id)
      .append("\">\n<h2 id=\"")
      .append(id)
      .append("\">")
      .append(escape_html(heading))
      .append("</h2>\n");
  return out.append(body).append("</section>\n");
}

std::string verdict_mark(Verdict verdict, std::string_view word) {
  const std::string name = css_class_of(verdict);
  std::string out =
      "<span class=\"verdict " + name + "\"><svg class=\"mark\" aria-hidden=\"true\"><use href=\"#m-" + name;
  return out.append("\"/></svg>").append(escape_html(word)).append("</span>\n");
}

std::string table(std::string_view caption, std::string_view css_class, const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows) {
  const auto number_class = [&](std::size_t i) {
    return i < columns.size() && columns[i].is_number ? " class=\"num\"" : "";
  };
  std::string out("<table class=\"");
  out.append(css_class).append("\">\n<caption class=\"vh\">").append(escape_html(caption));
  out += "</caption>\n<thead><tr>";
  for (std::size_t i = 0; i < columns.size(); ++i) {
    out.append("<th scope=\"col\"").append(number_class(i)).append(">");
    out.append(escape_html(columns[i].heading)).append("</th>");
  }
  out += "</tr></thead>\n<tbody>\n";
  for (const auto& row : rows) {
    out += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) {
      out.append(i == 0 ? "<th scope=\"row\"" : "<td").append(number_class(i)).append(">");
      out.append(escape_html(row[i])).append(i == 0 ? "</th>" : "</td>");
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n";
}

std::string table(const Table& data) {
  const bool is_plain = data.shape == Table::Shape::kPlain;
  const char* css_class = is_plain                               ? "data"
                          : data.shape == Table::Shape::kStacked ? "data reasons stacked"
                                                                 : "data reasons";
  std::string out = table(data.caption, css_class, data.columns, data.rows);
  if (data.shape != Table::Shape::kWide) return out;
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escape_html(data.caption) +
         "\">" + out + "</div>\n";
}

std::string lead(std::string_view sentence, const Diagnosis& diagnosis) {
  std::string out =
      element("p", "lead", with_kept_units(sentence)) + "<ul class=\"tally\" aria-label=\"Verdicts\">";
  for (const VerdictCount& count : verdict_counts(diagnosis)) {
    out += "<li>" +
           verdict_mark(count.verdict,
                        std::to_string(count.count) + " " + std::string(to_string(count.verdict))) +
           "</li>";
  }
  return out + "</ul>\n";
}

std::string source_notes(const SourceInfo& source) {
  std::string out;
  for (const std::string& words : lacquer::source_notes(source)) out += element("p", "note", words);
  return out;
}

std::string key_number_row(const Measurements& measurements) {
  std::string out = "<dl class=\"numbers\">\n";
  for (const KeyNumber& n : key_numbers(measurements)) {
    out += "<div><dt>" + escape_html(n.name) + "</dt><dd>" + number(n.value);
    if (n.value) out += " <small>" + escape_html(n.unit) + "</small>";
    out += "</dd></div>\n";
  }
  return out + "</dl>\n";
}

std::string to_do_list(const Diagnosis& diagnosis) {
  const std::vector<Finding> found = to_do(diagnosis);
  if (found.empty()) return {};
  std::string out = "<ol class=\"todo\">\n";
  for (const Finding& finding : found) {
    const std::string n = std::to_string(finding.item);
    out += "<li>" + verdict_mark(finding.verdict, to_string(finding.verdict)) + "<p><a href=\"#item-" + n +
           "\">" + escape_html(n + ". " + (finding.title.empty() ? label(finding.id) : finding.title)) +
           "</a>";
    if (!finding.action.empty()) out += " " + escape_html(finding.action);
    out += "</p></li>\n";
  }
  return section("todo", "What to do, in this order", out + "</ol>\n");
}

std::string findings(const Diagnosis& diagnosis, double duration_s) {
  std::string out;
  for (const CheckStage stage : {CheckStage::kBefore, CheckStage::kListen, CheckStage::kExport}) {
    std::string items;
    for (const Finding& finding : diagnosis.findings) {
      if (finding.stage == stage) items += finding_article(finding, diagnosis, duration_s);
    }
    if (items.empty()) continue;
    out += section("stage-" + std::string(to_string(stage)), stage_heading(stage), items);
  }
  return out;
}

std::string faults(const Diagnosis& diagnosis, double duration_s) {
  if (diagnosis.faults.empty()) return {};
  std::string out;
  for (const Fault& fault : diagnosis.faults) {
    const Verdict as = fault.severity == Severity::kFix ? Verdict::kFix : Verdict::kLook;
    out += "<article class=\"item " + css_class_of(as) + "\"><span class=\"n\"></span>";
    out +=
        judgement(as, confidence_words(fault.confidence)) + "<div>" + element("h3", "", fault_name(fault.id));
    if (!fault.when.empty()) {
      out += element("p", "when", "At " + times(fault.when, 8)) +
             time_strip(fault.when, diagnosis.sections, duration_s, css_class_of(as));
    }
    if (!fault.why.empty()) out += element("p", "why", fault.why);
    out += "</div></article>\n";
  }
  return section("faults", "Faults found in the audio", out);
}

std::string time_strip(const std::vector<TimeRange>& when, const std::vector<Section>& sections,
                       double duration_s, std::string_view css_class) {
  if (!std::isfinite(duration_s) || duration_s <= 0.0) return {};
  const auto at = [&](double time_s) {
    return std::isfinite(time_s) ? std::lround(1000.0 * std::clamp(time_s / duration_s, 0.0, 1.0)) : 0L;
  };
  const auto rect = [&](long from, long width, std::string_view name, int y, int height) {
    return "<rect class=\"" + std::string(name) + "\" x=\"" + std::to_string(from) + "\" y=\"" +
           std::to_string(y) + "\" width=\"" + std::to_string(width) + "\" height=\"" +
           std::to_string(height) + "\"/>";
  };
  std::string out = "<svg class=\"strip " + std::string(css_class) +
                    "\" viewBox=\"0 0 1000 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">";
  out += rect(0, 1000, "song", 4, 2);
  for (const Section& part : sections) {
    if (part.when.from_s > 0.0) out += rect(at(part.when.from_s), 2, "part", 0, 10);
  }
  for (std::size_t i = 0; i < std::min<std::size_t>(when.size(), kMostStripMarks); ++i) {
    const long from = std::min(at(when[i].from_s), 994L);
    out += rect(from, std::max(at(when[i].to_s) - from, 6L), "spot", 1, 8);
  }
  return out + "</svg>\n";
}

std::string all_measurements(const Measurements& measurements) {
  std::string out = "<div class=\"columns\">\n";
  for (const Table& group : measurement_tables(measurements))
    out += "<div>" + element("h3", "", group.caption) + table(group) + "</div>\n";
  return section("measurements", "All measurements", out + "</div>\n");
}

}  // namespace lacquer::html
