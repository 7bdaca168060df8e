#include "report/batch.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "report/format.h"
#include "report/summary.h"
#include "report/text_page.h"
#include "report/utf8.h"

namespace lacquer {
namespace {

constexpr std::size_t kMostNamed = 5;
constexpr std::size_t kFewestToCompare = 3;
constexpr std::size_t kLevelColumns = 10;  // "−14.2 LUFS"
constexpr int kColumnsForLevels = 72;      // a narrower terminal shows the names and what was found
constexpr int kColumnsBesideName = 50;
constexpr int kFewestNameColumns = 12;

// The end of a name tells files apart.
std::string fitted(const std::string& name, int columns) {
  std::string safe = terminal_text(name);
  if (display_width(safe) > columns) {
    std::size_t from = 0;
    while (display_width(std::string_view(safe).substr(from)) > columns - 1) {
      ++from;
      while (from < safe.size() && (static_cast<unsigned char>(safe[from]) & 0xC0U) == 0x80U) ++from;
    }
    safe = "\u2026" + safe.substr(from);
  }
  return safe + std::string(static_cast<std::size_t>(std::max(0, columns - display_width(safe))), ' ');
}

std::string right(const std::string& text, std::size_t columns) {
  const auto width = static_cast<std::size_t>(display_width(text));
  return std::string(width < columns ? columns - width : 0, ' ') + text;
}

Verdict worst(const BatchEntry& entry) {
  if (!entry.judged) return Verdict::kNotApplicable;
  return entry.fix > 0 ? Verdict::kFix : entry.look > 0 ? Verdict::kLook : Verdict::kPass;
}

std::string found(const BatchEntry& entry) {
  if (!entry.judged) return {};
  std::vector<std::string> counts;
  if (entry.fix > 0) counts.push_back(std::to_string(entry.fix) + " fix");
  if (entry.look > 0) counts.push_back(std::to_string(entry.look) + " look");
  if (counts.empty()) return "nothing to do";
  std::vector<std::string> names;
  for (const std::string& id : entry.faults) names.push_back(fault_name(id));
  return join(counts, ", ") + (names.empty() ? "" : ": " + join(names, ", "));
}

std::string named(const std::vector<std::string>& names) {
  std::vector<std::string> shown(
      names.begin(), names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), kMostNamed)));
  if (names.size() > kMostNamed) shown.push_back(std::to_string(names.size() - kMostNamed) + " more");
  return join_and(shown);
}

std::string counts_text(const std::vector<BatchEntry>& entries, std::size_t failed) {
  std::map<Verdict, std::size_t> count;
  for (const BatchEntry& entry : entries) ++count[worst(entry)];
  std::vector<std::string> parts;
  const auto add = [&](std::size_t files, const std::string& what) {
    if (files > 0) parts.push_back(std::to_string(files) + " " + what);
  };
  add(count[Verdict::kFix], "with something to fix");
  add(count[Verdict::kLook], "with something to look at");
  add(count[Verdict::kPass], "with nothing to do");
  add(failed, "could not be checked");
  const std::string files = counted(entries.size() + failed, "file", "files");
  return files + (parts.empty() ? "" : ": " + join(parts, ", ")) + ".";
}

template <class Key>
std::vector<std::pair<Key, std::size_t>> by_count(const std::map<Key, std::size_t>& counts) {
  std::vector<std::pair<Key, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return sorted;
}

void put_common_faults(TextPage& page, const std::vector<BatchEntry>& entries) {
  std::map<std::string, std::size_t> counts;
  for (const BatchEntry& entry : entries)
    for (const std::string& id : entry.faults) ++counts[id];
  std::vector<std::string> common;
  for (const auto& [id, count] : by_count(counts))
    if (count > 1) common.push_back(fault_name(id) + " in " + std::to_string(count));
  if (!common.empty()) page.paragraph(2, "Faults    ", named(common));
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t middle = values.size() / 2;
  return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2.0;
}

void put_loudness(TextPage& page, const std::vector<BatchEntry>& entries, double odd_lu) {
  std::vector<double> all;
  for (const BatchEntry& entry : entries)
    if (entry.integrated_lufs) all.push_back(*entry.integrated_lufs);
  if (all.size() < 2) return;
  const auto [quietest, loudest] = std::minmax_element(all.begin(), all.end());
  const double middle = median(all);
  page.paragraph(2, "Loudness  ",
                 number(*quietest) + " to " + quantity(*loudest, "LUFS") + ", " +
                     quantity(*loudest - *quietest, "LU") + " apart, median " + quantity(middle, "LUFS"));
  if (all.size() < kFewestToCompare) return;
  std::vector<std::string> odd;
  for (const BatchEntry& entry : entries) {
    if (!entry.integrated_lufs || !(std::abs(*entry.integrated_lufs - middle) > odd_lu)) continue;
    const double away = *entry.integrated_lufs - middle;
    odd.push_back(entry.name + " (" + quantity(std::abs(away), "LU") +
                  (away > 0.0 ? " louder)" : " quieter)"));
  }
  if (!odd.empty()) page.paragraph(12, "", "Far from the median: " + named(odd));
}

void put_formats(TextPage& page, const std::vector<BatchEntry>& entries) {
  std::map<std::string, std::size_t> counts;
  for (const BatchEntry& entry : entries) ++counts[entry.format];
  if (counts.empty() || entries.size() < 2) return;
  const auto sorted = by_count(counts);
  const auto& [usual, count] = sorted.front();
  if (count == entries.size()) return page.paragraph(2, "Format    ", "all " + usual);
  if (count * 2 <= entries.size()) {
    std::vector<std::string> kinds;
    for (const auto& [format, files] : sorted) kinds.push_back(std::to_string(files) + " \u00d7 " + format);
    return page.paragraph(2, "Format    ", named(kinds));
  }
  std::vector<std::string> odd;
  for (const BatchEntry& entry : entries)
    if (entry.format != usual) odd.push_back(entry.name + " (" + entry.format + ")");
  page.paragraph(2, "Format    ", std::to_string(count) + " are " + usual + "; odd ones out: " + named(odd));
}

}  // namespace

int batch_name_columns(const std::vector<std::string>& names, const TextStyle& style) {
  int longest = 0;
  for (const std::string& name : names) longest = std::max(longest, display_width(terminal_text(name)));
  return std::min(longest, std::max(kFewestNameColumns, style.width - kColumnsBesideName));
}

BatchEntry batch_entry(std::string name, const SourceInfo& source, const Measurements& measurements,
                       const Diagnosis* diagnosis) {
  BatchEntry entry;
  entry.name = std::move(name);
  entry.format = describe_format(source);
  entry.integrated_lufs = measurements.loudness.integrated_lufs;
  entry.true_dbtp = measurements.peak.true_dbtp;
  if (diagnosis == nullptr) return entry;
  entry.judged = true;
  for (const Finding& finding : diagnosis->findings) {
    if (finding.id == "fresh-ears") continue;  // speaks of the listener, not of the file
    if (finding.verdict == Verdict::kFix) ++entry.fix;
    if (finding.verdict == Verdict::kLook) ++entry.look;
  }
  for (const Fault& fault : diagnosis->faults) entry.faults.push_back(fault.id);
  return entry;
}

std::string batch_line(const BatchEntry& entry, int name_columns, const TextStyle& style) {
  TextPage page(style);
  const Verdict verdict = worst(entry);
  std::string lead = (entry.judged ? std::string(mark(verdict, style.unicode)) + " " : std::string()) +
                     fitted(entry.name, name_columns);
  if (style.width >= kColumnsForLevels)
    lead += "  " + right(quantity(entry.integrated_lufs, "LUFS"), kLevelColumns) + "  " +
            right(quantity(entry.true_dbtp, "dBTP"), kLevelColumns);
  page.paragraph(0, lead + (entry.judged ? "  " : ""), found(entry), Tone::kPlain, tone_of(verdict));
  return page.take();
}

std::string batch_summary(const std::vector<BatchEntry>& entries, std::size_t failed, double odd_lu,
                          const TextStyle& style) {
  TextPage page(style);
  page.blank();
  page.paragraph(0, "", counts_text(entries, failed), Tone::kStrong);
  put_common_faults(page, entries);
  put_loudness(page, entries, odd_lu);
  put_formats(page, entries);
  return page.take();
}

}  // namespace lacquer
