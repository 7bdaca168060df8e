#include "app/release_parts.h"

#include <algorithm>

#include "api/text.h"
#include "app/sheets.h"
#include "report/format.h"

namespace lacquer {
namespace {

const SheetSection& section_of(SheetForm form) {
  static const SheetSection none;
  for (const Sheet& sheet : all_sheets())
    if (sheet.id == "label")
      for (const SheetSection& section : sheet.sides.back().sections)
        if (section.form == form) return section;
  return none;
}

int urgency(Verdict verdict) {
  switch (verdict) {
    case Verdict::kFix:
      return 0;
    case Verdict::kLook:
      return 1;
    case Verdict::kListen:
      return 2;
    case Verdict::kPass:
      return 3;
    case Verdict::kNotApplicable:
      return 4;
  }
  return 5;
}

}  // namespace

const std::vector<SheetItem>& release_parts() { return section_of(SheetForm::kItems).items; }

const SheetSection& release_schedule() { return section_of(SheetForm::kTimeline); }

std::string step_words(std::string_view step) {
  for (const SheetItem& item : release_schedule().items)
    if (item.id == step) return item.text;
  return std::string(step);
}

std::string release_title(const CheckedRelease& checked) {
  const ReleaseInfo& release = checked.release;
  if (!release.title.empty())
    return release.title + (release.version.empty() ? "" : " (" + release.version + ")");
  std::filesystem::path folder = checked.folder.lexically_normal();
  if (folder.filename().empty()) folder = folder.parent_path();
  const std::string name = folder.filename().string();
  return name.empty() || name == "." ? "This release" : well_formed_utf8(name);
}

std::vector<std::string> release_facts(const CheckedRelease& checked) {
  const ReleaseInfo& release = checked.release;
  std::vector<std::string> facts;
  if (!release.artist.empty())
    facts.push_back(release.artist + (release.label.empty() ? "" : ", on " + release.label));
  if (release.date)
    facts.push_back("Release " + told_day(*release.date) + ", " + from_today(*release.date, checked.today));
  facts.push_back(
      counted(checked.audio.size(), "track was measured", "tracks were measured") +
      (release.tracks.empty() ? "" : ", " + std::to_string(release.tracks.size()) + " are listed") +
      "; checked " + day_text(checked.today));
  return facts;
}

std::vector<const ReleaseLine*> lines_of(const CheckedRelease& checked, std::string_view part) {
  std::vector<const ReleaseLine*> lines;
  for (const ReleaseLine& line : checked.lines)
    if (line.part == part) lines.push_back(&line);
  std::stable_sort(lines.begin(), lines.end(), [](const ReleaseLine* a, const ReleaseLine* b) {
    return urgency(a->verdict) < urgency(b->verdict);
  });
  return lines;
}

std::string readiness_text(const CheckedRelease& checked) {
  const std::size_t fix = count_of(checked, Verdict::kFix);
  const std::size_t look = count_of(checked, Verdict::kLook);
  const std::string looks = counted(look, "thing", "things") + " to look at";
  if (fix > 0) return "Not ready: " + counted(fix, "thing", "things") + " to fix, " + looks + ".";
  return look > 0 ? "Nothing to fix, " + looks + "." : "Ready, as far as it can be measured.";
}

}  // namespace lacquer
