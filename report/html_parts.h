#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/document.h"
#include "report/reports.h"

namespace lacquer::html {

// The pieces a page is made of. Each returns HTML; every text given is plain and escaped inside.

std::string style_sheet();

struct PageHead {
  std::string kind;  // "Diagnostic report"
  std::string name;  // of the file
  std::string meta;
  std::string version;
};
std::string page(const PageHead& head, const std::string& body);

// `<tag class="…">text</tag>`; no class attribute where it is empty.
std::string element(std::string_view tag, std::string_view css_class, std::string_view text);
// A section with its heading; `body` is HTML.
std::string section(std::string_view id, std::string_view heading, const std::string& body);
std::string verdict_mark(Verdict verdict, std::string_view word);

// The first cell of each row is its heading.
std::string table(std::string_view caption, std::string_view css_class, const std::vector<Column>& columns,
                  const std::vector<std::vector<std::string>>& rows);

std::string lead(std::string_view sentence, const Diagnosis& diagnosis);
std::string source_notes(const SourceInfo& source);
std::string key_number_row(const Measurements& measurements);
// What to act on, with links to the findings; empty where there is nothing.
std::string to_do_list(const Diagnosis& diagnosis);
std::string findings(const Diagnosis& diagnosis, double duration_s);
std::string faults(const Diagnosis& diagnosis, double duration_s);
std::string all_measurements(const Measurements& measurements);
// Where in the piece something applies, as a strip with its sections; empty where that is not known. It says
// nothing that the times beside it do not.
std::string time_strip(const std::vector<TimeRange>& when, const std::vector<Section>& sections,
                       double duration_s, std::string_view css_class);

// A table in its shape: a wide one in a box to scroll.
std::string table(const Table& table);
std::string figure(const Figure& figure);

std::string waveform_section(const Measurements& measurements, const Diagnosis& diagnosis);
// The judged measurements' line is the last.
std::string spectrum_section(const std::vector<SpectrumLine>& lines, const Measurements& measurements,
                             const Diagnosis& diagnosis);
std::string before_after_section(const MasterResult& result);
// What loudness buys, where the piece has a loudness.
std::string loudness_curve_section(const LoudnessCurve& curve, std::optional<double> landed_lufs);
std::string platforms_section(const std::vector<PlatformBar>& platforms);

}  // namespace lacquer::html
