#include "workbook/stored_checks.h"

#include <initializer_list>

namespace lacquer {
namespace {

template <class Enum>
Enum named(const std::string& word, std::initializer_list<Enum> all, Enum otherwise) {
  for (const Enum one : all)
    if (to_string(one) == word) return one;
  return otherwise;
}

Verdict verdict_named(const std::string& word) {
  return named(word, {Verdict::kPass, Verdict::kLook, Verdict::kFix, Verdict::kListen},
               Verdict::kNotApplicable);
}

std::vector<Finding> read_findings(const Database& database, std::int64_t check_id) {
  std::vector<Finding> findings;
  Statement rows(
      database,
      "SELECT item, id, verdict, confidence FROM findings WHERE check_id = ? ORDER BY item LIMIT 100");
  rows.with(check_id);
  while (rows.step()) {
    Finding finding;
    finding.item = static_cast<int>(rows.integer(0));
    finding.id = rows.text(1);
    finding.verdict = verdict_named(rows.text(2));
    finding.confidence = rows.number(3).value_or(0.0);
    findings.push_back(std::move(finding));
  }
  return findings;
}

void read_evidence(const Database& database, std::int64_t check_id, std::vector<Finding>& findings) {
  Statement rows(database,
                 "SELECT item, metric, value, unit, threshold, distance FROM evidence WHERE check_id = ? "
                 "ORDER BY item, place LIMIT 1000");
  rows.with(check_id);
  while (rows.step())
    for (Finding& finding : findings)
      if (finding.item == rows.integer(0))
        finding.evidence.push_back(
            {rows.text(1), rows.number(2).value_or(0.0), rows.text(3), rows.number(4), rows.number(5)});
}

std::vector<Fault> read_faults(const Database& database, std::int64_t check_id) {
  std::vector<Fault> faults;
  Statement rows(database,
                 "SELECT id, severity, confidence FROM faults WHERE check_id = ? ORDER BY place LIMIT 100");
  rows.with(check_id);
  while (rows.step())
    faults.push_back({rows.text(0),
                      named(rows.text(1), {Severity::kFix}, Severity::kLook),
                      rows.number(2).value_or(0.0),
                      {},
                      {}});
  return faults;
}

std::vector<Word> read_words(const Database& database, std::int64_t check_id) {
  std::vector<Word> words;
  Statement rows(
      database,
      "SELECT term, state, deviation_db, low_hz, high_hz FROM words WHERE check_id = ? ORDER BY place "
      "LIMIT 100");
  rows.with(check_id);
  while (rows.step())
    words.push_back({rows.text(0),
                     named(rows.text(1), {WordState::kExcess, WordState::kDeficiency}, WordState::kNormal),
                     rows.number(3).value_or(0.0),
                     rows.number(4).value_or(0.0),
                     rows.number(2).value_or(0.0),
                     {},
                     {}});
  return words;
}

}  // namespace

CheckRecord read_check(const Database& database, const Statement& row) {
  CheckRecord check;
  const std::int64_t check_id = row.integer(0);
  check.sha256 = row.text(1);
  check.path = row.text(2);
  check.checked_ms = row.integer(3);
  check.first_seen_ms = row.integer(4);
  check.role = row.text(5);
  check.purpose = row.text(6);
  check.target = row.text(7);
  check.readings = {row.number(8),  row.number(9),  row.number(10),
                    row.number(11), row.number(12), row.number(13)};
  check.findings = read_findings(database, check_id);
  read_evidence(database, check_id, check.findings);
  check.faults = read_faults(database, check_id);
  check.words = read_words(database, check_id);
  return check;
}

void write_details(const Database& database, std::int64_t check_id, const CheckRecord& check) {
  for (const Finding& finding : check.findings) {
    Statement(database, "INSERT INTO findings VALUES (?, ?, ?, ?, ?)")
        .with(check_id, finding.item, finding.id, to_string(finding.verdict), finding.confidence)
        .run();
    int place = 0;
    for (const Evidence& one : finding.evidence)
      Statement(database, "INSERT INTO evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
          .with(check_id, finding.item, place++, one.metric, one.value, one.unit, one.threshold, one.distance)
          .run();
  }
  int place = 0;
  for (const Fault& fault : check.faults)
    Statement(database, "INSERT INTO faults VALUES (?, ?, ?, ?, ?)")
        .with(check_id, place++, fault.id, to_string(fault.severity), fault.confidence)
        .run();
  place = 0;
  for (const Word& word : check.words)
    Statement(database, "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)")
        .with(check_id, place++, word.term, to_string(word.state), word.deviation_db, word.low_hz,
              word.high_hz)
        .run();
}

}  // namespace lacquer
