#include "api/json_values.h"
#include "app/release_parts.h"

namespace lacquer {
namespace {

Json optional_text(const std::string& value) { return value.empty() ? Json() : text(value); }

Json line_json(const ReleaseLine& line, const std::string& title) {
  return {{"id", text(line.id)},
          {"kind", "release"},
          {"topic", text(line.part)},
          {"title", text(title)},
          {"summary", text(line.what)},
          {"verdict", text(to_string(line.verdict))},
          {"track", optional_text(line.track)},
          {"do", text(line.action)}};
}

Json track_json(const TrackAudio& audio) {
  Json items = Json::array();
  for (const Finding& finding : audio.findings)
    items.push_back({{"item", finding.item},
                     {"id", text(finding.id)},
                     {"verdict", text(to_string(finding.verdict))},
                     {"why", text(finding.why)},
                     {"do", text(finding.action)}});
  Json track = {{"title", text(audio.track)}};
  put_path(track, audio.file);
  track["integrated_lufs"] = level(audio.integrated_lufs);
  track["sample_rate_hz"] = hertz(audio.source.sample_rate_hz);
  track["bits"] = audio.source.bits ? Json(*audio.source.bits) : Json();
  track["items"] = items;
  return track;
}

Json reached_json(const Recoupment& reached) {
  return {{"receipts", number(reached.receipts, 2)},
          {"streams", number(reached.streams, 0)},
          {"units", number(reached.units, 0)}};
}

Json recoupment_json(const Deal& deal) {
  return {{"advance", deal.advance},
          {"share_pct", number(100.0 * deal.share, 4)},
          {"costs", deal.costs},
          {"per_stream", deal.per_stream ? Json(*deal.per_stream) : Json()},
          {"per_unit", deal.per_unit ? Json(*deal.per_unit) : Json()},
          {"costs_off_the_top", reached_json(recouped_off_the_top(deal))},
          {"costs_off_your_share", reached_json(recouped_from_share(deal))}};
}

Json schedule_json(const CheckedRelease& checked) {
  Json steps = Json::array();
  for (const ScheduledDay& step : checked.schedule)
    steps.push_back({{"id", text(step.id)},
                     {"day", day_text(step.day)},
                     {"what", text(step_words(step.id))},
                     {"done", step.is_done}});
  return steps;
}

}  // namespace

Json deal_json(const Deal& deal) {
  Json item = {{"id", "recoupment"},
               {"kind", "release"},
               {"topic", "decisions"},
               {"title", "When an advance is earned back"},
               {"summary", "Receipts, streams and records before the artist is paid again."}};
  item["recoupment"] = recoupment_json(deal);
  return items_json(Json::array({item}));
}

Json release_json(const CheckedRelease& checked) {
  Json items = Json::array();
  for (const SheetItem& part : release_parts())
    for (const ReleaseLine* line : lines_of(checked, part.id)) items.push_back(line_json(*line, part.title));
  Json document = items_json(items);
  Json release = {{"title", text(release_title(checked))}, {"artist", optional_text(checked.release.artist)}};
  put_path(release, checked.folder.string());
  release["release_date"] = checked.release.date ? Json(day_text(*checked.release.date)) : Json();
  release["checked"] = day_text(checked.today);
  release["summary"] = text(readiness_text(checked));
  document["release"] = release;
  Json tracks = Json::array();
  for (const TrackAudio& audio : checked.audio) tracks.push_back(track_json(audio));
  document["tracks"] = tracks;
  document["schedule"] = schedule_json(checked);
  document["recoupment"] = checked.release.deal ? recoupment_json(*checked.release.deal) : Json();
  return document;
}

}  // namespace lacquer
