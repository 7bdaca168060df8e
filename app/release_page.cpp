#include <set>

#include "api/version.h"
#include "app/file_error.h"
#include "app/release_parts.h"
#include "audio_io/atomic_file.h"
#include "report/readiness.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostSigners = 12;

// Everybody who has a share, by the order in which they are named; blank lines where nobody is.
std::vector<std::string> signers(const ReleaseInfo& release) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const ReleaseTrack& track : release.tracks)
    for (const std::vector<RightsShare>* shares : {&track.composition, &track.master})
      for (const RightsShare& share : *shares)
        if (!share.name.empty() && seen.insert(share.name).second && names.size() < kMostSigners)
          names.push_back(share.name);
  while (names.size() < 2) names.emplace_back();
  return names;
}

Readiness readiness_of(const CheckedRelease& checked) {
  Readiness page;
  page.title = release_title(checked);
  page.summary = readiness_text(checked);
  page.facts = release_facts(checked);
  for (const SheetItem& part : release_parts()) {
    ReadinessPart into{part.title, {}};
    for (const ReleaseLine* line : lines_of(checked, part.id))
      into.lines.push_back({line->verdict, line->track, line->what, line->action});
    page.parts.push_back(std::move(into));
  }
  if (!checked.schedule.empty()) {
    page.schedule = release_schedule();
    for (std::size_t i = 0; i < page.schedule.items.size() && i < checked.schedule.size(); ++i)
      page.schedule.items[i].ask =
          day_text(checked.schedule[i].day) + (checked.schedule[i].is_done ? " done" : "");
  }
  page.signers = signers(checked.release);
  page.credits = {"What can be measured was measured; rights and contracts were not. Not legal advice."};
  return page;
}

void write(const std::filesystem::path& file, const std::string& bytes) {
  about(file, [&] { write_document(file, bytes); });
}

}  // namespace

void write_release_pdf(const CheckedRelease& checked, Paper paper, const std::filesystem::path& file) {
  write(file, readiness_pdf(readiness_of(checked), paper));
}

void write_release_html(const CheckedRelease& checked, Paper paper, const std::filesystem::path& file) {
  write(file, readiness_html(readiness_of(checked), release_text(checked, {false, true, 90}),
                             std::string(version()), paper));
}

}  // namespace lacquer
