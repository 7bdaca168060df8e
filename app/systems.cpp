#include "app/systems.h"

#include "api/version.h"
#include "app/knowledge.h"
#include "app/system_render.h"

namespace lacquer {

SystemsResult play_on_systems(const std::filesystem::path& path, const SystemsRequest& request,
                              const ProgressCallback& progress) {
  SystemsResult result;
  CheckRequest check;
  check.role = request.role;
  result.checked = check_file(path, check, progress);
  const Knowledge& known = knowledge();
  if (const auto& target = result.checked.diagnosis->target)
    result.systems =
        translate(result.checked.measurements, target->curve, request.systems, known.translation);
  if (!request.render.empty())
    result.rendered = render_systems(path, result.checked.measurements, request.systems, request.render,
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

}  // namespace lacquer
