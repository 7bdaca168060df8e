#include <algorithm>

#include "report/chart_parts.h"
#include "report/charts.h"
#include "report/format.h"
#include "report/html_parts.h"
#include "report/playback_reports.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostTimes = 20;

std::string scroll(const std::string& label, const std::string& table) {
  return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + label + "\">" + table +
         "</div>\n";
}

std::string peaks_section(const CodecsReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const CodecEntry& entry : report.result.entries) {
    const CodecMeasurement& measured = entry.study.as_it_is;
    rows.push_back({entry.delivery.name(), quantity(measured.true_dbtp, "dBTP", 2),
                    std::to_string(measured.samples_over),
                    quantity(entry.study.ceiling_needed_dbtp, "dBTP", 2),
                    signed_quantity(entry.loudness_change_lu, "LU", 2),
                    measured.bandwidth_hz ? hz_text(*measured.bandwidth_hz) : "\u2014",
                    entry.turn_down_db ? quantity(entry.turn_down_db, "dB") : "\u2014"});
  }
  return html::section(
      "decoded", "Decoded",
      scroll("Each delivery after decoding", html::table("Each delivery after decoding", "data reasons",
                                                         {{"Delivery"},
                                                          {"True peak", true},
                                                          {"Samples over", true},
                                                          {"Ceiling needed", true},
                                                          {"Loudness", true},
                                                          {"Kept up to", true},
                                                          {"Turned down", true}},
                                                         rows)) +
          html::element(
              "p", "note",
              "Turned down is what the services that send it take off by themselves; where their players "
              "do so before anything is cut off, it covers that much of what is over."));
}

std::string places_section(const CodecsReport& report) {
  std::vector<std::vector<std::string>> rows;
  for (const CodecEntry& entry : report.result.entries)
    rows.push_back({entry.delivery.name(), join(entry.delivery.platforms, ", "),
                    times(entry.study.as_it_is.over_when, kMostTimes)});
  return html::section("places", "Who sends it, and where it is over",
                       html::table("Senders and times", "data reasons stacked",
                                   {{"Delivery"}, {"Sent by"}, {"Over full scale at"}}, rows));
}

std::string bands_section(const CodecsReport& report) {
  if (report.result.entries.empty()) return {};
  std::vector<html::Column> columns = {{"Delivery"}};
  for (const CodecBand& band : report.result.entries.front().study.as_it_is.bands)
    columns.push_back({band_text(band.low_hz, band.high_hz), true});
  std::vector<std::vector<std::string>> rows;
  for (const CodecEntry& entry : report.result.entries) {
    rows.push_back({entry.delivery.name()});
    for (const CodecBand& band : entry.study.as_it_is.bands)
      rows.back().push_back(quantity(band.delta_db, "dB"));
  }
  return html::section(
      "bands", "What was changed, by band",
      html::element(
          "p", "note",
          "The level of the difference against the level before: −20 dB is a tenth of the amplitude.") +
          scroll("Difference by band", html::table("Difference by band", "data", columns, rows)));
}

}  // namespace

std::string codecs_html(const CodecsReport& report) {
  std::string body = html::element("p", "lead", ceiling_words(report.result));
  body += html::element("p", "note", kWhichEncoders);
  if (!report.result.missing.empty())
    body += html::element(
        "p", "note",
        "Left out, because this FFmpeg lacks the encoder: " + join(report.result.missing, ", ") + ".");
  body += html::source_notes(report.source);
  body += html::codecs_figure(report.result.entries);
  body += peaks_section(report) + places_section(report) + bands_section(report);
  return html::page({"Codecs", report.file_name, levels_words(report.result.levels), report.version}, body);
}

}  // namespace lacquer
