#pragma once

#include <string>
#include <vector>

#include "api/json.h"
#include "judge/learned_target.h"

namespace lacquer {

// The built-in targets by name, in the order in which they are offered.
std::vector<std::string> target_names();

// A record that was read for a target, or left out of it. `reason` says why it was left out, or why it counts
// less; empty: it counts whole.
struct TargetRecord {
  std::string path;
  bool used = true;
  std::string reason;
};

// A target made of records, and where it comes from.
struct TargetFile {
  LearnedTarget learned;  // its curve has a name and a label
  std::string source;     // one sentence
  std::vector<TargetRecord> records;
};

// As a file that a person reads and edits, and that parse_target() (library/target_content.h) reads: the
// levels and tolerances to a tenth of a decibel, one band a line.
std::string target_to_toml(const TargetFile& target);

// `target learn --json`: one item, with the curve as written to `path`.
Json learned_json(const TargetFile& target, std::string_view path);

}  // namespace lacquer
