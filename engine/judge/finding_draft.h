#pragma once

#include <optional>
#include <string>
#include <vector>

#include "judge/case.h"
#include "judge/finding.h"

namespace lacquer {

// A finding in the making: readings are added with their limits, concerns are raised, and the gravest concern
// (the first of equals) settles the verdict and the sentences.
class FindingDraft {
 public:
  using Limits = DiagnosticRules::Limits;

  FindingDraft(const DiagnosticCase& judged, int number);

  // Evidence without a limit.
  void note(const std::string& metric, std::optional<double> value, const std::string& unit);
  // Evidence with its limit, of which more is worse, where the item decides by itself.
  void note_limit(const std::string& metric, double value, const std::string& unit, double limit);
  // Evidence against limits that lie above or below; returns what this reading alone would say, `pass` where
  // it is unknown. The evidence names the `look` limit.
  Verdict above(const std::string& metric, std::optional<double> value, const std::string& unit,
                Limits limits);
  Verdict below(const std::string& metric, std::optional<double> value, const std::string& unit,
                Limits limits);
  bool has_evidence() const { return !finding_.evidence.empty(); }

  // Does nothing where the verdict is `pass`. What is no music is never told to fix what only music has to
  // be like (tone, width, mono) …
  void raise(Verdict verdict, const std::string& why, const std::string& action, Where where);
  // … but what is wrong with any signal.
  void raise_defect(Verdict verdict, const std::string& why, const std::string& action, Where where);
  Verdict verdict() const;  // of what was raised so far
  void when(std::vector<TimeRange> times) { finding_.when = std::move(times); }
  void listen(TimeRange passage, const std::string& how);

  // The finding: the gravest concern, or else a pass with the sentences given
  // here.
  Finding settle(double confidence, const std::string& why, const std::string& action);
  Finding left_to_ears(const std::string& why, const std::string& action);
  Finding not_applicable(const std::string& why, const std::string& action);

 private:
  struct Concern {
    Verdict verdict = Verdict::kPass;
    std::string why;
    std::string action;
    Where where = Where::kNone;
  };

  Verdict weigh(const std::string& metric, std::optional<double> value, const std::string& unit,
                Limits limits, double sign);
  Finding finish(Verdict verdict, double confidence, const Concern& concern);

  const DiagnosticCase& judged_;
  Finding finding_;
  Concern gravest_;
};

}  // namespace lacquer
