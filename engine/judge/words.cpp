#include "judge/words.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "judge/prose.h"
#include "judge/tonal_prose.h"

namespace lacquer {
namespace {

constexpr std::array<std::string_view, 8> kFaultWords = {"boomy", "muddy", "boxy", "nasal",
                                                         "harsh", "dull",  "thin", "sibilant"};

bool is_fault_word(const VocabularyTerm& term) {
  return std::find(kFaultWords.begin(), kFaultWords.end(), term.id) != kFaultWords.end();
}

struct Candidate {
  const VocabularyTerm* term = nullptr;
  WordState state = WordState::kNormal;
  double deviation_db = 0.0;
  double over_db = 0.0;  // beyond the limit of the word and of the target, in the direction of the state
};

bool meets(const VocabularyTerm::Condition& condition, const BandLevels& deviation_db) {
  const auto mean = mean_in_range(deviation_db, condition.low_hz, condition.high_hz);
  return mean && (!condition.at_least_db || *mean >= *condition.at_least_db) &&
         (!condition.at_most_db || *mean <= *condition.at_most_db);
}

bool has_resonance(const DiagnosticCase& judged, const VocabularyTerm& term) {
  const auto& rules = judged.known.tonal.resonance;
  return judged.audio.spectrum &&
         std::any_of(judged.audio.spectrum->resonances.begin(), judged.audio.spectrum->resonances.end(),
                     [&](const Resonance& one) {
                       return is_steady_resonance(one, rules) && one.hz >= term.low_hz &&
                              one.hz <= term.high_hz;
                     });
}

// Whether what a term asks besides its level speaks for it.
bool is_borne_out(const DiagnosticCase& judged, const VocabularyTerm& term, WordState state) {
  if (term.measured_by == "rumble") return judged.audio.source && !judged.audio.source->rumble_when.empty();
  if (term.measured_by == "resonance") return has_resonance(judged, term);
  if (state == term.names || term.names == WordState::kNormal)
    return std::all_of(term.also.begin(), term.also.end(), [&](const VocabularyTerm::Condition& condition) {
      return meets(condition, judged.tone.deviation_db);
    });
  return false;  // the word does not speak of this state
}

std::optional<Candidate> weigh(const DiagnosticCase& judged, const VocabularyTerm& term) {
  const auto deviation = mean_in_range(judged.tone.deviation_db, term.low_hz, term.high_hz);
  if (!deviation || !judged.tone.choice.target) return std::nullopt;
  const auto tolerance =
      mean_in_range(judged.tone.choice.target->curve.tolerance_db, term.low_hz, term.high_hz);
  Candidate candidate{&term, WordState::kNormal, *deviation, 0.0};
  if (term.excess_db && *deviation > 0.0) {
    candidate.over_db = *deviation - std::max(*term.excess_db, tolerance.value_or(0.0));
    if (candidate.over_db >= 0.0) candidate.state = WordState::kExcess;
  } else if (term.deficiency_db && *deviation < 0.0) {
    candidate.over_db = -*deviation - std::max(-*term.deficiency_db, tolerance.value_or(0.0));
    if (candidate.over_db >= 0.0) candidate.state = WordState::kDeficiency;
  }
  if (candidate.state != WordState::kNormal && !is_borne_out(judged, term, candidate.state))
    return std::nullopt;
  return candidate;
}

const std::string& meaning(const VocabularyTerm& term, WordState state) {
  if (state == WordState::kExcess) return term.excess;
  return state == WordState::kDeficiency ? term.deficiency : term.normal;
}

std::string range_text(const VocabularyTerm& term) {
  return prose::frequency(term.low_hz) + " to " + prose::frequency(term.high_hz);
}

Word word_of(const DiagnosticCase& judged, const ToneFault& fault) {
  const VocabularyTerm& term = *fault.term;
  Word word{term.id,
            term.names,
            term.low_hz,
            term.high_hz,
            fault.deviation_db,
            fault.when,
            term.id + ": " + tonal_prose::amount(judged, fault) + tonal_prose::mostly(judged, fault.when) +
                ". " + meaning(term, term.names)};
  return word;
}

Word word_of(const Candidate& candidate) {
  const VocabularyTerm& term = *candidate.term;
  std::string text = term.id + ": ";
  if (candidate.state == WordState::kNormal)
    text += range_text(term) + " is as it should be";
  else
    text += prose::db(std::abs(candidate.deviation_db)) +
            (candidate.state == WordState::kExcess ? " over" : " under") + " the target from " +
            range_text(term);
  text += ". " + meaning(term, candidate.state);
  return {term.id, candidate.state, term.low_hz, term.high_hz, candidate.deviation_db, {}, text};
}

// A word that says again, in the same direction, what a fault says of this range.
bool is_said_already(const DiagnosticCase& judged, const Candidate& candidate) {
  return std::any_of(judged.tone.faults.begin(), judged.tone.faults.end(), [&](const ToneFault& fault) {
    const bool same_direction =
        (fault.term->names == WordState::kExcess) == (candidate.state == WordState::kExcess);
    return same_direction && fault.hz >= candidate.term->low_hz && fault.hz <= candidate.term->high_hz;
  });
}

}  // namespace

std::vector<Word> find_words(const DiagnosticCase& judged) {
  std::vector<Word> words;
  if (judged.is_silent()) return words;
  for (const ToneFault& fault : judged.tone.faults) words.push_back(word_of(judged, fault));
  std::vector<Candidate> standing_out;
  std::vector<Candidate> normal;
  for (const VocabularyTerm& term : judged.known.vocabulary) {
    if (is_fault_word(term)) continue;
    const auto candidate = weigh(judged, term);
    if (!candidate) continue;
    if (candidate->state == WordState::kNormal) {
      if (term.names == WordState::kNormal) normal.push_back(*candidate);
    } else if (!is_said_already(judged, *candidate)) {
      standing_out.push_back(*candidate);
    }
  }
  std::stable_sort(standing_out.begin(), standing_out.end(),
                   [](const Candidate& a, const Candidate& b) { return a.over_db > b.over_db; });
  const auto shown = static_cast<std::size_t>(std::max(0.0, judged.known.tonal.words.shown));
  if (standing_out.size() > shown) standing_out.resize(shown);
  for (const Candidate& candidate : standing_out) words.push_back(word_of(candidate));
  for (const Candidate& candidate : normal) words.push_back(word_of(candidate));
  return words;
}

}  // namespace lacquer
