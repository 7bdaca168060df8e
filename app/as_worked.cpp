#include "app/as_worked.h"

#include "api/json.h"
#include "api/version.h"
#include "app/master_places.h"
#include "audio_io/hash.h"

namespace lacquer {

std::string plan_sha256(Plan plan) {
  plan.source_path.clear();
  plan.rendered.reset();
  return sha256_of_bytes(dump(plan_json(plan)));
}

void tag_as_worked(Tags& tags, const Plan& plan, const StreamFormat& format, int bits) {
  const std::string maker = std::string(kMaker) + std::string(version());
  const std::string worked =
      maker + "; plan sha256 " + plan_sha256(plan) + "; mix sha256 " + plan.source_sha256;
  tags.fields["ENCODEDBY"] = {maker};
  tags.fields["AS_WORKED"] = {worked};
  if (!tags.broadcast) tags.broadcast.emplace();
  std::string& history = tags.broadcast->coding_history;
  if (!history.empty() && !history.ends_with('\n')) history += "\r\n";
  history += "A=PCM,F=" + std::to_string(static_cast<long>(format.sample_rate_hz)) +
             ",W=" + std::to_string(bits) + ",M=" + (format.channels == 1 ? "mono" : "stereo") +
             ",T=" + worked + "\r\n";
}

}  // namespace lacquer
