#include "app/master_places.h"

#include "app/file_error.h"
#include "app/names.h"
#include "app/plan.h"
#include "audio_io/local_file.h"
#include "audio_io/tags.h"

namespace lacquer {
namespace {

namespace fs = std::filesystem;

std::optional<fs::path> report_place(const std::optional<fs::path>& asked, const std::string& ending,
                                     const fs::path& mix, const fs::path& master) {
  if (!asked) return std::nullopt;
  fs::path place = *asked;
  if (place.empty())
    place = beside(master, ending);
  else if (fs::is_directory(place))
    place /= beside(master.filename(), ending);
  if (same_file(place, mix) || place.lexically_normal() == master.lexically_normal())
    throw FileError(place, Error("the report would replace audio; choose another name"));
  return place;
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
  to.html = report_place(request.html, ".html", mix, to.master);
  to.pdf = report_place(request.pdf, ".pdf", mix, to.master);
  return to;
}

}  // namespace lacquer
