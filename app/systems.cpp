#include "app/systems.h"

#include "api/version.h"
#include "app/file_error.h"
#include "app/knowledge.h"
#include "app/names.h"
#include "app/system_render.h"
#include "audio_io/atomic_file.h"
#include "audio_io/local_file.h"

namespace lacquer {

SystemsResult play_on_systems(const std::filesystem::path& path, const SystemsRequest& request,
                              const ProgressCallback& progress) {
  SystemsResult result;
  CheckRequest check;
  check.role = request.role;
  result.checked = check_file(path, check, progress);
  const Knowledge& known = knowledge();
  if (const auto& target = result.checked.diagnosis->target)
    result.systems = translate(result.checked.measurements, target->curve, known.systems, known.translation);
  if (!request.render.empty())
    result.rendered = render_systems(path, result.checked.measurements, known.systems, request.render,
                                     request.overwrite, progress);
  return result;
}

SystemsReport systems_report(const SystemsResult& result) {
  SystemsReport report;
  report.version = version();
  report.file_name = result.checked.path.string();
  report.source = result.checked.source;
  report.duration_s = result.checked.measurements.duration_s;
  report.target = result.checked.diagnosis->target;
  report.sections = result.checked.diagnosis->sections;
  report.systems = result.systems;
  for (const RenderedSystem& one : result.rendered) report.rendered.push_back(one.path);
  return report;
}

std::filesystem::path write_systems_page(const SystemsResult& result, const std::filesystem::path& place) {
  const std::filesystem::path& source = result.checked.path;
  std::filesystem::path page = place;
  if (place.empty())
    page = beside(source, ".systems.html");
  else if (std::filesystem::is_directory(place))
    page = place / beside(source.filename(), ".systems.html");
  about(page, [&] {
    if (same_file(page, source))
      throw Error("the page would replace the audio; choose another name with --html");
    write_file_atomically(page, systems_html(systems_report(result)), true);
  });
  return page;
}

}  // namespace lacquer
