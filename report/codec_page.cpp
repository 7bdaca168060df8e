#include "report/figures.h"
#include "report/format.h"
#include "report/playback_reports.h"
#include "report/summary.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostTimes = 20;

Paragraph note(const std::string& text) { return {Paragraph::Kind::kNote, text}; }

DocumentSection peaks_section(const CodecsReport& report) {
  Table table{"Each delivery after decoding",
              {{"Delivery"},
               {"True peak", true},
               {"Samples over", true},
               {"Ceiling needed", true},
               {"Loudness", true},
               {"Kept up to", true},
               {"Turned down", true}},
              {},
              Table::Shape::kWide};
  for (const CodecEntry& entry : report.result.entries) {
    const CodecMeasurement& measured = entry.study.as_it_is;
    table.rows.push_back({entry.delivery.name(), quantity(measured.true_dbtp, "dBTP", 2),
                          std::to_string(measured.samples_over),
                          quantity(entry.study.ceiling_needed_dbtp, "dBTP", 2),
                          signed_quantity(entry.loudness_change_lu, "LU", 2),
                          measured.bandwidth_hz ? hz_text(*measured.bandwidth_hz) : "\u2014",
                          entry.turn_down_db ? quantity(entry.turn_down_db, "dB") : "\u2014"});
  }
  return {
      "decoded",
      "Decoded",
      {std::move(table), note("Turned down is what the services that send it take off by themselves; where "
                              "their players do so before anything is cut off, it covers that much of what "
                              "is over.")}};
}

DocumentSection places_section(const CodecsReport& report) {
  Table table{
      "Senders and times", {{"Delivery"}, {"Sent by"}, {"Over full scale at"}}, {}, Table::Shape::kStacked};
  for (const CodecEntry& entry : report.result.entries)
    table.rows.push_back({entry.delivery.name(), join(entry.delivery.platforms, ", "),
                          times(entry.study.as_it_is.over_when, kMostTimes)});
  return {"places", "Who sends it, and where it is over", {std::move(table)}};
}

DocumentSection bands_section(const CodecsReport& report) {
  Table table{"Difference by band", {{"Delivery"}}, {}, Table::Shape::kWide};
  for (const CodecBand& band : report.result.entries.front().study.as_it_is.bands)
    table.columns.push_back({band_text(band.low_hz, band.high_hz), true});
  for (const CodecEntry& entry : report.result.entries) {
    auto& row = table.rows.emplace_back();
    row.push_back(entry.delivery.name());
    for (const CodecBand& band : entry.study.as_it_is.bands) row.push_back(quantity(band.delta_db, "dB"));
  }
  return {"bands",
          "What was changed, by band",
          {note("The level of the difference against the level before: \u221220 dB is a tenth of the "
                "amplitude."),
           std::move(table)}};
}

}  // namespace

Document codecs_document(const CodecsReport& report) {
  Document document{
      "Codecs", report.file_name, levels_words(report.result.levels), report.version, {{"", "", {}}}};
  auto& opening = document.sections.front().parts;
  opening.emplace_back(Paragraph{Paragraph::Kind::kLead, ceiling_words(report.result)});
  const std::string beginning = beginning_words(report.result);
  if (!beginning.empty()) opening.emplace_back(note(beginning));
  opening.emplace_back(note(kWhichEncoders));
  if (!report.result.missing.empty())
    opening.emplace_back(
        note("Left out, because this FFmpeg lacks the encoder: " + join(report.result.missing, ", ") + "."));
  for (const std::string& words : source_notes(report.source)) opening.emplace_back(note(words));
  if (report.result.entries.empty()) return document;
  document.sections.push_back({"changed", "What each codec changed", {codecs_figure(report.result.entries)}});
  document.sections.push_back(peaks_section(report));
  document.sections.push_back(places_section(report));
  document.sections.push_back(bands_section(report));
  return document;
}

}  // namespace lacquer
