#include "app/master.h"

#include "app/mastering.h"
#include "judge/diagnose.h"

namespace lacquer {

MasteredFile master_file(const std::filesystem::path& path, const MasterRequest& request,
                         const OnChecked& on_checked, const ProgressCallback& progress) {
  Mix mix(path, request.rate_hz);
  SurveyedMix surveyed = survey(mix, request.role, request.past, progress);
  remember(request.past, surveyed.checked);
  on_checked(surveyed.checked);
  if (mix_must_be_fixed(*surveyed.checked.diagnosis) && !request.anyway) {
    MasteredFile stopped;
    stopped.mix = surveyed.checked;
    return stopped;
  }
  Mastering mastering(mix, surveyed, request, progress);
  mastering.make();
  return request.preview_s ? mastering.preview(*request.preview_s) : mastering.commit();
}

}  // namespace lacquer
