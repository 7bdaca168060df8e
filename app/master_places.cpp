#include "app/master_places.h"

#include "app/file_error.h"
#include "app/names.h"
#include "app/plan.h"
#include "audio_io/local_file.h"
#include "audio_io/tags.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

fs::path report_place(const fs::path& asked, const fs::path& master) {
  if (asked.empty()) return beside(master, ".html");
  return fs::is_directory(asked) ? asked / beside(master.filename(), ".html") : asked;
}

bool may_replace(const fs::path& wanted, const MasterRequest& request) {
  return request.overwrite || (!request.output.empty() && made_by(wanted).starts_with(kMaker));
}

bool is_record(const fs::path& path) {
  try {
    return read_plan_file(path).rendered.has_value();
  } catch (const Error&) {
    return false;
  }
}

fs::path record_place(const fs::path& master, bool replaces) {
  fs::path wanted = beside(master, ".plan.toml");
  return replaces && is_record(wanted) ? wanted : free_name(wanted);
}

}  // namespace

std::string_view name_of(FileFormat format) {
  switch (format) {
    case FileFormat::flac:
      return "flac";
    case FileFormat::aiff:
      return "aiff";
    case FileFormat::wav:
      break;
  }
  return "wav";
}

MasterPlaces master_places(const fs::path& mix, const MasterRequest& request) {
  const fs::path wanted = request.output.empty()
                              ? beside(mix, ".master." + std::string(name_of(request.format)))
                              : request.output;
  if (same_file(wanted, mix))
    throw FileError(wanted, Error("this is the mix itself; choose another name with -o"));
  MasterPlaces to;
  to.replaces = may_replace(wanted, request);
  to.master = to.replaces ? wanted : free_name(wanted);
  to.record = record_place(to.master, to.replaces);
  if (!request.html) return to;
  to.report = report_place(*request.html, to.master);
  if (same_file(*to.report, mix) || to.report->lexically_normal() == to.master.lexically_normal())
    throw FileError(*to.report, Error("the report would replace audio; choose another name with --html"));
  return to;
}

}  // namespace lacquer
