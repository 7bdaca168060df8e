#include "faces/cli/requests.h"

#include <cstdlib>

#include "api/text.h"
#include "app/audio_files.h"
#include "app/file_error.h"
#include "app/moment.h"
#include "app/plan.h"
#include "app/target.h"
#include "faces/cli/reports.h"
#include "faces/cli/terminal.h"

namespace lacquer::cli {
namespace {

LoudnessRequest loudness_request(const Arguments& a) {
  LoudnessRequest request;
  request.force = a.force;
  if (a.loudness.empty()) return request;
  if (a.loudness == "gentle")
    request.kind = LoudnessRequest::Kind::kGentle;
  else if (a.loudness == "streaming")
    request.kind = LoudnessRequest::Kind::kStreaming;
  else if (a.loudness == "loud")
    request.kind = LoudnessRequest::Kind::kLoud;
  else if (a.loudness == "club")
    request.kind = LoudnessRequest::Kind::kClub;
  else {
    request.kind = LoudnessRequest::Kind::kNumber;
    request.lufs = std::strtod(a.loudness.c_str(), nullptr);  // the definition has checked it
  }
  return request;
}

std::vector<Stage> stages(const std::vector<std::string>& ids) {
  std::vector<Stage> all;
  for (const std::string& id : ids) all.push_back(stage_from(id).value());
  return all;
}

// What was not asked for is as a plan that was rendered before says, so that it gives the same file again.
OutputFormat samples(const Arguments& a, const RenderRecord& before) {
  OutputFormat format;
  const std::string bits = !a.bits.empty() ? a.bits : before.bits == 32 ? "32f" : std::to_string(before.bits);
  if (bits == "16") format.bits = OutputFormat::Bits::k16;
  if (bits == "32f") format.bits = OutputFormat::Bits::kFloat32;
  if (a.dither == "shaped" || (a.dither.empty() && bits == "16" && before.dither == "shaped")) {
    if (bits != "16") throw WrongUsage("--dither shaped is for 16 bits; add --bits 16, or leave it out");
    format.dither = OutputFormat::Dither::kShaped;
  }
  return format;
}

std::optional<FileFormat> format_named(const std::string& name) {
  if (name == "wav" || name == ".wav" || name == ".wave") return FileFormat::wav;
  if (name == "flac" || name == ".flac") return FileFormat::flac;
  if (name == "aiff" || name == ".aiff" || name == ".aif") return FileFormat::aiff;
  return std::nullopt;
}

FileFormat file_format(const Arguments& a, const RenderRecord& before) {
  std::string ending = std::filesystem::path(a.output).extension().string();
  for (char& c : ending)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const auto by_ending = format_named(ending);
  if (!a.format.empty()) {
    const FileFormat asked = *format_named(a.format);
    if (by_ending && *by_ending != asked)
      throw WrongUsage("--format " + a.format + " does not go with the ending " + ending +
                       "; leave one of them out");
    return asked;
  }
  if (a.output.empty()) return format_named(before.format).value_or(FileFormat::wav);
  if (!by_ending)
    throw WrongUsage("-o " + a.output +
                     " does not say the format; end it in .wav, .flac or .aiff, or add --format");
  return *by_ending;
}

ChosenTarget reference(const Arguments& a) {
  std::vector<std::filesystem::path> files;
  for (const NamedFile& file : audio_files(a.references, Masters::kKeep)) {
    if (file.error) throw FileError(file.path, Error(*file.error));
    files.push_back(file.path);
  }
  ProgressBar bar(!a.json);
  return reference_target(files, [&](const std::filesystem::path& file, std::string_view doing, double done) {
    bar.show(file.filename().string(), doing, done);
    return !interrupted();
  });
}

std::optional<ChosenTarget> target_request(const Arguments& a) {
  if (!a.references.empty()) return reference(a);
  if (a.target.empty()) return std::nullopt;
  if (!is_target(a.target))
    throw WrongUsage("--target " + a.target + " is neither a built-in target nor a file; lacquer " +
                     "check --help names them");
  return told_target(a.target);
}

}  // namespace

RoleRequest role_request(const Arguments& a) {
  RoleRequest request;
  if (a.as == "mix") request.as = Role::Kind::kMix;
  if (a.as == "master") request.as = Role::Kind::kMaster;
  if (a.purpose == "streaming") request.purpose = Role::Purpose::kStreaming;
  if (a.purpose == "club") request.purpose = Role::Purpose::kClub;
  if (a.purpose == "both") request.purpose = Role::Purpose::kBoth;
  request.target = target_request(a);
  return request;
}

History history_for(const Arguments& a, std::function<void()> before_telling) {
  if (a.no_history) return {};
  const auto warn = [clear = std::move(before_telling)](const std::string& file, const std::string& why) {
    clear();
    print_error(file, why);
  };
  try {
    return {workbook_file(), now_ms, warn};
  } catch (const Error& error) {
    warn("", error.what());
    return {};
  }
}

PastRequest past_request(const Arguments& a, History* history) {
  return {a.no_history ? nullptr : history, well_formed_utf8(a.song), a.rested_h};
}

CheckRequest check_request(const Arguments& a, History* history) {
  if (a.only == "loudness" && (a.html || a.pdf))
    throw WrongUsage("--only loudness has no report to write; leave out --html and --pdf, or --only");
  if (a.only == "loudness" && a.strict)
    throw WrongUsage("--only loudness judges nothing; leave out --strict, or --only");
  if (a.only == "loudness" && !(a.target.empty() && a.references.empty()))
    throw WrongUsage("--only loudness judges nothing; leave out --target and --reference, or --only");
  return {a.only == "loudness", role_request(a), past_request(a, history)};
}

PlanRequest plan_request(const Arguments& a) {
  PlanRequest request;
  request.loudness = loudness_request(a);
  if (!a.ceiling.empty() && a.ceiling != "auto")
    request.ceiling_dbtp = std::strtod(a.ceiling.c_str(), nullptr);  // the definition has checked it
  request.accept = stages(a.accept);
  request.without = stages(a.without);
  if (a.amount_pct && a.references.empty())
    throw WrongUsage("--amount says how far towards a reference; name one with --reference");
  if (a.amount_pct) request.amount = *a.amount_pct / 100.0;
  return request;
}

MasterRequest master_request(const Arguments& a, History* history) {
  MasterRequest request;
  request.past = past_request(a, history);
  request.plan = plan_request(a);
  request.auto_ceiling = a.ceiling == "auto";
  request.anyway = a.anyway;
  request.output = a.output;
  request.overwrite = a.overwrite;
  if (!a.plan.empty()) request.given_plan = read_plan_file(a.plan);
  const auto before = request.given_plan ? request.given_plan->rendered : std::nullopt;
  request.format = file_format(a, before.value_or(RenderRecord{}));
  request.samples = samples(a, before.value_or(RenderRecord{}));
  if (request.format == FileFormat::flac && request.samples.bits == OutputFormat::Bits::kFloat32)
    throw WrongUsage("FLAC holds no floating-point audio; choose --bits 24, or --format wav");
  request.rate_hz = a.rate_hz;
  if (!a.rate_hz && before) request.rate_hz = before->sample_rate_hz;
  request.preview_s = a.preview_s;
  if (a.html) request.html = *a.html;
  if (a.pdf) request.pdf = *a.pdf;
  request.paper = paper_of(a);
  if (!a.steps.empty()) request.steps = a.steps;
  if (!a.delta.empty()) request.delta = a.delta;
  request.role = role_request(a);  // last: references take time to measure
  return request;
}

}  // namespace lacquer::cli
