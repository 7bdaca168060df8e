#include "decisions/gear_evidence.h"

#include <algorithm>

namespace lacquer {
namespace {

// One check may be of an unfinished sketch.
constexpr int kLeastElsewhere = 2;

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }

bool holds_word(const std::string& text, const std::string& word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

int checks_of(const GearPoint& point, const OpenPoints& open) {
  int most = 0;
  for (const OpenCount& count : open.counts) {
    const std::vector<std::string>& ids = count.is_fault ? point.faults : point.items;
    if (std::find(ids.begin(), ids.end(), count.id) != ids.end()) most = std::max(most, count.checks);
  }
  return most;
}

std::string in_words(int count) {
  static constexpr std::array<std::string_view, 13> kNumbers = {"none", "one",    "two",   "three", "four",
                                                                "five", "six",    "seven", "eight", "nine",
                                                                "ten",  "eleven", "twelve"};
  return count < static_cast<int>(kNumbers.size()) ? std::string(kNumbers[static_cast<std::size_t>(count)])
                                                   : std::to_string(count);
}

std::string sentence_case(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

// "seven point at low-end mono, which you can mend today: make …"
std::string elsewhere_text(const PointCount& count) {
  return in_words(count.checks) + " point at " + count.point->name +
         ", which you can work on today: " + count.point->today;
}

std::string towards_text(const PointCount& count, const GearCategory& category) {
  return in_words(count.checks) + (count.checks == 1 ? " points" : " point") + " at " + count.point->name +
         ", which has to do with your " + category.name + ". Free to try first: " + count.point->today;
}

}  // namespace

const GearCategory* category_of(const GearKnowledge& gear, const std::string& id, const std::string& device) {
  const GearCategory* best = nullptr;
  std::size_t longest = 0;
  const std::string name = lower(device);
  for (const GearCategory& category : gear.categories) {
    if (!id.empty() && category.id == lower(id)) return &category;
    if (!id.empty()) continue;
    for (const std::string& word : category.words)
      if (word.size() > longest && holds_word(name, word)) {
        best = &category;
        longest = word.size();
      }
  }
  return best;
}

GearEvidence gear_evidence(const GearKnowledge& gear, const GearCategory* category, const OpenPoints& open) {
  GearEvidence evidence{open.checks, category, {}, {}};
  for (const GearPoint& point : gear.points) {
    const int count = checks_of(point, open);
    const bool is_its_own = category && std::find(category->points.begin(), category->points.end(),
                                                  point.id) != category->points.end();
    if (is_its_own && count > 0) evidence.towards.push_back({&point, count});
    if (!is_its_own && count >= kLeastElsewhere) evidence.elsewhere.push_back({&point, count});
  }
  const auto more = [](const PointCount& a, const PointCount& b) { return a.checks > b.checks; };
  std::stable_sort(evidence.towards.begin(), evidence.towards.end(), more);
  std::stable_sort(evidence.elsewhere.begin(), evidence.elsewhere.end(), more);
  return evidence;
}

std::string evidence_text(const GearEvidence& evidence, const std::string& device) {
  if (evidence.checks == 0)
    return "No check is in your history yet, so there is nothing to hold this against; lacquer check FILE "
           "begins one.";
  const std::string last =
      evidence.checks == 1 ? "In your last check " : "In your last " + in_words(evidence.checks) + " checks ";
  const std::string most = evidence.elsewhere.empty() ? "" : elsewhere_text(evidence.elsewhere.front());
  const GearCategory* category = evidence.category;
  if (!category || category->points.empty()) {
    const std::string why = category ? "No measurement asks for this kind of device (" + category->name +
                                           "): that is a question of the music."
                                     : "Which measurements would ask for " +
                                           (device.empty() ? "this" : "“" + device + "”") + " is not known.";
    return why + (most.empty() ? "" : " " + last + most + ".");
  }
  if (evidence.towards.empty())
    return last + "nothing points at your " + category->name + (most.empty() ? "" : "; " + most) + ".";
  const PointCount& first = evidence.towards.front();
  const bool more_elsewhere = !evidence.elsewhere.empty() && evidence.elsewhere.front().checks > first.checks;
  return last + towards_text(first, *category) + "." +
         (more_elsewhere ? " " + sentence_case(most) + "." : "");
}

}  // namespace lacquer
