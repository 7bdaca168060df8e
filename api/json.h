#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "core/source_info.h"
#include "judge/finding.h"
#include "judge/plan.h"
#include "measure/measurements.h"
#include "session/master.h"

namespace lacquer {

// The documents that every face hands out, with the keys and the order of keys that docs/interface.md
// promises: every key is always there, null where nothing is known, an empty array where there is none. Paths
// are bytes as the system gave them; they come out as UTF-8 with U+FFFD for what is none, and then also as
// `path_bytes`.

using Json = nlohmann::ordered_json;

// With a target, its curve stands beside the levels.
Json measurements_json(const Measurements& measurements, const ChosenTarget* target = nullptr);

// `check --json`. Without a diagnosis (`--only loudness`) the role is null and nothing was judged.
Json check_json(std::string_view path, const SourceInfo& info, const Measurements& measurements,
                const Diagnosis* diagnosis);

// A plan; its numbers to the last bit.
Json plan_json(const Plan& plan);
// `plan --json`: the same, and what loudness would cost.
Json planned_json(const Plan& plan, const LoudnessCurve& curve);

struct OutputFile {
  std::string path;
  std::string container;  // "wav", "flac", "aiff", "rf64"
  int bits = 24;          // 32 is floating point
  double sample_rate_hz = 0.0;
  std::string record_path{};  // the plan as it was rendered; empty: none was written
};

// What `master --preview` wrote; `output` is then its first file.
struct PreviewOutput {
  TimeRange when;
  std::string why;
  std::string matched_mix_path;
  std::string matched_master_path;
};

// `master --json`.
Json master_json(const MasterResult& result, const OutputFile& output,
                 const std::optional<PreviewOutput>& preview = std::nullopt);

// The same keys where `master` stopped because the mix must be fixed first: the items have no `after`, and
// `stopped` (null in every other case) says what to do.
struct Stopped {
  std::string action;   // "do" in JSON: the smallest change to the mix
  std::string command;  // masters anyway
};
Json stopped_json(const Measurements& before, const Diagnosis& diagnosis, const Stopped& stopped);

// The documents that are a list: { "schema", "items" }.
Json items_json(Json items);

// A file that could not be worked on: { "file": { "path" }, "error" }.
Json error_json(std::string_view path, std::string_view error);

// One line, never throws on text: what is no UTF-8 becomes U+FFFD.
std::string dump(const Json& document);

}  // namespace lacquer
