#include "judge/finding.h"

#include <cassert>

namespace lacquer {

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return "pass";
    case Verdict::kLook:
      return "look";
    case Verdict::kFix:
      return "fix";
    case Verdict::kListen:
      return "listen";
    case Verdict::kNotApplicable:
      return "n/a";
  }
  return "n/a";
}

std::string_view to_string(WordState state) {
  switch (state) {
    case WordState::kExcess:
      return "excess";
    case WordState::kNormal:
      return "normal";
    case WordState::kDeficiency:
      return "deficiency";
  }
  return "normal";
}

std::string_view to_string(CheckStage stage) {
  switch (stage) {
    case CheckStage::kBefore:
      return "before";
    case CheckStage::kListen:
      return "listen";
    case CheckStage::kExport:
      return "export";
  }
  return "before";
}

std::string_view to_string(Where where) {
  switch (where) {
    case Where::kMix:
      return "mix";
    case Where::kMaster:
      return "master";
    case Where::kExport:
      return "export";
    case Where::kNone:
      return "none";
  }
  return "none";
}

std::string_view to_string(Severity severity) { return severity == Severity::kFix ? "fix" : "look"; }

std::string_view to_string(Role::Kind kind) { return kind == Role::Kind::kMaster ? "master" : "mix"; }

std::string_view to_string(Role::Purpose purpose) {
  switch (purpose) {
    case Role::Purpose::kStreaming:
      return "streaming";
    case Role::Purpose::kClub:
      return "club";
    case Role::Purpose::kBoth:
      return "both";
  }
  return "streaming";
}

std::optional<int> verdict_rank(Verdict verdict) {
  switch (verdict) {
    case Verdict::kPass:
      return 0;
    case Verdict::kLook:
      return 1;
    case Verdict::kFix:
      return 2;
    case Verdict::kListen:
    case Verdict::kNotApplicable:
      return std::nullopt;
  }
  return std::nullopt;
}

const Finding& item(const Diagnosis& diagnosis, int number) {
  assert(number >= 1 && number <= static_cast<int>(diagnosis.findings.size()));
  return diagnosis.findings[static_cast<std::size_t>(number - 1)];
}

bool mix_must_be_fixed(const Diagnosis& diagnosis) {
  for (int number = 2; number <= 4; ++number)
    if (item(diagnosis, number).verdict == Verdict::kFix) return true;
  return false;
}

}  // namespace lacquer
